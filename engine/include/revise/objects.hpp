/// Options of the operations on what is no table: views, functions, triggers,
/// sequences, types, schemas, extensions, policies and privileges.
///
/// Their members are the clauses of the SQL statement, in its order. Texts that are
/// SQL (definitions, bodies, arguments, conditions) are taken as they stand.

#pragma once

#include <revise/postgresql.hpp>
#include <revise/schema.hpp>

#pragma GCC visibility push(default)

namespace revise {

struct CreateEnumOptions {
  Characters schema = {};
  /// Left alone: one that has the values is used. True: so it is, and there is no way
  /// back. False: there must be none.
  Flag checkfirst = {};
};
struct DropEnumOptions {
  Characters schema = {};
  Flag checkfirst = {};  ///< left alone or true: there may be none
  Names existing_values = {};
};
struct AddEnumValueOptions {
  Characters schema = {};
  Characters before = {};
  Characters after = {};
  Flag if_not_exists = {};  ///< always so: it bears being run again
  Flag after_changes = {};  ///< it may follow changes, which it then commits
};
struct RenameEnumValueOptions {
  Characters schema = {};
};

/// For all that has a name and no more. `existing_definition` is the whole statement
/// that would make it again; for a view its query will do.
struct DropObjectOptions {
  Characters schema = {};
  Flag if_exists = {};
  Flag cascade = {};
  Characters existing_definition = {};
};
struct DropFunctionOptions {
  Characters schema = {};
  Flag if_exists = {};
  Characters arguments = {};  ///< its types, such as "integer, text"
  Flag cascade = {};
  Characters existing_definition = {};
};
struct RenameObjectOptions {
  Characters schema = {};
};

struct CreateViewOptions {
  Characters schema = {};
  Flag or_replace = {};
  Flag temporary = {};
  Flag recursive = {};
  Flag if_not_exists = {};  ///< SQLite
  Names columns = {};
  NamedValues with_ = {};
  Characters check_option = {};  ///< "local" or "cascaded"
  Characters existing_definition = {};
};
struct CreateMaterializedViewOptions {
  Characters schema = {};
  Flag if_not_exists = {};
  Names columns = {};
  Characters using_ = {};
  NamedValues with_ = {};
  Characters tablespace = {};
  Flag with_data = {};
};
struct RefreshMaterializedViewOptions {
  Characters schema = {};
  Flag concurrently = {};
  Flag with_data = {};
};

struct CreateFunctionOptions {
  Characters schema = {};
  Flag or_replace = {};
  Characters arguments = {};  ///< such as "a integer, b text DEFAULT 'x'"
  Characters returns = {};
  Characters language = {};
  Flag window = {};
  Characters volatility = {};  ///< "immutable", "stable" or "volatile"
  Flag leakproof = {};
  Flag strict = {};
  Characters security = {};  ///< "definer" or "invoker"
  Characters parallel = {};  ///< "safe", "restricted" or "unsafe"
  Count cost = {};
  Count rows = {};
  Characters support = {};
  NamedValues set_ = {};
  Characters existing_definition = {};
};
struct CreateProcedureOptions {
  Characters schema = {};
  Flag or_replace = {};
  Characters arguments = {};
  Characters language = {};
  Characters security = {};
  NamedValues set_ = {};
  Characters existing_definition = {};
};

struct CreateTriggerOptions {
  Characters schema = {};
  Flag or_replace = {};
  Flag temporary = {};      ///< SQLite
  Flag if_not_exists = {};  ///< SQLite
  Flag constraint = {};
  Characters timing = {};      ///< "before", "after" or "instead of"
  Characters events = {};      ///< such as "insert or update of name"
  Characters from_table = {};  ///< "table" or "schema.table"
  Flag deferrable = {};
  Characters initially = {};
  Characters referencing = {};
  Characters for_each = {};  ///< "row" or "statement"
  TextClause when = {};
  Characters function = {};  ///< PostgreSQL: such as "note_change('a')"
  Characters body = {};      ///< SQLite: statements, each with its semicolon
  Characters existing_definition = {};
};

struct CreateSequenceOptions {
  Characters schema = {};
  Flag temporary = {};
  Flag if_not_exists = {};
  Type data_type = {};
  Count start = {};
  Count increment = {};
  Count minvalue = {};
  Count maxvalue = {};
  Flag nominvalue = {};
  Flag nomaxvalue = {};
  Flag cycle = {};
  Count cache = {};
  Characters owned_by = {};  ///< "table.column", or "none"
};
struct AlterSequenceOptions {
  Characters schema = {};
  Flag if_exists = {};
  Type data_type = {};
  Count start = {};
  Count restart = {};
  Count increment = {};
  Count minvalue = {};
  Count maxvalue = {};
  Flag nominvalue = {};
  Flag nomaxvalue = {};
  Flag cycle = {};
  Count cache = {};
  Characters owned_by = {};
};

struct CreateSchemaOptions {
  Flag if_not_exists = {};
  Characters authorization = {};
};
struct CreateExtensionOptions {
  Flag if_not_exists = {};
  Characters schema = {};
  Characters version = {};
  Flag cascade = {};
};
struct CreateTypeOptions {
  Characters schema = {};
};
struct CreateRangeTypeOptions {
  Characters schema = {};
  Characters subtype_opclass = {};
  Characters collation = {};
  Characters canonical = {};
  Characters subtype_diff = {};
  Characters multirange_type_name = {};
};

struct CreatePolicyOptions {
  Characters schema = {};
  Characters as_ = {};   ///< "permissive" or "restrictive"
  Characters for_ = {};  ///< "all", "select", "insert", "update" or "delete"
  Names to = {};
  TextClause using_ = {};
  TextClause with_check = {};
};
struct RowSecurityOptions {
  Characters schema = {};
};

struct GrantOptions {
  Characters type_ = {};  ///< of the object: "table" when left alone
  Characters schema = {};
  Names columns = {};
  Characters arguments = {};  ///< of a function: its types
  Flag with_grant_option = {};
  Characters granted_by = {};
};
struct RevokeOptions {
  Characters type_ = {};
  Characters schema = {};
  Names columns = {};
  Characters arguments = {};
  Flag grant_option_for = {};
  Characters granted_by = {};
  Flag cascade = {};
};
struct GrantDefaultOptions {
  Names for_role = {};
  Names in_schema = {};
  Flag with_grant_option = {};
};
struct RevokeDefaultOptions {
  Names for_role = {};
  Names in_schema = {};
  Flag grant_option_for = {};
  Flag cascade = {};
};
struct CommentOnOptions {
  Characters schema = {};
  Characters table_name = {};  ///< of a column, a trigger, a policy or a constraint
  Characters arguments = {};   ///< of a function: its types
  OptionalText existing_comment = {};
};

}  // namespace revise

#pragma GCC visibility pop
