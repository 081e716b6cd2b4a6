/// Views and triggers that SQLite cannot make sense of: found before a table is made
/// anew, and looked for again afterwards.
///
/// One that does not work already and has nothing to do with the table is left alone.

#pragma once

#include <string>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/dialects/dialect.hpp"

namespace revise::sqlite {

class ObjectCheck {
 public:
  /// Of `schema` and of temporary objects; `table` stands in `schema`. All must outlive
  /// it.
  ObjectCheck(const dialects::Dialect& dialect, const dialects::Live& live,
              std::string schema, std::string table)
      : dialect_(dialect),
        live_(live),
        schema_(std::move(schema)),
        table_(std::move(table)) {}

  /// Throws SQLite's own DatabaseError on a view or trigger that does not work and
  /// mentions the table, also by way of a view. Others are kept in mind.
  void run_before();

  /// Throws SQLite's own DatabaseError on a view or trigger that does not work and did
  /// before.
  void run_after();

 private:
  /// A view or a trigger.
  struct Object {
    std::string schema;
    std::string type;
    std::string name;
    std::string sql;
  };

  template <typename Accepts>
  void try_out(const Accepts& accepts);
  std::vector<Object> read() const;
  Object object_of(const DatabaseError& error) const;
  bool mentions_table(const Object& object) const;

  const dialects::Dialect& dialect_;
  const dialects::Live& live_;
  std::string schema_;
  std::string table_;
  std::vector<Object> broken_ = {};  ///< before the changes
};

/// Tells how a view or trigger is mended, where `error` is about one.
void add_way_out(DatabaseError& error);

}  // namespace revise::sqlite
