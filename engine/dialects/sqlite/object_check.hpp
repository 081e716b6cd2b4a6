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
  /// before: also on a trigger that changes a column which is not there any more.
  void run_after();

 private:
  /// A view or a trigger.
  struct Object {
    std::string schema;
    std::string type;
    std::string name;
    std::string sql;
    std::string table;  ///< which a trigger is on

    bool is(const Object& other) const {
      return schema == other.schema && type == other.type && name == other.name;
    }
  };
  using Objects = std::vector<Object>;

  template <typename Accepts>
  void try_out(const Accepts& accepts);
  Objects read() const;
  Object object_of(const DatabaseError& error) const;
  /// `objects` that mention the table, also by way of a view.
  Objects mentioning(const Objects& objects) const;
  void fire(const Object& trigger) const;
  void keep_silent();
  void fire_all() const;

  const dialects::Dialect& dialect_;
  const dialects::Live& live_;
  std::string schema_;
  std::string table_;
  Objects broken_ = {};  ///< before the changes
  Objects silent_ = {};  ///< triggers that could not fire before the changes
};

/// Tells how a view or trigger is mended, where `error` is about one.
void add_way_out(DatabaseError& error);

}  // namespace revise::sqlite
