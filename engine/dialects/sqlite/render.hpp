/// Operations as SQLite's SQL.

#pragma once

#include <string>
#include <vector>

#include "engine/dialects/sqlite/dialect.hpp"
#include "engine/operations/named_parameters.hpp"

namespace revise::sqlite {

/// What the database reads without looking into it.
inline constexpr operations::Quoting kQuoting{.backticks = true, .brackets = true};

/// With values written out. Throws UnsupportedError on what needs batch mode.
std::vector<std::string> render_script(const Dialect& dialect,
                                       const operations::Operation& operation);

}  // namespace revise::sqlite
