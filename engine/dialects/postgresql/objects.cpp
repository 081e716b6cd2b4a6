#include "engine/dialects/postgresql/objects.hpp"

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/identifier.hpp"
#include "engine/dialects/postgresql/named_types.hpp"
#include "engine/dialects/postgresql/privileges.hpp"
#include "engine/dialects/postgresql/programs.hpp"
#include "engine/dialects/postgresql/types.hpp"

namespace revise::postgresql {

namespace {

using dialects::Dialect;
using dialects::single_quoted;
using operations::ObjectKind;
using operations::SequenceOptions;
using Texts = std::vector<std::string>;

// Several may come to this at once: IF NOT EXISTS looks before it waits for the other,
// and then fails on what that one made.
std::string guarded(const std::string& create, const char* conditions,
                    const std::string& exists) {
  return do_block("BEGIN\n    " + create + ";\nEXCEPTION WHEN " + conditions +
                  " THEN\n    IF NOT EXISTS (SELECT FROM " + exists +
                  ") THEN RAISE; END IF;\nEND");
}

std::string schema_text(const Dialect& dialect, const operations::CreateSchemaOp& op) {
  std::string text = std::string("CREATE SCHEMA ") +
                     (op.if_not_exists ? "IF NOT EXISTS " : "") +
                     dialect.quote(op.name);
  if (!op.authorization.empty()) {
    text += " AUTHORIZATION " + role_list(dialect, {op.authorization});
  }
  if (!op.if_not_exists) return text;
  return guarded(text, "unique_violation OR duplicate_schema",
                 "pg_catalog.pg_namespace WHERE nspname = " + single_quoted(op.name));
}

std::string extension_text(const Dialect& dialect,
                           const operations::CreateExtensionOp& op) {
  std::string text = std::string("CREATE EXTENSION ") +
                     (op.if_not_exists ? "IF NOT EXISTS " : "") +
                     dialect.quote(op.name);
  if (!op.schema.empty()) text += " SCHEMA " + dialect.quote(op.schema);
  if (!op.version.empty()) text += " VERSION " + single_quoted(op.version);
  if (op.cascade) text += " CASCADE";
  if (!op.if_not_exists) return text;
  return guarded(text, "unique_violation OR duplicate_object",
                 "pg_catalog.pg_extension WHERE extname = " + single_quoted(op.name));
}

// "table.column" in the sequence's schema, or "schema.table.column".
std::string owner_text(const Dialect& dialect, const std::string& owner,
                       const std::string& schema) {
  if (lower(owner) == "none") return "NONE";
  auto names = split(owner, '.');
  if (names.size() == 2 && !schema.empty()) names.insert(names.begin(), schema);
  if (names.size() < 2 || names.size() > 3) {
    throw UnitError("'owned_by' is 'table.column' or 'none', not " + quoted(owner));
  }
  for (auto& name : names) name = dialect.quote(name);
  return join(names, ".");
}

std::string sequence_options(const Dialect& dialect, const SequenceOptions& options,
                             const std::string& schema) {
  std::string text;
  const auto number = [&text](const char* words, std::optional<std::int64_t> value) {
    if (value.has_value()) text += words + std::to_string(*value);
  };
  if (options.data_type.has_value()) {
    text += " AS " + type_name(dialect, *options.data_type);
  }
  number(" INCREMENT BY ", options.increment);
  number(" START WITH ", options.start);
  number(" RESTART WITH ", options.restart);
  number(" MINVALUE ", options.minvalue);
  number(" MAXVALUE ", options.maxvalue);
  if (options.nominvalue) text += " NO MINVALUE";
  if (options.nomaxvalue) text += " NO MAXVALUE";
  number(" CACHE ", options.cache);
  if (options.cycle.has_value()) text += *options.cycle ? " CYCLE" : " NO CYCLE";
  if (!options.owned_by.empty()) {
    text += " OWNED BY " + owner_text(dialect, options.owned_by, schema);
  }
  return text;
}

std::string range_text(const Dialect& dialect,
                       const operations::CreateRangeTypeOp& op) {
  Texts options = {"SUBTYPE = " + type_name(dialect, op.subtype)};
  const auto add = [&options](const char* word, const std::string& value) {
    if (!value.empty()) options.push_back(word + (" = " + value));
  };
  const auto named = [&dialect](const std::string& name) {
    return name.empty() ? name : dialect.quote(name);
  };
  add("SUBTYPE_OPCLASS", op.subtype_opclass);
  add("COLLATION", named(op.collation));
  add("CANONICAL", op.canonical);
  add("SUBTYPE_DIFF", op.subtype_diff);
  add("MULTIRANGE_TYPE_NAME", named(op.multirange_type_name));
  return "CREATE TYPE " + dialect.qualified(op.schema, op.name) + " AS RANGE (" +
         join(options, ", ") + ")";
}

struct Render {
  const Dialect& dialect;

