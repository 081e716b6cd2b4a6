#include "engine/dialects/postgresql/privileges.hpp"

#include <algorithm>
#include <iterator>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/postgresql/objects.hpp"
#include "engine/dialects/standard_sql.hpp"

namespace revise::postgresql {

namespace {

using dialects::Dialect;
using operations::ObjectKind;
using operations::PrivilegeAction;

// A view counts as a table here.
const char* granted_word(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::Table:
    case ObjectKind::View:
    case ObjectKind::MaterializedView:
      return "TABLE";
    case ObjectKind::Database:
    case ObjectKind::Domain:
    case ObjectKind::Function:
    case ObjectKind::Language:
    case ObjectKind::Procedure:
    case ObjectKind::Routine:
    case ObjectKind::Schema:
    case ObjectKind::Sequence:
    case ObjectKind::Type:
      return word_of(kind);
    case ObjectKind::Column:
    case ObjectKind::Constraint:
    case ObjectKind::Extension:
    case ObjectKind::Index:
    case ObjectKind::Policy:
    case ObjectKind::Role:
    case ObjectKind::Trigger:
      break;
  }
  throw UnitError("there are no privileges on a " + lower(word_of(kind)) +
                  "; those on columns are a table's, with 'columns'");
}

std::string privilege_list(const Dialect& dialect, const operations::PrivilegesOp& op) {
  if (op.columns.empty()) return join(op.privileges, ", ");
  const std::string columns = " (" + dialects::name_list(dialect, op.columns) + ")";
  return join(op.privileges, columns + ", ") + columns;
}

// https://www.postgresql.org/docs/15/sql-grant.html
bool has_all_in_schema(ObjectKind kind) {
  constexpr ObjectKind kAll[] = {
      ObjectKind::Table,    ObjectKind::View,     ObjectKind::MaterializedView,
      ObjectKind::Sequence, ObjectKind::Function, ObjectKind::Procedure,
      ObjectKind::Routine};
  return std::ranges::find(kAll, kind) != std::end(kAll);
}

std::string target(const Dialect& dialect, const operations::ObjectName& object) {
  const std::string word = granted_word(object.kind);
  if (!object.name.empty()) return word + " " + object_text(dialect, object);
  if (!has_all_in_schema(object.kind)) {
    throw UnitError(
        "privileges on all of a schema's are to be had on tables, sequences, "
        "functions, procedures and routines; name the " +
        lower(word));
  }
  return "ALL " + word + "S IN SCHEMA " + dialect.quote(object.schema);
}

struct Words {
  const char* verb;
  const char* preposition;
  const char* option_before;
  const char* option_after;
};

// `op` is a PrivilegesOp or a DefaultPrivilegesOp.
template <typename Op>
Words words_of(const Op& op) {
  if (op.action == PrivilegeAction::Grant) {
    return {"GRANT ", " TO ", "", op.grant_option ? " WITH GRANT OPTION" : ""};
  }
  return {"REVOKE ", " FROM ", op.grant_option ? "GRANT OPTION FOR " : "", ""};
}

}  // namespace

std::string policy_text(const Dialect& dialect, const operations::CreatePolicyOp& op) {
  std::string text = "CREATE POLICY " + dialect.quote(op.name) + " ON " +
                     dialect.qualified(op.schema, op.table);
  if (!op.as.empty()) text += " AS " + op.as;
  if (!op.command.empty()) text += " FOR " + op.command;
  if (!op.roles.empty()) text += " TO " + role_list(dialect, op.roles);
  if (!op.using_condition.empty()) text += " USING (" + op.using_condition + ")";
  if (!op.with_check.empty()) text += " WITH CHECK (" + op.with_check + ")";
  return text;
}

std::string row_security_text(const Dialect& dialect,
                              const operations::RowSecurityOp& op) {
  const auto words = [&op] {
    switch (op.action) {
      case operations::RowSecurityOp::Action::Enable:
        return "ENABLE";
      case operations::RowSecurityOp::Action::Disable:
        return "DISABLE";
      case operations::RowSecurityOp::Action::Force:
        return "FORCE";
      case operations::RowSecurityOp::Action::NoForce:
        break;
    }
    return "NO FORCE";
  };
  return "ALTER TABLE " + dialect.qualified(op.schema, op.table) + " " + words() +
         " ROW LEVEL SECURITY";
}

std::string privileges_text(const Dialect& dialect,
                            const operations::PrivilegesOp& op) {
  const Words words = words_of(op);
  std::string text = std::string(words.verb) + words.option_before +
                     privilege_list(dialect, op) + " ON " + target(dialect, op.object) +
                     words.preposition + role_list(dialect, op.roles) +
                     words.option_after;
  if (!op.granted_by.empty()) {
    text += " GRANTED BY " + role_list(dialect, {op.granted_by});
  }
  return text + (op.cascade ? " CASCADE" : "");
}

std::string default_privileges_text(const Dialect& dialect,
                                    const operations::DefaultPrivilegesOp& op) {
  const Words words = words_of(op);
  std::string text = "ALTER DEFAULT PRIVILEGES";
  if (!op.for_roles.empty()) text += " FOR ROLE " + role_list(dialect, op.for_roles);
  if (!op.in_schemas.empty()) {
    text += " IN SCHEMA " + dialects::name_list(dialect, op.in_schemas);
  }
  return text + " " + words.verb + words.option_before + join(op.privileges, ", ") +
         " ON " + op.object_type + words.preposition + role_list(dialect, op.roles) +
         words.option_after + (op.cascade ? " CASCADE" : "");
}

}  // namespace revise::postgresql
