/// That a run leaves no row of a rebuilt table, or of one that refers to it, referring
/// to nothing: foreign_keys is off while it lasts, so SQLite does not look.
///
/// What referred to nothing before may do so afterwards.

#pragma once

#include <map>
#include <string>
#include <utility>

#include "engine/driver/connection.hpp"

namespace revise::migration {

class SqliteForeignKeys {
 public:
  /// Notes what is wrong now with the table and those that refer to it, unless a
  /// rebuild of this transaction did already. Names are unquoted.
  void watch(driver::Connection& connection, const std::string& schema,
             const std::string& table);

  /// Throws DatabaseError that names the first row which refers to nothing and did not
  /// so before; forgets the tables otherwise.
  void check(driver::Connection& connection);

 private:
  // What PRAGMA foreign_key_check tells of a table, and how often.
  using Violations = std::map<std::string, int>;
  using Place = std::pair<std::string, std::string>;  // schema, table

  static Violations read(driver::Connection& connection, const Place& place);

  std::map<Place, Violations> before_;
};

}  // namespace revise::migration
