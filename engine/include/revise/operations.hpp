/// What a unit's functions are handed: Alembic's `op`, name for name.

#pragma once

#include <revise/objects.hpp>
#include <revise/schema.hpp>
#include <revise/value.hpp>

namespace revise {

namespace operations {
class OperationSink;
}

template <typename... T>
class Rows;  // <revise/data.hpp>
template <typename... T>
class TableClause;  // <revise/data.hpp>

}  // namespace revise

#pragma GCC visibility push(default)

namespace revise {

class BatchOperations;          // <revise/batch.hpp>
struct BatchAlterTableOptions;  // <revise/batch.hpp>

struct CreateTableOptions {
  Characters schema = {};
  Flag if_not_exists = {};
  Characters comment = {};
  Names prefixes = {};
  Names postgresql_inherits = {};
  Characters postgresql_on_commit = {};
  Characters postgresql_partition_by = {};
  Characters postgresql_tablespace = {};
  Characters postgresql_using = {};
  Flag sqlite_autoincrement = {};
  Flag sqlite_strict = {};
  Flag sqlite_with_rowid = {};
};
struct DropTableOptions {
  Characters schema = {};
  Flag if_exists = {};
};
struct RenameTableOptions {
  Characters schema = {};
};
struct AddColumnOptions {
  Characters schema = {};
  Flag if_not_exists = {};
  Flag inline_references = {};
  Flag inline_primary_key = {};
};
struct DropColumnOptions {
  Characters schema = {};
  Flag if_exists = {};
};
/// Left alone: not changed. `none`: dropped.
struct AlterColumnOptions {
  Flag nullable = {};
  OptionalText comment = {};
  ServerDefault server_default = {};
  Characters new_column_name = {};
  Type type_ = {};
  Type existing_type = {};
  ServerDefault existing_server_default = {};
  Flag existing_nullable = {};
  OptionalText existing_comment = {};
  Characters schema = {};
  Flag autoincrement = {};
  Flag existing_autoincrement = {};
  Characters postgresql_using = {};
};
struct CreateIndexOptions {
  Characters schema = {};
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
struct DropIndexOptions {
  Characters table_name = {};
  Characters schema = {};
  Flag if_exists = {};
  Flag postgresql_concurrently = {};
};
struct CreatePrimaryKeyOptions {
  Characters schema = {};
  Names postgresql_include = {};
  Characters sqlite_on_conflict = {};
};
struct CreateUniqueConstraintOptions {
  Characters schema = {};
  Flag deferrable = {};
  Characters initially = {};
  Names postgresql_include = {};
  Flag postgresql_nulls_not_distinct = {};
  Characters sqlite_on_conflict = {};
};
struct CreateCheckConstraintOptions {
  Characters schema = {};
  Flag deferrable = {};
  Characters initially = {};
  Flag postgresql_not_valid = {};
  Characters sqlite_on_conflict = {};
};
struct CreateForeignKeyOptions {
  Characters onupdate = {};
  Characters ondelete = {};
  Flag deferrable = {};
  Characters initially = {};
  Characters match = {};
  Characters source_schema = {};
  Characters referent_schema = {};
  Flag postgresql_not_valid = {};
};
struct CreateExcludeConstraintOptions {
  TextClause where = {};
  Characters schema = {};
  Flag deferrable = {};
  Characters initially = {};
  Characters using_ = {};  ///< left alone: gist
  NamedValues ops = {};    ///< operator classes of columns
};
struct ValidateConstraintOptions {
  Characters schema = {};
};
struct DropConstraintOptions {
  Characters type_ = {};  ///< "foreignkey", "primary", "unique" or "check"
  Characters schema = {};
  Flag if_exists = {};
};
struct TableCommentOptions {
  OptionalText existing_comment = {};
  Characters schema = {};
};
struct BulkInsertOptions {
  Flag multiinsert = {};  ///< false: a statement of its own for each row
};
struct AutocommitOptions {
  Flag after_changes = {};  ///< the block may follow changes, which it then commits
};

/// A number of milliseconds, or text such as "5s" as PostgreSQL writes it; 0: no limit.
/// What is not named is left alone.
struct TimeoutOptions {
  Value lock_timeout = {};
  Value statement_timeout = {};
};

using Parameters = std::initializer_list<Parameter>;

class Operations;

/// What a unit does to one of several databases.
struct EngineFunction {
  Characters engine_name;
  void (*function)(Operations& op);
};

/// Each member makes one change at once, or prints its SQL when offline.
class Operations {
 public:
  explicit Operations(operations::OperationSink& sink) : sink_(sink) {}
  Operations(const Operations&) = delete;
  Operations& operator=(const Operations&) = delete;

