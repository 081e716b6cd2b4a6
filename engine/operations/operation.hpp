/// The closed set of operations, as plain values.
///
/// Names are unquoted; an empty `schema` is the default one. How an operation is
/// spelt is the dialects' business, when it runs the runner's.

#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/driver/connection.hpp"
#include "engine/schema/table.hpp"

namespace revise::operations {

struct CreateTableOp {
  schema::Table table;
  bool if_not_exists = false;
};

struct DropTableOp {
  std::string table;
  std::string schema = {};
  bool if_exists = false;
};

struct RenameTableOp {
  std::string table;
  std::string new_table;
  std::string schema = {};
};

struct AddColumnOp {
  std::string table;
  schema::Column column;
  std::string schema = {};
  bool if_not_exists = false;
  bool inline_references = false;
  bool inline_primary_key = false;
};

struct DropColumnOp {
  std::string table;
  std::string column;
  std::string schema = {};
  bool if_exists = false;
};

/// What becomes of a thing that an alteration may leave alone, drop or set.
template <typename T>
using Change = std::optional<std::optional<T>>;  ///< outer none: left alone

struct AlterColumnOp {
  std::string table;
  std::string column;
  std::string schema = {};
  std::optional<bool> nullable = {};
  Change<std::string> comment = {};
  Change<schema::ServerDefault> server_default = {};
  std::string new_column_name = {};  ///< empty: keeps its name
  std::optional<schema::Type> type = {};
  std::optional<schema::Type> existing_type = {};
  Change<schema::ServerDefault> existing_server_default = {};
  std::optional<bool> existing_nullable = {};
  Change<std::string> existing_comment = {};
  std::string postgresql_using = {};
};

struct CreateIndexOp {
  std::string table;
  schema::Index index;
  std::string schema = {};
  bool if_not_exists = false;
};

struct DropIndexOp {
  std::string index;
  std::string table = {};  ///< empty: not told
  std::string schema = {};
  bool if_exists = false;
  bool postgresql_concurrently = false;
};

struct AddConstraintOp {
  std::string table;
  schema::Constraint constraint;
  std::string schema = {};
};

struct DropConstraintOp {
  std::string table;
  std::string constraint;
  std::string type =
      {};  ///< "foreignkey", "primary", "unique", "check"; empty: not told
  std::string schema = {};
  bool if_exists = false;
};

/// A table's comment set, or dropped when there is none.
struct TableCommentOp {
  std::string table;
  std::optional<std::string> comment = {};
  std::optional<std::string> existing_comment = {};
  std::string schema = {};
};

/// The value for `:name`.
struct NamedValue {
  std::string name;
  driver::Value value;
};

/// Statements as they stand; with parameters, one statement in which `:name` is looked
/// for.
struct ExecuteOp {
  std::string sql;
  std::vector<NamedValue> parameters = {};
};

struct BulkInsertOp {
  std::string table;
  std::string schema = {};
  std::vector<std::string> columns;
  std::vector<driver::Row> rows;  ///< each as long as `columns`
};

/// Adding a row here stops the build at every visitor that must learn of it.
using Operation =
    std::variant<CreateTableOp, DropTableOp, RenameTableOp, AddColumnOp, DropColumnOp,
                 AlterColumnOp, CreateIndexOp, DropIndexOp, AddConstraintOp,
                 DropConstraintOp, TableCommentOp, ExecuteOp, BulkInsertOp>;

}  // namespace revise::operations
