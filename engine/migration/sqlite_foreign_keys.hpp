/// That a run leaves no row of a rebuilt table, or of one that refers to it, referring
/// to nothing: foreign_keys is off while it lasts, so SQLite does not look.
///
/// What referred to nothing before may do so afterwards, by whatever names.

#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "engine/driver/connection.hpp"

namespace revise::migration {

class SqliteForeignKeys {
 public:
  /// Notes what is wrong now with the table and those that refer to it, unless a
  /// rebuild of this transaction did already. Names are unquoted.
  void watch(driver::Connection& connection, const std::string& schema,
             const std::string& table);

  /// Follows the tables that `sql`, about to be run, gives new names.
  void note(std::string_view sql);

  /// Throws DatabaseError that names the first row which refers to nothing and did not
  /// so before; forgets the tables otherwise.
  void check(driver::Connection& connection);

 private:
  // What PRAGMA foreign_key_check tells of a table.
  struct Broken {
    int count = 0;
    std::string words = {};
  };
  // By the row and the table that it refers to.
  using Violations = std::map<std::pair<std::string, std::string>, Broken>;
  using Place = std::pair<std::string, std::string>;  // schema, table; in lower case

  static Violations read(driver::Connection& connection, const Place& place);
  void rename(const std::string& schema, const std::string& from,
              const std::string& to);
  int count_before(const Violations& before, const std::string& row,
                   std::string parent) const;

  std::map<Place, Violations> before_;
  std::map<std::string, std::string> former_;  // name of a renamed table -> before
};

}  // namespace revise::migration