  /// "sqlite" or "postgresql".
  Characters dialect() const;

  void create_table(Characters table_name, std::initializer_list<TableElement> elements,
                    const CreateTableOptions& options = {});
  void create_table(Characters table_name, const TableElements& elements,
                    const CreateTableOptions& options = {});
  void drop_table(Characters table_name, const DropTableOptions& options = {});
  /// With the table as it was, so that it has a reverse.
  void drop_table(Characters table_name, std::initializer_list<TableElement> existing,
                  const DropTableOptions& options = {});
  void rename_table(Characters old_table_name, Characters new_table_name,
                    const RenameTableOptions& options = {});
  void add_column(Characters table_name, const Column& column,
                  const AddColumnOptions& options = {});
  void drop_column(Characters table_name, Characters column_name,
                   const DropColumnOptions& options = {});
  /// With the column as it was, so that it has a reverse.
  void drop_column(Characters table_name, const Column& existing,
                   const DropColumnOptions& options = {});
  void alter_column(Characters table_name, Characters column_name,
                    const AlterColumnOptions& options = {});
  void create_index(Characters index_name, Characters table_name,
                    std::initializer_list<IndexElement> columns,
                    const CreateIndexOptions& options = {});
  /// On columns whose names are known when the unit runs.
  template <detail::NameRange Range>
  [[gnu::visibility("hidden")]] void create_index(
      Characters index_name, Characters table_name, const Range& columns,
      const CreateIndexOptions& options = {}) {
    create_index_on(index_name, table_name, Names(columns), options);
  }
  void drop_index(Characters index_name, const DropIndexOptions& options = {});
  void drop_index(Characters index_name, Characters table_name,
                  const DropIndexOptions& options = {});
  /// With the index as it was, so that it has a reverse.
  void drop_index(const Index& existing, Characters table_name,
                  const DropIndexOptions& options = {});
  void create_primary_key(Characters constraint_name, Characters table_name,
                          const Names& columns,
                          const CreatePrimaryKeyOptions& options = {});
  void create_unique_constraint(Characters constraint_name, Characters table_name,
                                const Names& columns,
                                const CreateUniqueConstraintOptions& options = {});
  void create_check_constraint(Characters constraint_name, Characters table_name,
                               TextClause condition,
                               const CreateCheckConstraintOptions& options = {});
  void create_foreign_key(Characters constraint_name, Characters source_table,
                          Characters referent_table, const Names& local_cols,
                          const Names& remote_cols,
                          const CreateForeignKeyOptions& options = {});
  /// `elements` are a column or an expression with its operator each.
  void create_exclude_constraint(Characters constraint_name, Characters table_name,
                                 std::initializer_list<ExcludeElement> elements,
                                 const CreateExcludeConstraintOptions& options = {});
  void drop_constraint(Characters constraint_name, Characters table_name,
                       const DropConstraintOptions& options = {});
  void drop_constraint(Characters constraint_name, Characters table_name,
                       Characters type_, const DropConstraintOptions& options = {});
  /// With the constraint as it was, so that it has a reverse. It needs its name.
  void drop_constraint(const TableElement& existing, Characters table_name,
                       const DropConstraintOptions& options = {});
  /// Holds the rows there are against a constraint that was created with
  /// `.postgresql_not_valid = true`.
  void validate_constraint(Characters constraint_name, Characters table_name,
                           const ValidateConstraintOptions& options = {});
  void create_table_comment(Characters table_name, Characters comment,
                            const TableCommentOptions& options = {});
  void drop_table_comment(Characters table_name,
                          const TableCommentOptions& options = {});

  /// Runs one or several statements as they stand.
  void execute(TextClause sql);
  /// Runs one statement; `:name` stands for the parameter of that name, `\:` for `:`.
  void execute(TextClause sql, Parameters parameters);

  /// Needs <revise/data.hpp>. Nothing is done for no rows.
  template <typename... T>
  [[gnu::visibility("hidden")]] void bulk_insert(
      const TableClause<T...>& table,
      std::initializer_list<typename TableClause<T...>::Row> rows,
      const BulkInsertOptions& options = {});
  template <typename... T, typename Range>
  [[gnu::visibility("hidden")]] void bulk_insert(const TableClause<T...>& table,
                                                 const Range& rows,
                                                 const BulkInsertOptions& options = {});

