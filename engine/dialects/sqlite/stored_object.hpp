/// Indexes and triggers as SQLite stores them: read as far as a rebuilt table needs it.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace revise::sqlite {

/// A row of sqlite_schema.
struct StoredObject {
  std::string schema = {};  ///< where it is stored: main, temp, ...
  std::string name = {};
  std::string sql = {};     ///< as stored: its own name without a schema
  bool is_on_table = true;  ///< of a trigger: fires for the table that is looked at
};

/// One place of an index.
struct StoredElement {
  std::string column = {};      ///< empty: an expression
  std::string expression = {};  ///< the whole text
};

struct StoredIndex {
  std::vector<StoredElement> elements = {};
  std::string where = {};  ///< empty: over all rows
};

/// Reads CREATE INDEX. Throws UnsupportedError on what SQLite could not have stored.
StoredIndex parse_index(std::string_view sql);

/// "insert", "update" or "delete": what the trigger fires on.
std::string trigger_event(std::string_view trigger_sql);

/// The columns after UPDATE OF in CREATE TRIGGER; empty: there are none.
std::vector<std::string> update_columns(std::string_view trigger_sql);

/// The same CREATE INDEX, which may be IF NOT EXISTS, or CREATE TRIGGER with `schema`,
/// as it is to be printed, before the object's name.
std::string with_schema(std::string_view sql, std::string_view schema);

}  // namespace revise::sqlite
