/// Statements of a script that stop it where the database is not as the script takes it
/// to be.
///
/// There is no statement that raises outside a trigger; but a CHECK does, and its name
/// is what sqlite3 then prints.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/dialects/dialect.hpp"

namespace revise::sqlite {

/// What must be so: `wrong` yields a number that is not 0 where it is not.
struct Expectation {
  std::string told;   ///< what is wrong then
  std::string wrong;  ///< a SELECT
};

/// Statements that stop at the first of `expected` that is not so.
std::vector<std::string> expect(const dialects::Dialect& dialect,
                                const std::vector<Expectation>& expected);

/// Statements that keep in mind the rows of the table, and of those that refer to it,
/// that refer to nothing; before the table is made anew.
std::vector<std::string> watch_foreign_keys(const dialects::Dialect& dialect,
                                            const std::string& schema,
                                            const std::string& table);

/// Whether `script` does so.
bool watches_foreign_keys(std::string_view script);

/// Statements that stop where a row refers to nothing now and did not so then; before
/// the transaction ends. Only after watch_foreign_keys().
std::vector<std::string> check_foreign_keys(const dialects::Dialect& dialect);

}  // namespace revise::sqlite