  /// Needs <revise/data.hpp>. All rows are read before the first is handed out, so
  /// that the table may be changed in the loop. Not to be had offline.
  template <typename... T>
  [[gnu::visibility("hidden")]] Rows<T...> query(TextClause sql,
                                                 Parameters parameters = {});

  /// How long each statement of this step may wait for a lock, and run, from here to
  /// the step's end; the run's own settings hold again after it. On SQLite a line in
  /// the log says that nothing is set.
  void set_timeouts(const TimeoutOptions& options);

  /// Commits, calls `body` outside any transaction, and begins another. It must be
  /// the first change that its function makes, unless `.after_changes` is true.
  template <typename Body>
  [[gnu::visibility("hidden")]] void autocommit_block(
      const Body& body, const AutocommitOptions& options = {}) {
    run_autocommit_block(
        [](const void* called) { (*static_cast<const Body*>(called))(); }, &body,
        options);
  }

  /// Calls `body` with a BatchOperations&, and then makes the changes that it asked
  /// for, together.
  template <typename Body>
  [[gnu::visibility("hidden")]] void batch_alter_table(Characters table_name,
                                                       const Body& body);
  template <typename Body>
  [[gnu::visibility("hidden")]] void batch_alter_table(
      Characters table_name, const Body& body, const BatchAlterTableOptions& options);
  template <typename Body>
  [[gnu::visibility("hidden")]] void batch_alter_table(
      Characters table_name, const BatchAlterTableOptions& options, const Body& body);

  /// The value of `-x name=value`, the last that was given; empty for a bare
  /// `-x name`; not set when it was not given.
  Characters get_x_argument(Characters name) const;
  /// The value of --tag; not set when it was not given.
  Characters get_tag_argument() const;
  /// Which of the ini's `databases` this is; not set when it names none.
  Characters engine_name() const;
  /// Whether a script is written, and there is no database to ask.
  bool is_offline_mode() const;
  /// Calls the function of the database that this is. A unit that has none for it
  /// fails.
  void dispatch_by_engine_name(std::initializer_list<EngineFunction> functions);

  // What is no table: docs/postgresql_objects.md. SQLite has views and triggers.

  void create_enum(Characters name, const Names& values,
                   const CreateEnumOptions& options = {});
  void drop_enum(Characters name, const DropEnumOptions& options = {});
  /// In an autocommit block of its own, if it stands in none: a new value cannot be
  /// used before it is committed.
  void add_enum_value(Characters name, Characters value,
                      const AddEnumValueOptions& options = {});
  void rename_enum_value(Characters name, Characters old_value, Characters new_value,
                         const RenameEnumValueOptions& options = {});
  void create_domain(Characters name, Type data_type,
                     const postgresql::DomainOptions& options = {});
  void drop_domain(Characters name, const DropObjectOptions& options = {});
  /// A composite type: `attributes` are columns, of which name and type count.
  void create_type(Characters name, std::initializer_list<TableElement> attributes,
                   const CreateTypeOptions& options = {});
  void create_range_type(Characters name, Type subtype,
                         const CreateRangeTypeOptions& options = {});
  void drop_type(Characters name, const DropObjectOptions& options = {});
  void rename_type(Characters old_name, Characters new_name,
                   const RenameObjectOptions& options = {});

  /// `definition` is a query.
  void create_view(Characters name, TextClause definition,
                   const CreateViewOptions& options = {});
  void replace_view(Characters name, TextClause definition,
                    const CreateViewOptions& options = {});
  void drop_view(Characters name, const DropObjectOptions& options = {});
  void rename_view(Characters old_name, Characters new_name,
                   const RenameObjectOptions& options = {});
  void create_materialized_view(Characters name, TextClause definition,
                                const CreateMaterializedViewOptions& options = {});
  void refresh_materialized_view(Characters name,
                                 const RefreshMaterializedViewOptions& options = {});
  void drop_materialized_view(Characters name, const DropObjectOptions& options = {});
  void rename_materialized_view(Characters old_name, Characters new_name,
                                const RenameObjectOptions& options = {});

  /// `body` in no quotes: it gets dollar quotes.
  void create_function(Characters name, Characters body,
                       const CreateFunctionOptions& options = {});
  void drop_function(Characters name, const DropFunctionOptions& options = {});
  void create_procedure(Characters name, Characters body,
                        const CreateProcedureOptions& options = {});
  void drop_procedure(Characters name, const DropFunctionOptions& options = {});
  void create_trigger(Characters name, Characters table_name,
                      const CreateTriggerOptions& options);
  void drop_trigger(Characters name, Characters table_name,
                    const DropObjectOptions& options = {});

