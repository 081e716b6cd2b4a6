/// What SQLite stores of a table, read from its schema tables.

#pragma once

#include <string>
#include <vector>

#include "engine/dialects/dialect.hpp"
#include "engine/dialects/sqlite/create_table.hpp"
#include "engine/dialects/sqlite/stored_object.hpp"

namespace revise::sqlite {

struct StoredTable {
  std::string schema = {};  ///< main, temp, or an attached database
  CreateTable definition = {};
  std::vector<StoredObject> indexes = {};   ///< without those of its constraints
  std::vector<StoredObject> triggers = {};  ///< as read_triggers()
};

/// `schema` empty: where SQLite itself would find the table. Throws DatabaseError when
/// there is none, UnsupportedError on a view, a virtual table, and on what the parser
/// reads in another way than SQLite.
StoredTable read_table(const dialects::Dialect& dialect, const dialects::Live& live,
                       const std::string& schema, const std::string& table);

/// The triggers of the schema, and the temporary ones, in the order of their creation;
/// those on the table are marked.
std::vector<StoredObject> read_triggers(const dialects::Dialect& dialect,
                                        const dialects::Live& live,
                                        const std::string& schema,
                                        const std::string& table);

/// Tables of the schema with a foreign key to the table, itself included.
std::vector<std::string> read_referring_tables(const dialects::Live& live,
                                               const std::string& schema,
                                               const std::string& table);

}  // namespace revise::sqlite
