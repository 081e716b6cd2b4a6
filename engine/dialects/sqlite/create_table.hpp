/// A stored CREATE TABLE in pieces that add up to its text, byte for byte.

#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/dialects/sqlite/lexer.hpp"

namespace revise::sqlite {

enum class ClauseKind {
  Idle,  ///< CONSTRAINT x that nothing follows, DEFERRABLE without REFERENCES: SQLite
         ///< takes it, and forgets it
  PrimaryKey,
  Unique,
  Check,
  References,  ///< FOREIGN KEY of a table, REFERENCES of a column
  NotNull,
  Null,
  Default,
  Collate,
  Generated,
};

/// A column in a key of the table.
struct KeyColumn {
  std::string name;
  Span span;  ///< with COLLATE, ASC and DESC
};

/// What follows a column's type, or stands in the table by itself. Spans count from the
/// beginning of the piece's body.
struct Clause {
  ClauseKind kind = ClauseKind::Idle;
  std::string name = {};       ///< of the constraint, unquoted; empty: none
  Span span = {};              ///< all of it, CONSTRAINT and ON CONFLICT included
  std::size_t after_name = 0;  ///< where it begins without CONSTRAINT and the name
  Span expression = {};  ///< of CHECK, GENERATED and DEFAULT: between the parentheses
  std::vector<KeyColumn> columns = {};  ///< of a key of the table; of a column: empty
  std::string referent = {};            ///< the table that REFERENCES names
  std::vector<std::string> referent_columns = {};  ///< may be empty
  bool is_descending = false;                      ///< PRIMARY KEY DESC of a column
  Span autoincrement = {};                         ///< the word; empty: none
};

struct ColumnDefinition {
  std::string name = {};  ///< unquoted
  Span name_span = {};
  Span type = {};  ///< empty, right after the name: none
  std::vector<Clause> clauses = {};
};

using Definition = std::variant<ColumnDefinition, Clause>;

/// One column or constraint between two commas.
struct Piece {
  std::string leading = {};   ///< white space and comments
  std::string body = {};      ///< from the first token to the last
  std::string trailing = {};  ///< white space and comments
  bool has_comma = true;      ///< before the next piece; constraints need none
  std::string after = {};     ///< after the comma: a comment that ends its line
  Definition definition = {};

  const ColumnDefinition* column() const {
    return std::get_if<ColumnDefinition>(&definition);
  }
  const Clause* constraint() const { return std::get_if<Clause>(&definition); }
};

struct CreateTable {
  std::string name = {};  ///< unquoted
  std::string head = {};  ///< from after the name to the opening parenthesis
  std::vector<Piece> pieces = {};
  std::string tail = {};  ///< from the closing parenthesis on
  bool without_rowid = false;
  bool is_strict = false;
};

/// "CREATE TABLE `name`" and all that follows; `name` is as it is to be printed.
std::string text_of(const CreateTable& table, std::string_view name);

/// The piece of that column, or nullptr.
Piece* find_column(CreateTable& table, std::string_view name);
const Piece* find_column(const CreateTable& table, std::string_view name);

/// The clause of that kind, or nullptr.
const Clause* find_clause(const ColumnDefinition& column, ClauseKind kind);

/// The columns of the primary key, in its order; empty: there is none.
std::vector<std::string> primary_key_of(const CreateTable& table);

/// The column that is the rowid by another name; empty: none is.
/// https://sqlite.org/lang_createtable.html#rowid
std::string rowid_alias_of(const CreateTable& table);

bool has_autoincrement(const CreateTable& table);
bool is_generated(const ColumnDefinition& column);

}  // namespace revise::sqlite
