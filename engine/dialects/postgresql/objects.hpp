/// What is no table, as PostgreSQL's SQL.

#pragma once

#include <string>
#include <vector>

#include "engine/dialects/dialect.hpp"

namespace revise::postgresql {

/// Throws UnitError on clauses that do not go together, UnsupportedError on those that
/// PostgreSQL has not.
std::vector<std::string> object_texts(const dialects::Dialect& dialect,
                                      const operations::ObjectChange& change);

/// An object's name as statements on it have it: "f(integer)", "t_note ON account".
std::string object_text(const dialects::Dialect& dialect,
                        const operations::ObjectName& object);

/// Roles as they stand after TO: words of SQL's own are not quoted.
std::string role_list(const dialects::Dialect& dialect,
                      const std::vector<std::string>& roles);

/// "a = 1, b = 2".
std::string assignment_list(const schema::NamedValues& values);

/// " WITH (a = 1, b = 2)", or nothing of none.
std::string with_list(const schema::NamedValues& values);

}  // namespace revise::postgresql
