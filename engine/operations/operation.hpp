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
#include "engine/operations/object_operation.hpp"
#include "engine/schema/table.hpp"

namespace revise::operations {

struct CreateTableOp {
  static constexpr const char* kName = "create_table";
  schema::Table table;
  bool if_not_exists = false;
};

struct DropTableOp {
  static constexpr const char* kName = "drop_table";
  std::string table;
  std::string schema = {};
  bool if_exists = false;
  std::optional<schema::Table> existing = {};  ///< as it was, where that is told
};

struct RenameTableOp {
  static constexpr const char* kName = "rename_table";
  std::string table;
  std::string new_table;
  std::string schema = {};
};

struct AddColumnOp {
  static constexpr const char* kName = "add_column";
  std::string table;
  schema::Column column;
  std::string schema = {};
  bool if_not_exists = false;
  bool inline_references = false;
  bool inline_primary_key = false;
};

struct DropColumnOp {
  static constexpr const char* kName = "drop_column";
  std::string table;
  std::string column;
  std::string schema = {};
  bool if_exists = false;
  std::optional<schema::Column> existing = {};  ///< as it was, where that is told
};

/// What becomes of a thing that an alteration may leave alone, drop or set.
template <typename T>
using Change = std::optional<std::optional<T>>;  ///< outer none: left alone

struct AlterColumnOp {
  static constexpr const char* kName = "alter_column";
  std::string table;
  std::string column;
  std::string schema = {};
  std::optional<bool> nullable = {};
  Change<std::string> comment = {};
  Change<schema::GeneratedDefault> server_default = {};
  std::string new_column_name = {};  ///< empty: keeps its name
  std::optional<schema::Type> type = {};
  std::optional<schema::Type> existing_type = {};
  Change<schema::GeneratedDefault> existing_server_default = {};
  std::optional<bool> existing_nullable = {};
  Change<std::string> existing_comment = {};
  std::string postgresql_using = {};
  bool postgresql_cast = false;      ///< without postgresql_using: cast to the new type
  std::string type_check_name = {};  ///< of the CHECK that `type` brings along
  std::string existing_type_check_name = {};  ///< of the one that `existing_type` did
};

struct CreateIndexOp {
  static constexpr const char* kName = "create_index";
  std::string table;
  schema::Index index;
  std::string schema = {};
  bool if_not_exists = false;
};

struct DropIndexOp {
  static constexpr const char* kName = "drop_index";
  std::string index;
  std::string table = {};  ///< empty: not told
  std::string schema = {};
  bool if_exists = false;
  bool postgresql_concurrently = false;
  std::optional<schema::Index> existing = {};  ///< as it was, where that is told
};

struct AddConstraintOp {
  static constexpr const char* kName = "create_constraint";
  std::string table;
  schema::Constraint constraint;
  std::string schema = {};
};

struct DropConstraintOp {
  static constexpr const char* kName = "drop_constraint";
  std::string table;
  std::string constraint;
  /// "foreignkey", "primary", "unique", "check"; empty: not told
  std::string type = {};
  std::string schema = {};
  bool if_exists = false;
  std::optional<schema::Constraint> existing = {};  ///< as it was, where that is told
};

/// Holds the rows there are against a constraint that was added NOT VALID.
struct ValidateConstraintOp {
  static constexpr const char* kName = "validate_constraint";
  std::string table;
  std::string constraint;
  std::string schema = {};
};

/// A table's comment set, or dropped when there is none.
struct TableCommentOp {
  static constexpr const char* kName = "create_table_comment";
  std::string table;
  std::optional<std::string> comment = {};
  std::optional<std::string> existing_comment = {};
  std::string schema = {};
};

/// The value for `:name`.
struct NamedValue {
  std::string name;
  driver::Value value;
  bool is_inline = false;  ///< stands in the SQL as a literal, not as a parameter
};

/// Statements as they stand; with parameters, one statement in which `:name` is looked
/// for.
struct ExecuteOp {
  static constexpr const char* kName = "execute";
  std::string sql;
  std::vector<NamedValue> parameters = {};
};

struct BulkInsertOp {
  static constexpr const char* kName = "bulk_insert";
  std::string table;
  std::string schema = {};
  std::vector<std::string> columns;
  std::vector<driver::Row> rows;  ///< each as long as `columns`
  bool multiinsert = true;        ///< false: a statement of its own for each row
};

/// What may be asked for in a batch.
using BatchOperation =
    std::variant<AddColumnOp, DropColumnOp, AlterColumnOp, CreateIndexOp, DropIndexOp,
                 AddConstraintOp, DropConstraintOp, TableCommentOp, ExecuteOp>;

struct BatchChange {
  BatchOperation operation;
  std::string insert_before = {};  ///< a column's place; empty: not told
  std::string insert_after = {};
};

enum class Recreate { Auto, Always, Never };

/// Changes to one table that are made together, if need be by way of a new table.
struct BatchAlterTableOp {
  static constexpr const char* kName = "batch_alter_table";
  std::string table;
  std::string schema = {};
  Recreate recreate = Recreate::Auto;
  std::vector<std::vector<std::string>> partial_reordering = {};
  std::optional<schema::Table> copy_from = {};
  schema::Table table_args = {};  ///< what its elements add; its columns: none
  schema::TableOptions table_kwargs = {};
  std::vector<schema::Column> reflect_args = {};
  schema::NamedValues naming_convention = {};
  std::vector<BatchChange> changes = {};  ///< in order; their table is this one
};

/// Adding a row here stops the build at every visitor that must learn of it.
using Operation =
    std::variant<CreateTableOp, DropTableOp, RenameTableOp, AddColumnOp, DropColumnOp,
                 AlterColumnOp, CreateIndexOp, DropIndexOp, AddConstraintOp,
                 DropConstraintOp, ValidateConstraintOp, TableCommentOp, ExecuteOp,
                 BulkInsertOp, BatchAlterTableOp, ObjectOp>;

}  // namespace revise::operations
