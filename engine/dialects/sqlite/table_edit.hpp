/// Changes to a parsed CREATE TABLE: what a change does not touch stays as it was.
///
/// Whether a change makes sense for the table, and what follows from it, is
/// table_draft's business.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/dialects/sqlite/create_table.hpp"

namespace revise::sqlite {

/// `body` as a column at place `at` among the columns, counted from 0.
void insert_column(CreateTable& table, std::size_t at, std::string body);

/// `body` as the last constraint of the table.
void append_constraint(CreateTable& table, std::string body);

void remove_piece(CreateTable& table, std::size_t at);

/// The names of the columns, in order.
std::vector<std::string> column_names(const CreateTable& table);

/// Puts the columns in that order; `names` are those that there are.
void reorder_columns(CreateTable& table, const std::vector<std::string>& names);

/// `type` is as SQL spells it. A collation in it takes the place of the column's.
void set_type(Piece& column, const std::string& type);

/// `value` is what follows DEFAULT; none drops it.
void set_default(Piece& column, const std::optional<std::string>& value);

/// `conflict` is " ON CONFLICT ..." or nothing; a NOT NULL that is there stays as it
/// is.
void set_not_null(Piece& column, const std::string& conflict = {});
void set_nullable(Piece& column);

/// Takes out one of the clauses of `column`.
void remove_clause(Piece& column, const Clause& clause);

/// Puts "CONSTRAINT name " before an unnamed clause of a column, or before an unnamed
/// constraint of the table; `name` is as it is to be printed.
void name_clause(Piece& piece, const Clause& clause, std::string_view name);

/// Takes `column` out of a key of the table that has others.
void shrink_key(Piece& constraint, std::string_view column);

/// Puts AUTOINCREMENT behind the primary key, which stands with its only column after
/// that; false when the table has no such key.
bool set_autoincrement(CreateTable& table);

/// Takes AUTOINCREMENT out, where it is.
void drop_autoincrement(CreateTable& table);

/// WITHOUT ROWID and STRICT as told; what is not told stays.
void set_options(CreateTable& table, std::optional<bool> with_rowid,
                 std::optional<bool> is_strict);

}  // namespace revise::sqlite