  void create_sequence(Characters name, const CreateSequenceOptions& options = {});
  void alter_sequence(Characters name, const AlterSequenceOptions& options);
  void drop_sequence(Characters name, const DropObjectOptions& options = {});
  void rename_sequence(Characters old_name, Characters new_name,
                       const RenameObjectOptions& options = {});
  void create_schema(Characters name, const CreateSchemaOptions& options = {});
  void drop_schema(Characters name, const DropObjectOptions& options = {});
  void rename_schema(Characters old_name, Characters new_name);
  void create_extension(Characters name, const CreateExtensionOptions& options = {});
  void drop_extension(Characters name, const DropObjectOptions& options = {});

  void create_policy(Characters name, Characters table_name,
                     const CreatePolicyOptions& options = {});
  void drop_policy(Characters name, Characters table_name,
                   const DropObjectOptions& options = {});
  void enable_row_security(Characters table_name,
                           const RowSecurityOptions& options = {});
  void disable_row_security(Characters table_name,
                            const RowSecurityOptions& options = {});
  void force_row_security(Characters table_name,
                          const RowSecurityOptions& options = {});
  void no_force_row_security(Characters table_name,
                             const RowSecurityOptions& options = {});
  /// `privileges` such as "select" or "all"; `object_name` `none`: all of that type in
  /// the schema.
  void grant(const Names& privileges, OptionalText object_name, const Names& roles,
             const GrantOptions& options = {});
  void revoke(const Names& privileges, OptionalText object_name, const Names& roles,
              const RevokeOptions& options = {});
  /// ALTER DEFAULT PRIVILEGES; `object_type` is "tables", "sequences", "functions",
  /// "types" or "schemas".
  void grant_default(const Names& privileges, Characters object_type,
                     const Names& roles, const GrantDefaultOptions& options = {});
  void revoke_default(const Names& privileges, Characters object_type,
                      const Names& roles, const RevokeDefaultOptions& options = {});
  /// `object_type` such as "view" or "function"; `none` drops the comment.
  void comment_on(Characters object_type, Characters name, OptionalText comment,
                  const CommentOnOptions& options = {});

  /// `name` as one that no naming convention changes.
  constexpr Characters f(Characters name) const { return name.as_final_name(); }

  /// `value` for a parameter, to stand in the SQL as a literal.
  constexpr Value inline_literal(Value value) const { return value.as_literal(); }

  /// Carries out an operation of the user's own: anything with a member
  /// `apply(Operations& op)`, and `reverse()`, another such, where it has one.
  template <typename Custom>
  [[gnu::visibility("hidden")]] void invoke(const Custom& operation) {
    if constexpr (requires { operation.reverse(); }) {
      if (is_reversing()) {
        invoke_later(
            [](const void* kept, Operations& op) {
              op.invoke(static_cast<const Custom*>(kept)->reverse());
            },
            new Custom(operation),
            [](void* kept) { delete static_cast<Custom*>(kept); });
        return;
      }
    }
    operation.apply(*this);
  }

  /// Undoes what `body` would do, last first: `op.reverse(upgrade)` is a downgrade.
  /// Throws UnitError, before anything is done, on an operation that cannot be undone,
  /// and on one that reads.
  template <typename Body>
  [[gnu::visibility("hidden")]] void reverse(const Body& body) {
    run_reversed([](const void* called,
                    Operations& op) { (*static_cast<const Body*>(called))(op); },
                 &body);
  }
  void reverse(void (*body)(Operations& op));

  /// Where operations go. For the engine and data.hpp.
  operations::OperationSink& sink() const { return sink_; }

 private:
  using Call = void (*)(const void* called, Operations& op);

  void create_index_on(Characters index_name, Characters table_name,
                       const Names& columns, const CreateIndexOptions& options);
  bool is_reversing() const;
  void invoke_later(Call call, void* kept, void (*destroy)(void* kept));
  void run_reversed(Call call, const void* called);
  void run_autocommit_block(void (*body)(const void*), const void* called,
                            const AutocommitOptions& options);
  void run_batch(Characters table_name, const BatchAlterTableOptions& options,
                 void (*body)(const void*, BatchOperations&), const void* called);

  operations::OperationSink& sink_;
};

}  // namespace revise

#pragma GCC visibility pop
