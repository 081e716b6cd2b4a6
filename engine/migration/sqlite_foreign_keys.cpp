// https://sqlite.org/pragma.html#pragma_foreign_key_check

#include "engine/migration/sqlite_foreign_keys.hpp"

#include <algorithm>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/identifier.hpp"
#include "engine/dialects/sqlite/lexer.hpp"

namespace revise::migration {

namespace {

std::string text_at(const driver::Row& row, std::size_t column) {
  if (const auto* number = std::get_if<std::int64_t>(&row.at(column))) {
    return std::to_string(*number);
  }
  const auto* text = std::get_if<std::string>(&row.at(column));
  return text == nullptr ? std::string() : *text;
}

bool is_there(driver::Connection& connection, const std::string& schema,
              const std::string& table) {
  return !connection
              .batch("SELECT 1 FROM " + dialects::double_quoted(schema) +
                     ".sqlite_master WHERE type = 'table' AND lower(name) = " +
                     dialects::single_quoted(table))
              .rows.empty();
}

// What cannot be cut into tokens is no statement: SQLite says so itself.
std::vector<std::string> words_of(std::string_view sql) {
  std::vector<std::string> words;
  try {
    for (const auto& token : sqlite::tokens_of(sql)) {
      words.push_back(lower(sqlite::name_of(token.span.of(sql))));
    }
  } catch (const UnsupportedError&) {
    words.clear();
  }
  return words;
}

std::string missing_of(driver::Connection& connection, const std::string& schema,
                       const std::string& parent) {
  return is_there(connection, schema, lower(parent))
             ? "a row of " + quoted(parent) + " that is not there"
             : "table " + quoted(parent) + ", and there is none";
}

}  // namespace

// The number of the key is not a part: keys come and go in a batch.
SqliteForeignKeys::Violations SqliteForeignKeys::read(driver::Connection& connection,
                                                      const Place& place) {
  Violations violations;
  const auto& [schema, table] = place;
  if (!is_there(connection, schema, table)) return violations;
  try {
    const auto found =
        connection.batch("PRAGMA " + dialects::double_quoted(schema) +
                         ".foreign_key_check(" + dialects::double_quoted(table) + ")");
    std::map<std::string, std::string> missing;  // by the table referred to
    for (const auto& row : found.rows) {
      const std::string rowid = text_at(row, 1);
      const std::string parent = text_at(row, 2);
      auto& what = missing[parent];
      if (what.empty()) what = missing_of(connection, schema, parent);
      auto& broken = violations[{rowid, lower(parent)}];
      ++broken.count;
      broken.words = (rowid.empty() ? "a row" : "row " + rowid) + " of table " +
                     quoted(text_at(row, 0)) + " refers to " + what;
    }
  } catch (const DatabaseError& error) {
    // The columns referred to are no key, or gone.
    violations[{}] = {1, error.what()};
  }
  return violations;
}

void SqliteForeignKeys::watch(driver::Connection& connection, const std::string& schema,
                              const std::string& table) {
  const std::string of_schema = dialects::double_quoted(schema) + ".sqlite_master";
  const auto referring = connection.batch(
      "SELECT DISTINCT m.name FROM " + of_schema +
      " AS m, pragma_foreign_key_list(m.name, " + dialects::single_quoted(schema) +
      ") AS f WHERE m.type = 'table' AND lower(f.\"table\") = lower(" +
      dialects::single_quoted(table) + ")");
  std::vector<Place> places = {
      {lower(schema), lower(table)}
  };
  for (const auto& row : referring.rows) {
    places.emplace_back(lower(schema), lower(text_at(row, 0)));
  }
  for (const auto& place : places) {
    if (before_.count(place) == 0) before_[place] = read(connection, place);
  }
}

// ALTER TABLE [schema.]table RENAME TO table, anywhere in the text.
void SqliteForeignKeys::note(std::string_view sql) {
  if (before_.empty() || lower(sql).find("rename") == std::string::npos) return;
  const auto words = words_of(sql);
  const auto is = [&words](std::size_t place, std::string_view word) {
    return place < words.size() && words[place] == word;
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!is(i, "alter") || !is(i + 1, "table")) continue;
    const bool has_schema = is(i + 3, ".");
    const auto table = i + (has_schema ? 4 : 2);
    if (!is(table + 1, "rename") || !is(table + 2, "to")) continue;
    if (table + 3 >= words.size()) return;
    rename(has_schema ? words[i + 2] : std::string(), words[table], words[table + 3]);
  }
}

// The old name stays watched: a new table may take it, and the statement may fail.
void SqliteForeignKeys::rename(const std::string& schema, const std::string& from,
                               const std::string& to) {
  former_[to] = from;
  std::vector<std::pair<Place, Violations>> renamed;
  for (const auto& [place, before] : before_) {
    const bool is_meant = schema.empty() || place.first == schema;
    if (is_meant && place.second == from)
      renamed.push_back({
          {place.first, to},
          before
      });
  }
  for (const auto& [place, before] : renamed) {
    auto& there = before_[place];
    for (const auto& [key, broken] : before) {
      there[key].count = std::max(there[key].count, broken.count);
    }
  }
}

// Under each of the names that the table referred to had.
int SqliteForeignKeys::count_before(const Violations& before, const std::string& row,
                                    std::string parent) const {
  int count = 0;
  for (std::size_t names = 0; names <= former_.size(); ++names) {
    const auto found = before.find({row, parent});
    if (found != before.end()) count = std::max(count, found->second.count);
    const auto former = former_.find(parent);
    if (former == former_.end()) break;
    parent = former->second;
  }
  return count;
}

void SqliteForeignKeys::check(driver::Connection& connection) {
  for (const auto& [place, before] : before_) {
    for (const auto& [key, broken] : read(connection, place)) {
      if (count_before(before, key.first, key.second) >= broken.count) continue;
      DatabaseError error("the run would leave foreign keys broken: " + broken.words);
      error.add_note(
          "a table was made anew, and this was not so before; mend the rows, or the "
          "key, in the same run");
      throw error;
    }
  }
  before_.clear();
  former_.clear();
}

}  // namespace revise::migration
