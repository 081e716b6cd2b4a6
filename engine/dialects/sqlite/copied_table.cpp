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

}  // namespace

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
