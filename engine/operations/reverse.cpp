#include "engine/operations/reverse.hpp"

#include <map>
#include <utility>

#include "engine/core/text.hpp"
#include "engine/operations/batch.hpp"
#include "engine/operations/object_reverse.hpp"

namespace revise::operations {

namespace {

// What undoes an operation: nothing known, one operation, or several in order.
class Reversed {
 public:
  Reversed(std::nullopt_t) {}
  Reversed(std::vector<Operation> operations) : operations_(std::move(operations)) {}
  template <typename Op>
  requires std::constructible_from<Operation, Op> Reversed(Op op)
      : operations_(std::vector<Operation>{std::move(op)}) {}

  std::optional<std::vector<Operation>> take() { return std::move(operations_); }

 private:
  std::optional<std::vector<Operation>> operations_;
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
  const char* operator()(const schema::ExcludeConstraint&) const { return ""; }
};

// What is left alone stays so; what changes needs to be known as it was.
template <typename T>
bool is_known(const std::optional<T>& changed, const std::optional<T>& existing) {
  return !changed.has_value() || existing.has_value();
}

std::string name_of_constraint(const schema::Constraint& constraint) {
  return std::visit([](const auto& named) { return named.name; }, constraint);
}

// SQLite drops no column that an index is on.
std::vector<Operation> added_column_gone(const AddColumnOp& op) {
  std::vector<Operation> steps;
  if (op.column.index) {
    steps.push_back(DropIndexOp{
        .index = op.column.index_name, .table = op.table, .schema = op.schema});
  }
  steps.push_back(DropColumnOp{.table = op.table,
                               .column = op.column.name,
                               .schema = op.schema,
                               .existing = op.column});
  return steps;
}

// What an identity is silent on stays as it is, so what was changed is named in full,
// as PostgreSQL has it by default.
schema::Identity spelt_out(schema::Identity back, const schema::Identity& changed) {
  if (changed.increment && !back.increment) back.increment = 1;
  if (changed.start && !back.start) back.start = back.minvalue.value_or(1);
  if (changed.minvalue && !back.minvalue) back.nominvalue = true;
  if (changed.maxvalue && !back.maxvalue) back.nomaxvalue = true;
  if (changed.cache && !back.cache) back.cache = 1;
  if (changed.cycle && !back.cycle) back.cycle = false;
  return back;
}

void spell_out_identity(AlterColumnOp& back) {
  const auto identity_in = [](Change<schema::GeneratedDefault>& change) {
    return change && *change ? std::get_if<schema::Identity>(&**change) : nullptr;
  };
  auto* to = identity_in(back.server_default);
  const auto* from = identity_in(back.existing_server_default);
  if (to != nullptr && from != nullptr) *to = spelt_out(*to, *from);
}

// How the table was before is then in none of its changes.
bool does_more_than_its_changes(const BatchAlterTableOp& op) {
  return op.copy_from.has_value() || !op.partial_reordering.empty() ||
         !op.table_args.constraints.empty() || !op.table_args.indexes.empty() ||
         op.table_kwargs != schema::TableOptions{} || !op.reflect_args.empty() ||
         !op.naming_convention.empty();
}

// In a batch a column's old name stands for its new one, which its way back starts
// from.
std::vector<BatchChange> with_names_of_their_time(std::vector<BatchChange> changes) {
  std::map<std::string, std::string> renamed;
  const auto follow = [&renamed](std::string& column) {
    for (auto now = renamed.find(column); now != renamed.end();
         now = renamed.find(column)) {
      column = now->second;
    }
  };
  for (BatchChange& change : changes) {
    if (auto* drop = std::get_if<DropColumnOp>(&change.operation)) {
      follow(drop->column);
      if (drop->existing) drop->existing->name = drop->column;
    } else if (auto* add = std::get_if<AddColumnOp>(&change.operation)) {
      renamed.erase(add->column.name);
    } else if (auto* alter = std::get_if<AlterColumnOp>(&change.operation)) {
      follow(alter->column);
      const bool keeps_name =
          alter->new_column_name.empty() || alter->new_column_name == alter->column;
      if (keeps_name) continue;
      renamed.erase(alter->new_column_name);
      renamed[alter->column] = alter->new_column_name;
    }
  }
  return changes;
}

bool moves_a_column(const BatchChange& change) {
  return std::holds_alternative<AlterColumnOp>(change.operation) &&
         !(change.insert_before.empty() && change.insert_after.empty());
}

struct Reverse {
  Reversed operator()(const CreateTableOp& op) const {
    if (op.if_not_exists) return std::nullopt;
    return DropTableOp{
        .table = op.table.name, .schema = op.table.schema, .existing = op.table};
  }
  Reversed operator()(const DropTableOp& op) const {
    if (op.if_exists || !op.existing) return std::nullopt;
    return CreateTableOp{.table = *op.existing};
  }
  Reversed operator()(const RenameTableOp& op) const {
    return RenameTableOp{
        .table = op.new_table, .new_table = op.table, .schema = op.schema};
  }
  Reversed operator()(const AddColumnOp& op) const {
    if (op.if_not_exists) return std::nullopt;
    return added_column_gone(op);
  }
  Reversed operator()(const DropColumnOp& op) const {
    if (op.if_exists || !op.existing) return std::nullopt;
    return AddColumnOp{.table = op.table, .column = *op.existing, .schema = op.schema};
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
    if (op.type.has_value()) {
      std::swap(back.type, back.existing_type);
      std::swap(back.type_check_name, back.existing_type_check_name);
    }
    if (op.server_default.has_value()) {
      std::swap(back.server_default, back.existing_server_default);
      spell_out_identity(back);
    }
    if (op.comment.has_value()) std::swap(back.comment, back.existing_comment);
    if (!op.new_column_name.empty()) std::swap(back.column, back.new_column_name);
    // It told how to get there; what has no implicit cast one way has none back.
    back.postgresql_cast = !back.postgresql_using.empty();
    back.postgresql_using.clear();
    return back;
  }
  Reversed operator()(const CreateIndexOp& op) const {
    if (op.if_not_exists) return std::nullopt;
    return DropIndexOp{.index = op.index.name,
                       .table = op.table,
                       .schema = op.schema,
                       .postgresql_concurrently = op.index.postgresql_concurrently,
                       .existing = op.index};
  }
  Reversed operator()(const DropIndexOp& op) const {
    if (op.if_exists || !op.existing) return std::nullopt;
    return CreateIndexOp{.table = op.table, .index = *op.existing, .schema = op.schema};
  }
  Reversed operator()(const AddConstraintOp& op) const {
    const std::string name = name_of_constraint(op.constraint);
    if (name.empty()) return std::nullopt;
    return DropConstraintOp{.table = op.table,
                            .constraint = name,
                            .type = type_of_constraint(op.constraint),
                            .schema = op.schema,
                            .existing = op.constraint};
  }
  Reversed operator()(const DropConstraintOp& op) const {
    if (op.if_exists || !op.existing) return std::nullopt;
    return AddConstraintOp{
        .table = op.table, .constraint = *op.existing, .schema = op.schema};
  }
  Reversed operator()(const TableCommentOp& op) const {
    return TableCommentOp{.table = op.table,
                          .comment = op.existing_comment,
                          .existing_comment = op.comment,
                          .schema = op.schema};
  }
  // No database has the opposite; the constraint goes on to hold for new rows.
  Reversed operator()(const ValidateConstraintOp&) const { return std::nullopt; }
  Reversed operator()(const ExecuteOp&) const { return std::nullopt; }
  Reversed operator()(const BulkInsertOp&) const { return std::nullopt; }
  Reversed operator()(const ObjectOp& op) const {
    auto back = reverse_of(op);
    if (!back) return std::nullopt;
    return std::vector<Operation>{*std::move(back)};
  }

