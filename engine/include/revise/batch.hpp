/// Alembic's batch mode: several changes to one table, made together. Where the
/// database cannot change a table in place, which is SQLite's case mostly, the table is
/// made anew, and its rows are copied.
///
/// Names, order and defaults are those of Alembic's BatchOperations, which are those of
/// Operations without the table and its schema.

#pragma once

#include <revise/operations.hpp>
#include <revise/schema.hpp>
#include <revise/value.hpp>

#pragma GCC visibility push(default)

namespace revise {

namespace operations {
class BatchSink;
}
namespace detail {
struct TableNode;  // a whole table in the arena
}

/// Columns in the order wanted, in one or several rows: `{{"id", "name"}}`. In a row
/// each stands before the next; what no row names keeps its place among the others.
class PartialReordering {
 public:
  [[gnu::always_inline]] constexpr PartialReordering() {}
  PartialReordering(std::initializer_list<Names> rows);

  const detail::Element* node() const { return node_; }

 private:
  const detail::Element* node_ = nullptr;
};

/// Constraints and indexes, or columns, of a table.
class TableArguments {
 public:
  [[gnu::always_inline]] constexpr TableArguments() {}
  TableArguments(std::initializer_list<TableElement> elements);
  TableArguments(const TableElements& elements) : node_(elements.node()) {}

  const detail::Element* node() const { return node_; }

 private:
  const detail::Element* node_ = nullptr;
};

/// A whole table, as `create_table` would make it.
class Table {
 public:
  [[gnu::always_inline]] constexpr Table() {}  ///< none
  Table(Characters name, std::initializer_list<TableElement> elements,
        const CreateTableOptions& options = {});
  Table(Characters name, const TableElements& elements,
        const CreateTableOptions& options = {});

  const detail::TableNode* node() const { return node_; }

 private:
  const detail::TableNode* node_ = nullptr;
};

struct BatchAlterTableOptions {
  Characters schema = {};
  Characters recreate = "auto";  ///< or "always", "never"
  PartialReordering partial_reordering = {};
  /// What the table is to be taken for, instead of what the database says it is. A
  /// script (--sql) needs it where the table is made anew.
  Table copy_from = {};
  /// Constraints and indexes that a table made anew gets besides its own.
  TableArguments table_args = {};
  /// Options of a table made anew; those of its `sqlite_` and `postgresql_` members
  /// that are set replace the table's own.
  CreateTableOptions table_kwargs = {};
  /// Columns that are to be as told here: type, default and NOT NULL replace the
  /// table's own; its other clauses stay.
  TableArguments reflect_args = {};
  /// Alembic hands them to SQLAlchemy's reflection, which there is none of here:
  /// `resolve_fks` is taken and has nothing to do, all others are an error.
  NamedValues reflect_kwargs = {};
  /// Names for constraints that have none, such as {{"uq", "uq_%(table_name)s"}}, by
  /// which they can be dropped; a table made anew has its constraints named by it.
  NamedValues naming_convention = {};
};

struct BatchAddColumnOptions {
  Characters insert_before = {};
  Characters insert_after = {};
  Flag if_not_exists = {};
  Flag inline_references = {};
  Flag inline_primary_key = {};
};
struct BatchDropColumnOptions {
  Flag if_exists = {};
  Type existing_type = {};  ///< not needed: what the type brought along goes with it
};
/// Left alone: not changed. `none`: dropped.
struct BatchAlterColumnOptions {
  Flag nullable = {};
  OptionalText comment = {};
  ServerDefault server_default = {};
  Characters new_column_name = {};
  Type type_ = {};
  Type existing_type = {};
  ServerDefault existing_server_default = {};
  Flag existing_nullable = {};
  OptionalText existing_comment = {};
  Characters insert_before = {};
  Characters insert_after = {};
  Flag autoincrement = {};
  Flag existing_autoincrement = {};
  Characters postgresql_using = {};
};
struct BatchCreateIndexOptions {
  Flag unique = {};
  Flag if_not_exists = {};
  Flag quote = {};
  Flag postgresql_concurrently = {};
  Names postgresql_include = {};
  Flag postgresql_nulls_not_distinct = {};
  NamedValues postgresql_ops = {};  ///< operator classes of columns
  Characters postgresql_tablespace = {};
  Characters postgresql_using = {};
  TextClause postgresql_where = {};
  NamedValues postgresql_with = {};  ///< storage parameters
  TextClause sqlite_where = {};
};
struct BatchDropIndexOptions {
  Flag if_exists = {};
  Flag postgresql_concurrently = {};
};
struct BatchCreatePrimaryKeyOptions {
  Names postgresql_include = {};
  Characters sqlite_on_conflict = {};
};
struct BatchCreateUniqueConstraintOptions {
  Flag deferrable = {};
  Characters initially = {};
  Names postgresql_include = {};
  Flag postgresql_nulls_not_distinct = {};
  Characters sqlite_on_conflict = {};
};
struct BatchCreateCheckConstraintOptions {
  Flag deferrable = {};
  Characters initially = {};
  Flag postgresql_not_valid = {};
  Characters sqlite_on_conflict = {};
};
struct BatchCreateForeignKeyOptions {
  Characters referent_schema = {};
  Characters onupdate = {};
  Characters ondelete = {};
  Flag deferrable = {};
  Characters initially = {};
  Characters match = {};
  Flag postgresql_not_valid = {};
};
struct BatchCreateExcludeConstraintOptions {
  TextClause where = {};
  Flag deferrable = {};
  Characters initially = {};
  Characters using_ = {};  ///< left alone: gist
  NamedValues ops = {};    ///< operator classes of columns
};
struct BatchDropConstraintOptions {
  Characters type_ = {};  ///< "foreignkey", "primary", "unique" or "check"
};
struct BatchTableCommentOptions {
  OptionalText existing_comment = {};
};

/// Each member asks for one change. All are made, in order, when the body has returned;
/// none when it throws. A column renamed in the batch goes by its new name after that;
/// the old one is understood as well while no other column has it.
class BatchOperations {
 public:
  explicit BatchOperations(operations::BatchSink& sink) : sink_(sink) {}
  BatchOperations(const BatchOperations&) = delete;
  BatchOperations& operator=(const BatchOperations&) = delete;

