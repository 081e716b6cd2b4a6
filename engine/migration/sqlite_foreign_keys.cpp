// https://sqlite.org/pragma.html#pragma_foreign_key_check

#include "engine/migration/sqlite_foreign_keys.hpp"

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/identifier.hpp"

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
                     ".sqlite_master WHERE type = 'table' AND name = " +
                     dialects::single_quoted(table))
              .rows.empty();
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
    for (const auto& row : found.rows) {
      const std::string rowid = text_at(row, 1);
      ++violations[(rowid.empty() ? "a row" : "row " + rowid) + " of table " +
                   quoted(table) + " refers to a row of " + quoted(text_at(row, 2)) +
                   " that is not there"];
    }
  } catch (const DatabaseError& error) {
    // The columns referred to are no key, or gone.
    ++violations[error.what()];
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
  before_.try_emplace({schema, table}, read(connection, {schema, table}));
  for (const auto& row : referring.rows) {
    const Place place{schema, text_at(row, 0)};
    if (before_.count(place) == 0) before_[place] = read(connection, place);
  }
}

void SqliteForeignKeys::check(driver::Connection& connection) {
  for (const auto& [place, before] : before_) {
    for (const auto& [violation, count] : read(connection, place)) {
      const auto found = before.find(violation);
      if (found != before.end() && found->second >= count) continue;
      DatabaseError error("the run would leave foreign keys broken: " + violation);
      error.add_note(
          "a table was made anew, and this was not so before; mend the rows, or the "
          "key, in the same run");
      throw error;
    }
  }
  before_.clear();
}

}  // namespace revise::migration