  // The changes undone from the last to the first, where each can be.
  Reversed operator()(const BatchAlterTableOp& op) const {
    if (does_more_than_its_changes(op)) return std::nullopt;
    BatchAlterTableOp back = op;
    back.changes.clear();
    const auto changes = with_names_of_their_time(op.changes);
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
      if (moves_a_column(*change)) return std::nullopt;
      const auto undone = std::visit(*this, change->operation).take();
      if (!undone.has_value()) return std::nullopt;
      for (const Operation& one : *undone) {
        back.changes.push_back({.operation = batch_operation_of(one)});
      }
    }
    return back;
  }
};

// An operation on what is no table says all itself.
struct Kind {
  std::string operator()(const ObjectOp& op) const { return name_of(op); }
  std::string operator()(const auto& op) const { return op.kName; }
};

struct Subject {
  std::string operator()(const CreateTableOp& op) const { return op.table.name; }
  std::string operator()(const CreateIndexOp& op) const { return op.index.name; }
  std::string operator()(const DropIndexOp& op) const { return op.index; }
  std::string operator()(const DropConstraintOp& op) const { return op.constraint; }
  std::string operator()(const ValidateConstraintOp& op) const { return op.constraint; }
  std::string operator()(const AddConstraintOp& op) const {
    return name_of_constraint(op.constraint);
  }
  std::string operator()(const DropColumnOp& op) const { return op.column; }
  std::string operator()(const AlterColumnOp& op) const { return op.column; }
  std::string operator()(const AddColumnOp& op) const { return op.column.name; }
  std::string operator()(const DropTableOp& op) const { return op.table; }
  std::string operator()(const RenameTableOp& op) const { return op.table; }
  std::string operator()(const TableCommentOp& op) const { return op.table; }
  std::string operator()(const BulkInsertOp& op) const { return op.table; }
  std::string operator()(const ExecuteOp&) const { return {}; }
  std::string operator()(const BatchAlterTableOp& op) const { return op.table; }
  std::string operator()(const ObjectOp&) const { return {}; }
};

}  // namespace

std::optional<std::vector<Operation>> reverse(const Operation& operation) {
  return std::visit(Reverse{}, operation).take();
}

const char* type_of_constraint(const schema::Constraint& constraint) {
  return std::visit(TypeOfConstraint{}, constraint);
}

std::string name_of(const Operation& operation) {
  const std::string kind = std::visit(Kind{}, operation);
  const std::string subject = std::visit(Subject{}, operation);
  return subject.empty() ? kind : kind + " " + quoted(subject);
}

}  // namespace revise::operations
