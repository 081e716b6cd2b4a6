// The part of Operations that is about who may do what: policies, row security and
// privileges; and comments on what is no table.

#include <revise/operations.hpp>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/operations/clauses.hpp"
#include "engine/operations/handles.hpp"
#include "engine/operations/sink.hpp"

namespace revise {

using operations::clause_of;
using operations::names_of;
using operations::ObjectKind;
using operations::ObjectOp;
using operations::PrivilegeAction;
using operations::required_name;
using operations::RowSecurityOp;
using operations::text_of;
using operations::word_among;

namespace {

// They go into the SQL as they stand; columns may be in one of their own.
std::vector<std::string> privileges_of(const Names& given) {
  auto privileges = names_of(given);
  if (privileges.empty()) throw UnitError("no privilege is named");
  for (auto& privilege : privileges) {
    const auto end = privilege.find('(');
    const std::string words = lower(privilege.substr(0, end));
    if (words.empty() ||
        words.find_first_not_of("abcdefghijklmnopqrstuvwxyz ") != std::string::npos) {
      throw UnitError("there is no privilege " + quoted(privilege));
    }
    privilege = upper(words) +
                (end == std::string::npos ? std::string() : privilege.substr(end));
  }
  return privileges;
}

std::vector<std::string> roles_of(const Names& given) {
  auto roles = names_of(given);
  if (roles.empty()) throw UnitError("no role is named");
  return roles;
}

template <typename Options>
operations::PrivilegesOp privileges_op(PrivilegeAction action, const Names& privileges,
                                       OptionalText object_name, const Names& roles,
                                       const Options& options) {
  operations::PrivilegesOp op{
      .action = action,
      .privileges = privileges_of(privileges),
      .object = {.kind = options.type_.is_set()
                             ? operations::object_kind_of(options.type_)
                             : ObjectKind::Table,
                 .name = text_of(object_name.text()),
                 .schema = text_of(options.schema)},
      .roles = roles_of(roles),
      .columns = names_of(options.columns),
      .granted_by = text_of(options.granted_by)
  };
  op.object.arguments = operations::optional_text_of(options.arguments);
  if (op.object.name.empty() && (!object_name.is_none() || op.object.schema.empty())) {
    throw UnitError(
        "an object needs a name; `none` stands for all of its kind, and needs "
        "'schema'");
  }
  return op;
}

operations::DefaultPrivilegesOp default_op(PrivilegeAction action,
                                           const Names& privileges,
                                           Characters object_type, const Names& roles) {
  return {.action = action,
          .privileges = privileges_of(privileges),
          .object_type = word_among(
              object_type,
              {"tables", "sequences", "functions", "routines", "types", "schemas"},
              "object_type"),
          .roles = roles_of(roles)};
}

RowSecurityOp row_security(Characters table_name, RowSecurityOp::Action action,
                           const RowSecurityOptions& options) {
  return {.table = operations::table_name_of(table_name),
          .action = action,
          .schema = text_of(options.schema)};
}

}  // namespace

void Operations::create_policy(Characters name, Characters table_name,
                               const CreatePolicyOptions& options) {
  sink_.apply(ObjectOp{
      operations::CreatePolicyOp{
                                 .name = required_name(name, "a policy"),
                                 .table = operations::table_name_of(table_name),
                                 .schema = text_of(options.schema),
                                 .as = word_among(options.as_, {"permissive", "restrictive"}, "as_"),
                                 .command = word_among(
              options.for_, {"all", "select", "insert", "update", "delete"}, "for_"),
                                 .roles = names_of(options.to),
                                 .using_condition = clause_of(options.using_.sql()),
                                 .with_check = clause_of(options.with_check.sql())}
  });
}

void Operations::enable_row_security(Characters table_name,
                                     const RowSecurityOptions& options) {
  sink_.apply(
      ObjectOp{row_security(table_name, RowSecurityOp::Action::Enable, options)});
}
void Operations::disable_row_security(Characters table_name,
                                      const RowSecurityOptions& options) {
  sink_.apply(
      ObjectOp{row_security(table_name, RowSecurityOp::Action::Disable, options)});
}
void Operations::force_row_security(Characters table_name,
                                    const RowSecurityOptions& options) {
  sink_.apply(
      ObjectOp{row_security(table_name, RowSecurityOp::Action::Force, options)});
}
void Operations::no_force_row_security(Characters table_name,
                                       const RowSecurityOptions& options) {
  sink_.apply(
      ObjectOp{row_security(table_name, RowSecurityOp::Action::NoForce, options)});
}

void Operations::grant(const Names& privileges, OptionalText object_name,
                       const Names& roles, const GrantOptions& options) {
  auto op =
      privileges_op(PrivilegeAction::Grant, privileges, object_name, roles, options);
  op.grant_option = options.with_grant_option.is_true();
  sink_.apply(ObjectOp{std::move(op)});
}

void Operations::revoke(const Names& privileges, OptionalText object_name,
                        const Names& roles, const RevokeOptions& options) {
  auto op =
      privileges_op(PrivilegeAction::Revoke, privileges, object_name, roles, options);
  op.grant_option = options.grant_option_for.is_true();
  op.cascade = options.cascade.is_true();
  sink_.apply(ObjectOp{std::move(op)});
}

void Operations::grant_default(const Names& privileges, Characters object_type,
                               const Names& roles, const GrantDefaultOptions& options) {
  auto op = default_op(PrivilegeAction::Grant, privileges, object_type, roles);
  op.for_roles = names_of(options.for_role);
  op.in_schemas = names_of(options.in_schema);
  op.grant_option = options.with_grant_option.is_true();
  sink_.apply(ObjectOp{std::move(op)});
}

void Operations::revoke_default(const Names& privileges, Characters object_type,
                                const Names& roles,
                                const RevokeDefaultOptions& options) {
  auto op = default_op(PrivilegeAction::Revoke, privileges, object_type, roles);
  op.for_roles = names_of(options.for_role);
  op.in_schemas = names_of(options.in_schema);
  op.grant_option = options.grant_option_for.is_true();
  op.cascade = options.cascade.is_true();
  sink_.apply(ObjectOp{std::move(op)});
}

void Operations::comment_on(Characters object_type, Characters name,
                            OptionalText comment, const CommentOnOptions& options) {
  operations::CommentOnOp op{
      .object = operations::object_of(operations::object_kind_of(object_type), name,
                                      options.schema),
      .comment = operations::optional_text_of(comment.text()),
      .existing_comment =
          operations::optional_text_of(options.existing_comment.text())};
  op.object.table = text_of(options.table_name);
  op.object.arguments = operations::optional_text_of(options.arguments);
  sink_.apply(ObjectOp{std::move(op)});
}

}  // namespace revise