  Texts operator()(const operations::CreateEnumOp& op) const {
    return {(op.checkfirst == false ? create_enum_text : ensure_enum_text)(
        dialect, op.schema, op.name, op.values)};
  }
  Texts operator()(const operations::DropEnumOp& op) const {
    return {std::string("DROP TYPE ") + (op.checkfirst == false ? "" : "IF EXISTS ") +
            type(op)};
  }
  Texts operator()(const operations::AddEnumValueOp& op) const {
    std::string text =
        "ALTER TYPE " + type(op) + " ADD VALUE IF NOT EXISTS " + enum_value(op.value);
    if (!op.before.empty()) text += " BEFORE " + enum_value(op.before);
    if (!op.after.empty()) text += " AFTER " + enum_value(op.after);
    return {text};
  }
  Texts operator()(const operations::RenameEnumValueOp& op) const {
    return {"ALTER TYPE " + type(op) + " RENAME VALUE " + enum_value(op.old_value) +
            " TO " + enum_value(op.new_value)};
  }
  Texts operator()(const operations::CreateDomainOp& op) const {
    return {create_domain_text(dialect, op.domain)};
  }
  Texts operator()(const operations::CreateCompositeTypeOp& op) const {
    Texts attributes;
    for (const auto& attribute : op.attributes) {
      attributes.push_back(dialect.quote(attribute.name) + " " +
                           type_name(dialect, attribute.type));
    }
    return {"CREATE TYPE " + type(op) + " AS (" + join(attributes, ", ") + ")"};
  }
  Texts operator()(const operations::CreateRangeTypeOp& op) const {
    return {range_text(dialect, op)};
  }
  Texts operator()(const operations::CreateViewOp& op) const {
    return {view_text(dialect, op)};
  }
  Texts operator()(const operations::CreateMaterializedViewOp& op) const {
    return {materialized_view_text(dialect, op)};
  }
  Texts operator()(const operations::RefreshMaterializedViewOp& op) const {
    return {refresh_text(dialect, op)};
  }
  Texts operator()(const operations::CreateRoutineOp& op) const {
    return {routine_text(dialect, op)};
  }
  Texts operator()(const operations::CreateTriggerOp& op) const {
    return {trigger_text(dialect, op)};
  }
  Texts operator()(const operations::CreateSequenceOp& op) const {
    return {std::string("CREATE ") + (op.temporary ? "TEMPORARY " : "") + "SEQUENCE " +
            (op.if_not_exists ? "IF NOT EXISTS " : "") + type(op) +
            sequence_options(dialect, op.options, op.schema)};
  }
  Texts operator()(const operations::AlterSequenceOp& op) const {
    const auto options = sequence_options(dialect, op.options, op.schema);
    if (options.empty()) return {};
    return {std::string("ALTER SEQUENCE ") + (op.if_exists ? "IF EXISTS " : "") +
            type(op) + options};
  }
  Texts operator()(const operations::CreateSchemaOp& op) const {
    return {schema_text(dialect, op)};
  }
  Texts operator()(const operations::CreateExtensionOp& op) const {
    return {extension_text(dialect, op)};
  }
  Texts operator()(const operations::DropObjectOp& op) const {
    return {std::string("DROP ") + word_of(op.object.kind) + " " +
            (op.if_exists ? "IF EXISTS " : "") + object_text(dialect, op.object) +
            (op.cascade ? " CASCADE" : "")};
  }
  Texts operator()(const operations::RenameObjectOp& op) const {
    return {std::string("ALTER ") + word_of(op.object.kind) + " " +
            object_text(dialect, op.object) + " RENAME TO " +
            dialect.quote(op.new_name)};
  }
  Texts operator()(const operations::CommentOnOp& op) const {
    return {std::string("COMMENT ON ") + word_of(op.object.kind) + " " +
            object_text(dialect, op.object) + " IS " +
            (op.comment.has_value() ? single_quoted(*op.comment) : "NULL")};
  }
  Texts operator()(const operations::CreatePolicyOp& op) const {
    return {policy_text(dialect, op)};
  }
  Texts operator()(const operations::RowSecurityOp& op) const {
    return {row_security_text(dialect, op)};
  }
  Texts operator()(const operations::PrivilegesOp& op) const {
    return {privileges_text(dialect, op)};
  }
  Texts operator()(const operations::DefaultPrivilegesOp& op) const {
    return {default_privileges_text(dialect, op)};
  }

