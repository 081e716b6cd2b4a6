#include "engine/dialects/sqlite/statistics.hpp"

#include "engine/core/text.hpp"
#include "engine/dialects/identifier.hpp"

namespace revise::sqlite {

namespace {

using dialects::single_quoted;

std::string text_at(const driver::Row& row, std::size_t column) {
  const auto* text = std::get_if<std::string>(&row.at(column));
  return text == nullptr ? std::string() : *text;
}

}  // namespace

Statistics::Statistics(const dialects::Dialect& dialect, const dialects::Live& live,
                       const std::string& schema, const std::string& table)
    : dialect_(dialect), live_(live), schema_(schema), table_(table) {
  for (const std::string statistics : {"sqlite_stat1", "sqlite_stat4"}) {
    auto rows = read_rows(statistics);
    if (!rows.empty()) rows_[statistics] = std::move(rows);
  }
  if (!rows_.empty()) indexes_ = read_indexes();
}

std::vector<driver::Row> Statistics::read_rows(const std::string& statistics) const {
  const auto found = live_.read("SELECT 1 FROM " + dialect_.quote(schema_) +
                                ".sqlite_master WHERE name = '" + statistics + "'");
  if (found.rows.empty()) return {};
  return live_
      .read("SELECT * FROM " + dialect_.qualified(schema_, statistics) +
            " WHERE tbl = " + single_quoted(table_))
      .rows;
}

// Statistics call the key of a table WITHOUT ROWID by the table's name.
Statistics::Indexes Statistics::read_indexes() const {
  const std::string schema = single_quoted(schema_);
  const std::string of_table = "(" + single_quoted(table_) + ", " + schema + ")";
  const auto result = live_.read(
      "SELECT l.name, l.origin, l.\"unique\" || l.partial || coalesce(m.sql, '') || "
      "coalesce(i.name, '') || '/' || i.\"desc\" || coalesce(i.coll, '') || '/' || "
      "coalesce(c.type, '') || ',' FROM pragma_index_list" +
      of_table + " AS l JOIN pragma_index_xinfo(l.name, " + schema +
      ") AS i LEFT JOIN " + dialect_.quote(schema_) +
      ".sqlite_master AS m ON m.name = l.name LEFT JOIN pragma_table_xinfo" + of_table +
      " AS c ON c.cid = i.cid WHERE i.key ORDER BY l.name, i.seqno");
  Indexes indexes;
  for (const auto& row : result.rows) {
    indexes[text_at(row, 0)] += text_at(row, 2);
    if (text_at(row, 1) == "pk") indexes[table_] += text_at(row, 2);
  }
  return indexes;
}

bool Statistics::is_kept(const std::string& index, const Indexes& now) const {
  if (index.empty()) return true;
  const auto before = indexes_.find(index);
  const auto after = now.find(index);
  return before != indexes_.end() && after != now.end() &&
         before->second == after->second;
}

void Statistics::restore() const {
  if (rows_.empty()) return;
  const Indexes now = read_indexes();
  for (const auto& [statistics, rows] : rows_) {
    std::vector<std::string> kept;
    for (const auto& row : rows) {
      if (!is_kept(text_at(row, 1), now)) continue;
      std::vector<std::string> values;
      for (const auto& value : row) values.push_back(dialect_.literal(value));
      kept.push_back("(" + join(values, ", ") + ")");
    }
    if (kept.empty()) continue;
    live_.send("INSERT INTO " + dialect_.qualified(schema_, statistics) + " VALUES " +
               join(kept, ", "));
  }
}

}  // namespace revise::sqlite
