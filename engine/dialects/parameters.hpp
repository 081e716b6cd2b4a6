/// Values on their way into SQL: apart from it, or written out.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/dialects/dialect.hpp"
#include "engine/operations/named_parameters.hpp"

namespace revise::dialects {

/// `sql` with placeholders: `mark` and a number that counts from 1.
Statement bind_placeholders(const Dialect& dialect, std::string_view sql,
                            std::span<const operations::NamedValue> parameters,
                            const operations::Quoting& quoting, char mark);

/// The statement of `op` with its parameters written out.
std::string bind_literals(const Dialect& dialect, const operations::ExecuteOp& op,
                          const operations::Quoting& quoting);

/// What to send for `operation`, values apart; else as the dialect's script has it.
std::vector<Statement> statements_of(const Dialect& dialect,
                                     const operations::Operation& operation, char mark);

}  // namespace revise::dialects
