#include "engine/operations/object_reverse.hpp"

#include <utility>

#include "engine/core/text.hpp"
#include "engine/operations/routine_arguments.hpp"

namespace revise::operations {

namespace {

using Reversed = std::optional<Operation>;

// Else it is a view's query.
bool is_statement(const std::string& definition) {
  return lower(strip(definition)).starts_with("create");
}

Reversed drop(ObjectName object) {
  return ObjectOp{DropObjectOp{.object = std::move(object)}};
}

Reversed restored(const std::string& definition) {
  if (definition.empty()) return std::nullopt;
  return ExecuteOp{.sql = definition};
}

struct Reverse {
  Reversed operator()(const CreateEnumOp& op) const {
    if (op.checkfirst == true) return std::nullopt;
    return ObjectOp{
        DropEnumOp{.name = op.name, .schema = op.schema, .existing_values = op.values}
    };
  }
  Reversed operator()(const DropEnumOp& op) const {
    if (op.checkfirst == true || op.existing_values.empty()) return std::nullopt;
    return ObjectOp{
        CreateEnumOp{
                     .name = op.name, .values = op.existing_values, .schema = op.schema}
    };
  }
  // PostgreSQL takes none away again.
  Reversed operator()(const AddEnumValueOp&) const { return std::nullopt; }
  Reversed operator()(const RenameEnumValueOp& op) const {
    return ObjectOp{
        RenameEnumValueOp{.name = op.name,
                          .old_value = op.new_value,
                          .new_value = op.old_value,
                          .schema = op.schema}
    };
  }
  Reversed operator()(const CreateDomainOp& op) const {
    return drop({ObjectKind::Domain, op.domain.name, op.domain.schema});
  }
  Reversed operator()(const CreateCompositeTypeOp& op) const {
    return drop({ObjectKind::Type, op.name, op.schema});
  }
  Reversed operator()(const CreateRangeTypeOp& op) const {
    return drop({ObjectKind::Type, op.name, op.schema});
  }
  Reversed operator()(const CreateViewOp& op) const {
    if (op.if_not_exists) return std::nullopt;
    if (!op.or_replace) return drop({ObjectKind::View, op.name, op.schema});
    if (op.existing_definition.empty()) return std::nullopt;
    if (is_statement(op.existing_definition)) return restored(op.existing_definition);
    CreateViewOp back = op;
    std::swap(back.definition, back.existing_definition);
    back.may_recreate = true;
    return ObjectOp{std::move(back)};
  }
  Reversed operator()(const CreateMaterializedViewOp& op) const {
    if (op.if_not_exists) return std::nullopt;
    return drop({ObjectKind::MaterializedView, op.name, op.schema});
  }
  Reversed operator()(const RefreshMaterializedViewOp&) const { return std::nullopt; }
  Reversed operator()(const CreateRoutineOp& op) const {
    if (op.or_replace) return restored(op.existing_definition);
    return drop({.kind = op.kind,
                 .name = op.name,
                 .schema = op.schema,
                 .arguments = without_defaults(op.arguments)});
  }
  Reversed operator()(const CreateTriggerOp& op) const {
    if (op.if_not_exists) return std::nullopt;
    if (op.or_replace) return restored(op.existing_definition);
    return drop({ObjectKind::Trigger, op.name, op.schema, op.table});
  }
  Reversed operator()(const CreateSequenceOp& op) const {
    if (op.if_not_exists) return std::nullopt;
    return drop({ObjectKind::Sequence, op.name, op.schema});
  }
  Reversed operator()(const AlterSequenceOp&) const { return std::nullopt; }
  Reversed operator()(const CreateSchemaOp& op) const {
    if (op.if_not_exists) return std::nullopt;
    return drop({ObjectKind::Schema, op.name});
  }
  // With CASCADE there may be others, which nobody has named.
  Reversed operator()(const CreateExtensionOp& op) const {
    if (op.if_not_exists || op.cascade) return std::nullopt;
    return drop({ObjectKind::Extension, op.name});
  }
  Reversed operator()(const DropObjectOp& op) const {
    if (op.if_exists || op.cascade || op.existing_definition.empty()) {
      return std::nullopt;
    }
    const ObjectName& object = op.object;
    const bool is_query = !is_statement(op.existing_definition);
    if (is_query && object.kind == ObjectKind::View) {
      return ObjectOp{
          CreateViewOp{.name = object.name,
                       .definition = op.existing_definition,
                       .schema = object.schema}
      };
    }
    if (is_query && object.kind == ObjectKind::MaterializedView) {
      return ObjectOp{
          CreateMaterializedViewOp{.name = object.name,
                                   .definition = op.existing_definition,
                                   .schema = object.schema}
      };
    }
    return restored(op.existing_definition);
  }
  Reversed operator()(const RenameObjectOp& op) const {
    RenameObjectOp back = op;
    std::swap(back.object.name, back.new_name);
    return ObjectOp{std::move(back)};
  }
  Reversed operator()(const CommentOnOp& op) const {
    CommentOnOp back = op;
    std::swap(back.comment, back.existing_comment);
    return ObjectOp{std::move(back)};
  }
  Reversed operator()(const CreatePolicyOp& op) const {
    return drop({ObjectKind::Policy, op.name, op.schema, op.table});
  }
  Reversed operator()(const RowSecurityOp& op) const {
    RowSecurityOp back = op;
    back.action = opposite(op.action);
    return ObjectOp{std::move(back)};
  }
  // What had the option to grant loses it with the privilege.
  Reversed operator()(const PrivilegesOp& op) const { return privileges(op); }
  Reversed operator()(const DefaultPrivilegesOp& op) const { return privileges(op); }

 private:
  static RowSecurityOp::Action opposite(RowSecurityOp::Action action) {
    switch (action) {
      case RowSecurityOp::Action::Enable:
        return RowSecurityOp::Action::Disable;
      case RowSecurityOp::Action::Disable:
        return RowSecurityOp::Action::Enable;
      case RowSecurityOp::Action::Force:
        return RowSecurityOp::Action::NoForce;
      case RowSecurityOp::Action::NoForce:
        break;
    }
    return RowSecurityOp::Action::Force;
  }
  static Reversed privileges(auto op) {
    if (op.cascade) return std::nullopt;
    if (op.action == PrivilegeAction::Grant) {
      op.action = PrivilegeAction::Revoke;
      op.grant_option = false;
    } else {
      op.action = PrivilegeAction::Grant;
    }
    return ObjectOp{std::move(op)};
  }
};

}  // namespace

std::optional<Operation> reverse_of(const ObjectOp& op) {
  return std::visit(Reverse{}, op.change);
}

}  // namespace revise::operations
