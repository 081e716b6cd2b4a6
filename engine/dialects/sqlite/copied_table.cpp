#include "engine/dialects/sqlite/copied_table.hpp"

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/sqlite/create_table_parser.hpp"
#include "engine/dialects/sqlite/table.hpp"
#include "engine/dialects/table_parts.hpp"

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
               const schema::Table& copy) {
  operations::CreateTableOp create{.table = copy};
  create.table.schema.clear();
  create.table.options.prefixes.clear();
  CreateTable table = parse_create_table(table_text(dialect, create));
  check_columns(draft.before, table);
  draft.after = std::move(table);
  std::erase_if(draft.copies, [&](const Copy& copied) {
    return is_generated(*find_column(draft.after, copied.column)->column());
  });
  for (const schema::Index& index : dialects::indexes_of(copy)) {
    const auto known = std::find_if(draft.indexes.begin(), draft.indexes.end(),
                                    [&](const StoredObject& other) {
                                      return is_same_name(other.name, index.name);
                                    });
    std::string sql = index_text(dialect, index, draft.table, "");
    if (known != draft.indexes.end()) {
      known->sql = std::move(sql);
    } else {
      draft.indexes.push_back(
          {.schema = draft.schema, .name = index.name, .sql = std::move(sql)});
    }
  }
}

}  // namespace revise::sqlite