  /// "sqlite" or "postgresql".
  Characters dialect() const;

  void add_column(const Column& column, const BatchAddColumnOptions& options = {});
  void drop_column(Characters column_name, const BatchDropColumnOptions& options = {});
  /// With the column as it was, so that it has a reverse.
  void drop_column(const Column& existing, const BatchDropColumnOptions& options = {});
  void alter_column(Characters column_name,
                    const BatchAlterColumnOptions& options = {});
  void create_index(Characters index_name, std::initializer_list<IndexElement> columns,
                    const BatchCreateIndexOptions& options = {});
  /// On columns whose names are known when the unit runs.
  template <detail::NameRange Range>
  [[gnu::visibility("hidden")]] void create_index(
      Characters index_name, const Range& columns,
      const BatchCreateIndexOptions& options = {}) {
    create_index_on(index_name, Names(columns), options);
  }
  void drop_index(Characters index_name, const BatchDropIndexOptions& options = {});
  /// With the index as it was, so that it has a reverse.
  void drop_index(const Index& existing, const BatchDropIndexOptions& options = {});
  void create_primary_key(Characters constraint_name, const Names& columns,
                          const BatchCreatePrimaryKeyOptions& options = {});
  void create_unique_constraint(Characters constraint_name, const Names& columns,
                                const BatchCreateUniqueConstraintOptions& options = {});
  void create_check_constraint(Characters constraint_name, TextClause condition,
                               const BatchCreateCheckConstraintOptions& options = {});
  void create_foreign_key(Characters constraint_name, Characters referent_table,
                          const Names& local_cols, const Names& remote_cols,
                          const BatchCreateForeignKeyOptions& options = {});
  /// `elements` are a column or an expression with its operator each.
  void create_exclude_constraint(
      Characters constraint_name, std::initializer_list<ExcludeElement> elements,
      const BatchCreateExcludeConstraintOptions& options = {});
  void drop_constraint(Characters constraint_name,
                       const BatchDropConstraintOptions& options = {});
  void drop_constraint(Characters constraint_name, Characters type_);
  /// With the constraint as it was, so that it has a reverse. It needs its name.
  void drop_constraint(const TableElement& existing);
  void create_table_comment(Characters comment,
                            const BatchTableCommentOptions& options = {});
  void drop_table_comment(const BatchTableCommentOptions& options = {});

  /// Runs in its place among the other changes: those before it have been made.
  void execute(TextClause sql);
  void execute(TextClause sql, Parameters parameters);

  /// `name` as one that no naming convention changes.
  constexpr Characters f(Characters name) const { return name.as_final_name(); }

  /// `value` for a parameter, to stand in the SQL as a literal.
  constexpr Value inline_literal(Value value) const { return value.as_literal(); }

  /// Carries out an operation of the user's own: anything with a member
  /// `apply(BatchOperations& batch_op)`.
  template <typename Custom>
  [[gnu::visibility("hidden")]] void invoke(const Custom& operation) {
    operation.apply(*this);
  }

 private:
  void create_index_on(Characters index_name, const Names& columns,
                       const BatchCreateIndexOptions& options);

  operations::BatchSink& sink_;
};

template <typename Body>
void Operations::batch_alter_table(Characters table_name, const Body& body) {
  batch_alter_table(table_name, BatchAlterTableOptions{}, body);
}

template <typename Body>
void Operations::batch_alter_table(Characters table_name, const Body& body,
                                   const BatchAlterTableOptions& options) {
  batch_alter_table(table_name, options, body);
}

template <typename Body>
void Operations::batch_alter_table(Characters table_name,
                                   const BatchAlterTableOptions& options,
                                   const Body& body) {
  run_batch(
      table_name, options,
      [](const void* called, BatchOperations& batch_op) {
        (*static_cast<const Body*>(called))(batch_op);
      },
      &body);
}

}  // namespace revise

#pragma GCC visibility pop
