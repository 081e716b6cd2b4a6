/// Views and triggers as SQLite's SQL; it has nothing else of the kind.

#pragma once

#include <string>
#include <vector>

#include "engine/dialects/dialect.hpp"

namespace revise::sqlite {

/// Throws UnsupportedError on what SQLite has not.
std::vector<std::string> object_texts(const dialects::Dialect& dialect,
                                      const operations::ObjectOp& op);

}  // namespace revise::sqlite
