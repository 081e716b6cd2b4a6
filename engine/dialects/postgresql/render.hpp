/// Operations as PostgreSQL's SQL.

#pragma once

#include <string>
#include <vector>

#include "engine/dialects/postgresql/dialect.hpp"
#include "engine/operations/named_parameters.hpp"

namespace revise::postgresql {

/// What the database reads without looking into it.
inline constexpr operations::Quoting kQuoting{
    .dollar_quotes = true, .escape_strings = true, .nested_comments = true};

/// With values written out.
std::vector<std::string> render_script(const Dialect& dialect,
                                       const operations::Operation& operation);

}  // namespace revise::postgresql