 private:
  std::string type(const auto& op) const {
    return dialect.qualified(op.schema, op.name);
  }
};

}  // namespace

std::vector<std::string> object_texts(const Dialect& dialect,
                                      const operations::ObjectChange& change) {
  return std::visit(Render{dialect}, change);
}

std::string object_text(const Dialect& dialect, const operations::ObjectName& object) {
  switch (object.kind) {
    case ObjectKind::Constraint:
    case ObjectKind::Policy:
    case ObjectKind::Trigger:
      return dialect.quote(object.name) + " ON " +
             dialect.qualified(object.schema, object.table);
    case ObjectKind::Column:
      return dialect.qualified(object.schema, object.table) + "." +
             dialect.quote(object.name);
    case ObjectKind::Function:
    case ObjectKind::Procedure:
    case ObjectKind::Routine:
      return dialect.qualified(object.schema, object.name) +
             (object.arguments.has_value() ? "(" + *object.arguments + ")" : "");
    case ObjectKind::Database:
    case ObjectKind::Domain:
    case ObjectKind::Extension:
    case ObjectKind::Index:
    case ObjectKind::Language:
    case ObjectKind::MaterializedView:
    case ObjectKind::Role:
    case ObjectKind::Schema:
    case ObjectKind::Sequence:
    case ObjectKind::Table:
    case ObjectKind::Type:
    case ObjectKind::View:
      break;
  }
  return dialect.qualified(object.schema, object.name);
}

std::string role_list(const Dialect& dialect, const std::vector<std::string>& roles) {
  constexpr std::string_view kWords[] = {"public", "current_role", "current_user",
                                         "session_user"};
  Texts names;
  for (const auto& role : roles) {
    const bool is_word = std::find(std::begin(kWords), std::end(kWords), lower(role)) !=
                         std::end(kWords);
    names.push_back(is_word ? upper(role) : dialect.quote(role));
  }
  return join(names, ", ");
}

std::string assignment_list(const schema::NamedValues& values) {
  Texts texts;
  for (const auto& [name, value] : values) texts.push_back(name + " = " + value);
  return join(texts, ", ");
}

std::string with_list(const schema::NamedValues& values) {
  return values.empty() ? std::string() : " WITH (" + assignment_list(values) + ")";
}

}  // namespace revise::postgresql
