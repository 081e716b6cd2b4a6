/// Reads the CREATE TABLE that SQLite stores in sqlite_schema into pieces.
///
/// SQLite took the text once, so what is wrong with it is not looked for; what is not
/// understood is refused. https://sqlite.org/lang_createtable.html and parse.y, which
/// takes more than the page says.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/dialects/sqlite/create_table.hpp"

namespace revise::sqlite {

/// The pieces add up to `sql`. Throws UnsupportedError on anything but a CREATE TABLE
/// with columns: a virtual table, an unknown clause.
CreateTable parse_create_table(std::string_view sql);

/// What a column or constraint is, given alone as between two commas. Throws as above.
Definition parse_definition(std::string_view body);

/// The names that an expression mentions, without those of functions, collations and
/// types: as written, each as often as it is there.
std::vector<std::string> names_in(std::string_view expression);

}  // namespace revise::sqlite
