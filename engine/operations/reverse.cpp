#include "engine/operations/reverse.hpp"

namespace revise::operations {

namespace {

using Reversed = std::optional<Operation>;

struct NameOfConstraint {
  const std::string& operator()(const auto& constraint) const {
    return constraint.name;
  }
};

struct TypeOfConstraint {
  const char* operator()(const schema::PrimaryKeyConstraint&) const {
    return "primary";
  }
  const char* operator()(const schema::UniqueConstraint&) const { return "unique"; }
  const char* operator()(const schema::CheckConstraint&) const { return "check"; }
  const char* operator()(const schema::ForeignKeyConstraint&) const {
    return "foreignkey";
  }
};

// What is left alone stays so; what changes needs to be known as it was.
template <typename T>
bool is_known(const std::optional<T>& changed, const std::optional<T>& existing) {
  return !changed.has_value() || existing.has_value();
}

struct Reverse {
  Reversed operator()(const CreateTableOp& op) const {
    return DropTableOp{.table = op.table.name,
                       .schema = op.table.schema,
                       .if_exists = op.if_not_exists};
  }
  Reversed operator()(const RenameTableOp& op) const {
    return RenameTableOp{
        .table = op.new_table, .new_table = op.table, .schema = op.schema};
  }
  Reversed operator()(const AddColumnOp& op) const {
    return DropColumnOp{.table = op.table,
                        .column = op.column.name,
                        .schema = op.schema,
                        .if_exists = op.if_not_exists};
  }
  Reversed operator()(const AlterColumnOp& op) const {
    if (!is_known(op.nullable, op.existing_nullable) ||
        !is_known(op.type, op.existing_type) ||
        !is_known(op.server_default, op.existing_server_default) ||
        !is_known(op.comment, op.existing_comment)) {
      return std::nullopt;
    }
    AlterColumnOp back = op;
    if (op.nullable.has_value()) std::swap(back.nullable, back.existing_nullable);
    if (op.type.has_value()) std::swap(back.type, back.existing_type);
    if (op.server_default.has_value()) {
      std::swap(back.server_default, back.existing_server_default);
    }
    if (op.comment.has_value()) std::swap(back.comment, back.existing_comment);
    if (!op.new_column_name.empty()) std::swap(back.column, back.new_column_name);
    back.postgresql_using.clear();  // it told how to get there, not back
    return back;
  }
  Reversed operator()(const CreateIndexOp& op) const {
    return DropIndexOp{.index = op.index.name,
                       .table = op.table,
                       .schema = op.schema,
                       .if_exists = op.if_not_exists,
                       .postgresql_concurrently = op.index.postgresql_concurrently};
  }
  Reversed operator()(const AddConstraintOp& op) const {
    const std::string& name = std::visit(NameOfConstraint{}, op.constraint);
    if (name.empty()) return std::nullopt;
    return DropConstraintOp{.table = op.table,
                            .constraint = name,
                            .type = std::visit(TypeOfConstraint{}, op.constraint),
                            .schema = op.schema};
  }
  Reversed operator()(const TableCommentOp& op) const {
    return TableCommentOp{.table = op.table,
                          .comment = op.existing_comment,
                          .existing_comment = op.comment,
                          .schema = op.schema};
  }
  Reversed operator()(const DropTableOp&) const { return std::nullopt; }
  Reversed operator()(const DropColumnOp&) const { return std::nullopt; }
  Reversed operator()(const DropIndexOp&) const { return std::nullopt; }
  Reversed operator()(const DropConstraintOp&) const { return std::nullopt; }
  Reversed operator()(const ExecuteOp&) const { return std::nullopt; }
  Reversed operator()(const BulkInsertOp&) const { return std::nullopt; }
};

}  // namespace

std::optional<Operation> reverse(const Operation& operation) {
  return std::visit(Reverse{}, operation);
}

}  // namespace revise::operations
