/// Operations as SQLite's SQL.

#pragma once

#include <string>
#include <vector>

#include "engine/dialects/sqlite/dialect.hpp"

namespace revise::sqlite {

/// What to send, values apart. Throws UnsupportedError on what needs batch mode.
std::vector<dialects::Statement> render(const Dialect& dialect,
                                        const operations::Operation& operation);

/// The same with values written out.
std::vector<std::string> render_script(const Dialect& dialect,
                                       const operations::Operation& operation);

/// The statement with its parameters written out.
std::string bind_literals(const Dialect& dialect, const operations::ExecuteOp& op);

}  // namespace revise::sqlite
