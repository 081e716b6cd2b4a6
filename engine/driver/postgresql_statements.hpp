/// Where one statement ends and the next begins in SQL for PostgreSQL.
///
/// What a statement means is not known here: only what can hide a semicolon is read.
/// https://www.postgresql.org/docs/15/sql-syntax-lexical.html

#pragma once

#include <string_view>
#include <vector>

namespace revise::driver {

/// The statements of `script` in order, each without the semicolon that ends it and
/// without white space and comments round it; those that are empty are left out.
/// They point into `script`. Linear.
std::vector<std::string_view> split_statements(std::string_view script);

/// The words, quotations and other characters of one statement in order, as they are
/// written; white space and comments are left out. They point into it. Linear.
std::vector<std::string_view> tokens_of(std::string_view statement);

/// Whether a quotation, a comment, a parenthesis or a body is still open at the end of
/// `script`, so that it would swallow what follows. Linear.
bool is_left_open(std::string_view script);

}  // namespace revise::driver
