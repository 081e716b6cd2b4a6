#include "engine/dialects/sqlite/copied_table.hpp"

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise::sqlite {

namespace {

void check_columns(const CreateTable& stored, const CreateTable& copy) {
  for (const Piece& piece : stored.pieces) {
    if (piece.column() == nullptr) continue;
    const std::string& name = piece.column()->name;
    if (find_column(copy, name) != nullptr) continue;
    throw UnitError("'copy_from' lacks column " + quoted(name) + " of table " +
                    quoted(stored.name) +
                    ", whose values would be lost; add it, and drop_column() it if it "
                    "is to go");
  }
  for (const Piece& piece : copy.pieces) {
    if (piece.column() == nullptr) continue;
    const std::string& name = piece.column()->name;
    if (find_column(stored, name) != nullptr) continue;
    throw UnitError("'copy_from' has column " + quoted(name) + ", which table " +
                    quoted(stored.name) + " has not");
  }
}

// The columns of copy_from by the names that they go by as the changes are made.
class CopiedColumns {
 public:
  explicit CopiedColumns(const schema::Table& copy) {
    for (const schema::Column& column : copy.columns) {
      columns_.push_back({column.name, column});
    }
  }

  void tell_type(operations::AlterColumnOp& op) {
    const auto found = std::find_if(
        columns_.begin(), columns_.end(),
        [&](const Known& known) { return is_same_name(known.name, op.column); });
    if (found == columns_.end()) return;
    if (op.type.has_value()) {
      if (!op.existing_type.has_value()) {
        op.existing_type = found->column.type;
        op.existing_type_check_name = found->column.type_check_name;
      }
      found->column.type = *op.type;
      found->column.type_check_name = op.type_check_name;
    }
    if (!op.new_column_name.empty()) found->name = op.new_column_name;
  }

  void drop(const std::string& name) {
    std::erase_if(columns_,
                  [&](const Known& known) { return is_same_name(known.name, name); });
  }

 private:
  struct Known {
    std::string name;
    schema::Column column;
  };
  std::vector<Known> columns_;
};

}  // namespace

operations::BatchAlterTableOp with_types_of_copy(operations::BatchAlterTableOp batch) {
  if (!batch.copy_from.has_value()) return batch;
  CopiedColumns columns(*batch.copy_from);
  for (operations::BatchChange& change : batch.changes) {
    if (auto* alter = std::get_if<operations::AlterColumnOp>(&change.operation)) {
      columns.tell_type(*alter);
    } else if (const auto* drop =
                   std::get_if<operations::DropColumnOp>(&change.operation)) {
      columns.drop(drop->column);
    }
  }
  return batch;
}

void copy_from(const dialects::Dialect& dialect, TableDraft& draft,
               const StoredTable& copy) {
  check_columns(draft.before, copy.definition);
  draft.after = copy.definition;
  draft.after.name = draft.before.name;
  draft.copies = copies_into(dialect, draft.after, draft.before);
  for (const StoredObject& index : copy.indexes) {
    const auto known = std::find_if(draft.indexes.begin(), draft.indexes.end(),
                                    [&](const StoredObject& other) {
                                      return is_same_name(other.name, index.name);
                                    });
    if (known != draft.indexes.end()) {
      known->sql = index.sql;
    } else {
      draft.indexes.push_back(
          {.schema = draft.schema, .name = index.name, .sql = index.sql});
    }
  }
}

}  // namespace revise::sqlite
