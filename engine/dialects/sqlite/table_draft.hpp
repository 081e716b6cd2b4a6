/// A table on its way from what is stored of it to what a batch makes of it: its text,
/// its indexes, and where the rows' values come from.
///
/// How the new table takes the old one's place is rebuild's business.

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/dialects/dialect.hpp"
#include "engine/dialects/sqlite/create_table.hpp"
#include "engine/dialects/sqlite/stored_object.hpp"

namespace revise::sqlite {

/// A value that a row takes along.
struct Copy {
  std::string column;      ///< of the new table, and of the old one
  std::string expression;  ///< over the old table, as SQL
  std::string cast = {};   ///< the type that it is cast to; empty: it is not
};

struct TableDraft {
  std::string schema = {};  ///< never empty: main, temp, or an attached database
  std::string table = {};
  CreateTable before = {};  ///< as stored
  CreateTable after = {};
  std::vector<StoredObject> indexes = {};   ///< as they will be
  std::vector<StoredObject> triggers = {};  ///< of any schema; those on the table too
  std::vector<Copy> copies = {};            ///< in the order of the old table
  /// New columns, each with the one that it was asked to follow.
  std::vector<std::pair<std::string, std::string>> followers = {};
  /// New columns that were not told whether they take NULL: of a key they do not.
  std::vector<std::string> undecided = {};
};

/// A draft that changes nothing.
TableDraft draft_of(const dialects::Dialect& dialect, std::string schema,
                    const CreateTable& stored, std::vector<StoredObject> indexes,
                    std::vector<StoredObject> triggers);

/// What the columns of `table` take from those of `source`, which has them all: but for
/// generated ones, which make their values themselves.
std::vector<Copy> copies_into(const dialects::Dialect& dialect,
                              const CreateTable& table, const CreateTable& source);

/// The column's piece. Throws UnitError when the table has it not.
Piece& column_at(TableDraft& draft, std::string_view name);

/// A constraint of the table or of a column.
struct ConstraintPlace {
  std::size_t piece;
  const Clause* clause;  ///< good until the piece is changed
};

/// The constraints of the table and of its columns, in order: keys, checks, references,
/// and whatever else has a name.
std::vector<ConstraintPlace> constraints_of(const CreateTable& table);

/// Takes the column out, and with it what only it held up: constraints and indexes
/// that name it as a column, checks that are about it alone. Throws UnitError that
/// names what mentions it otherwise: a check, a generated column, an index's expression
/// or predicate.
void drop_column(TableDraft& draft, std::string_view name);

/// Takes out the primary key, wherever it stands.
void drop_primary_key(TableDraft& draft);

}  // namespace revise::sqlite
