/// The closed set of operations on what is no table, as plain values.
///
/// Texts that are SQL are kept as they were given.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/schema/table.hpp"

namespace revise::operations {

enum class ObjectKind {
  Column,
  Constraint,
  Database,
  Domain,
  Extension,
  Function,
  Index,
  Language,
  MaterializedView,
  Policy,
  Procedure,
  Role,
  Routine,
  Schema,
  Sequence,
  Table,
  Trigger,
  Type,
  View,
};

/// What one object is called.
struct ObjectName {
  ObjectKind kind;
  std::string name;
  std::string schema = {};
  std::string table = {};                     ///< of a trigger, policy or constraint
  std::optional<std::string> arguments = {};  ///< of a routine: its types
};

struct CreateEnumOp {
  static constexpr const char* kName = "create_enum";
  std::string name;
  std::vector<std::string> values = {};
  std::string schema = {};
  std::optional<bool> checkfirst = {};
};
struct DropEnumOp {
  static constexpr const char* kName = "drop_enum";
  std::string name;
  std::string schema = {};
  std::optional<bool> checkfirst = {};
  std::vector<std::string> existing_values = {};
};
struct AddEnumValueOp {
  static constexpr const char* kName = "add_enum_value";
  std::string name;
  std::string value;
  std::string schema = {};
  std::string before = {};
  std::string after = {};
  bool after_changes = false;
};
struct RenameEnumValueOp {
  static constexpr const char* kName = "rename_enum_value";
  std::string name;
  std::string old_value;
  std::string new_value;
  std::string schema = {};
};
struct CreateDomainOp {
  static constexpr const char* kName = "create_domain";
  schema::DomainType domain;
};
struct CreateCompositeTypeOp {
  static constexpr const char* kName = "create_type";
  std::string name;
  std::vector<schema::Column> attributes = {};
  std::string schema = {};
};
struct CreateRangeTypeOp {
  static constexpr const char* kName = "create_range_type";
  std::string name;
  schema::Type subtype;
  std::string schema = {};
  std::string subtype_opclass = {};
  std::string collation = {};
  std::string canonical = {};
  std::string subtype_diff = {};
  std::string multirange_type_name = {};
};

struct CreateViewOp {
  static constexpr const char* kName = "create_view";
  std::string name;
  std::string definition;
  std::string schema = {};
  bool or_replace = false;
  bool temporary = false;
  bool recursive = false;
  bool if_not_exists = false;
  std::vector<std::string> columns = {};
  schema::NamedValues with = {};
  std::string check_option = {};
  std::string existing_definition = {};
  bool may_recreate = false;  ///< where a replacement would have fewer columns
};
struct CreateMaterializedViewOp {
  static constexpr const char* kName = "create_materialized_view";
  std::string name;
  std::string definition;
  std::string schema = {};
  bool if_not_exists = false;
  std::vector<std::string> columns = {};
  std::string using_method = {};
  schema::NamedValues with = {};
  std::string tablespace = {};
  std::optional<bool> with_data = {};
};
struct RefreshMaterializedViewOp {
  static constexpr const char* kName = "refresh_materialized_view";
  std::string name;
  std::string schema = {};
  bool concurrently = false;
  std::optional<bool> with_data = {};
};
struct CreateRoutineOp {
  static constexpr const char* kName = "create_function";
  ObjectKind kind;  ///< Function or Procedure
  std::string name;
  std::string body;
  std::string schema = {};
  bool or_replace = false;
  std::string arguments = {};
  std::string returns = {};
  std::string language = {};
  bool window = false;
  std::string volatility = {};
  bool leakproof = false;
  bool strict = false;
  std::string security = {};
  std::string parallel = {};
  std::optional<std::int64_t> cost = {};
  std::optional<std::int64_t> rows = {};
  std::string support = {};
  schema::NamedValues settings = {};
  std::string existing_definition = {};
};
struct CreateTriggerOp {
  static constexpr const char* kName = "create_trigger";
  std::string name;
  std::string table;
  std::string schema = {};
  bool or_replace = false;
  bool temporary = false;
  bool if_not_exists = false;
  bool constraint = false;
  std::string timing = {};
  std::string events = {};
  std::string from_table = {};
  schema::Deferral deferral = {};
  std::string referencing = {};
  std::string for_each = {};
  std::string when = {};
  std::string function = {};
  std::string body = {};
  std::string existing_definition = {};
};

struct SequenceOptions {
  std::optional<schema::Type> data_type = {};
  std::optional<std::int64_t> start = {};
  std::optional<std::int64_t> restart = {};
  std::optional<std::int64_t> increment = {};
  std::optional<std::int64_t> minvalue = {};
  std::optional<std::int64_t> maxvalue = {};
  bool nominvalue = false;
  bool nomaxvalue = false;
  std::optional<bool> cycle = {};
  std::optional<std::int64_t> cache = {};
  std::string owned_by = {};
};
struct CreateSequenceOp {
  static constexpr const char* kName = "create_sequence";
  std::string name;
  SequenceOptions options;
  std::string schema = {};
  bool temporary = false;
  bool if_not_exists = false;
};
struct AlterSequenceOp {
  static constexpr const char* kName = "alter_sequence";
  std::string name;
  SequenceOptions options;
  std::string schema = {};
  bool if_exists = false;
};
struct CreateSchemaOp {
  static constexpr const char* kName = "create_schema";
  std::string name;
  bool if_not_exists = false;
  std::string authorization = {};
};
struct CreateExtensionOp {
  static constexpr const char* kName = "create_extension";
  std::string name;
  bool if_not_exists = false;
  std::string schema = {};
  std::string version = {};
  bool cascade = false;
};

struct DropObjectOp {
  static constexpr const char* kName = "drop";
  ObjectName object;
  bool if_exists = false;
  bool cascade = false;
  std::string existing_definition = {};
};
struct RenameObjectOp {
  static constexpr const char* kName = "rename";
  ObjectName object;
  std::string new_name;
};
struct CommentOnOp {
  static constexpr const char* kName = "comment_on";
  ObjectName object;
  std::optional<std::string> comment = {};
  std::optional<std::string> existing_comment = {};
};

struct CreatePolicyOp {
  static constexpr const char* kName = "create_policy";
  std::string name;
  std::string table;
  std::string schema = {};
  std::string as = {};
  std::string command = {};
  std::vector<std::string> roles = {};
  std::string using_condition = {};
  std::string with_check = {};
};
struct RowSecurityOp {
  static constexpr const char* kName = "row_security";
  enum class Action { Enable, Disable, Force, NoForce };
  std::string table;
  Action action;
  std::string schema = {};
};

enum class PrivilegeAction { Grant, Revoke };
struct PrivilegesOp {
  static constexpr const char* kName = "privileges";
  PrivilegeAction action;
  std::vector<std::string> privileges = {};
  ObjectName object;  ///< without a name: all of the kind in the schema
  std::vector<std::string> roles = {};
  std::vector<std::string> columns = {};
  bool grant_option = false;
  std::string granted_by = {};
  bool cascade = false;
};
struct DefaultPrivilegesOp {
  static constexpr const char* kName = "default_privileges";
  PrivilegeAction action;
  std::vector<std::string> privileges = {};
  std::string object_type;
  std::vector<std::string> roles = {};
  std::vector<std::string> for_roles = {};
  std::vector<std::string> in_schemas = {};
  bool grant_option = false;
  bool cascade = false;
};

/// Adding a row here stops the build at every visitor that must learn of it.
using ObjectChange =
    std::variant<CreateEnumOp, DropEnumOp, AddEnumValueOp, RenameEnumValueOp,
                 CreateDomainOp, CreateCompositeTypeOp, CreateRangeTypeOp, CreateViewOp,
                 CreateMaterializedViewOp, RefreshMaterializedViewOp, CreateRoutineOp,
                 CreateTriggerOp, CreateSequenceOp, AlterSequenceOp, CreateSchemaOp,
                 CreateExtensionOp, DropObjectOp, RenameObjectOp, CommentOnOp,
                 CreatePolicyOp, RowSecurityOp, PrivilegesOp, DefaultPrivilegesOp>;

/// One row of the operations, for all of these.
struct ObjectOp {
  ObjectChange change;
};

/// "VIEW", "MATERIALIZED VIEW", ...
const char* word_of(ObjectKind kind);

/// "create_view 'active'" and the like, for messages.
std::string name_of(const ObjectOp& op);

}  // namespace revise::operations
