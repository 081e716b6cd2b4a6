#include "engine/dialects/sqlite/rebuild.hpp"

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/batch_plan.hpp"
#include "engine/dialects/identifier.hpp"
#include "engine/dialects/sqlite/affinity.hpp"
#include "engine/dialects/sqlite/statistics.hpp"
#include "engine/dialects/sqlite/stored_table.hpp"
#include "engine/dialects/sqlite/table_edit.hpp"

namespace revise::sqlite {

namespace {

using dialects::single_quoted;

std::int64_t number_in(const driver::Result& result) {
  return std::get<std::int64_t>(result.rows.at(0).at(0));
}

// One of the words for it that is no column's name; empty: all are.
std::string rowid_word(const CreateTable& table) {
  for (const char* word : {"rowid", "_rowid_", "oid"}) {
    if (find_column(table, word) == nullptr) return word;
  }
  return {};
}

class Rebuild {
 public:
  Rebuild(const dialects::Dialect& dialect, const TableDraft& draft,
          const dialects::Live& live)
      : dialect_(dialect),
        draft_(draft),
        live_(live),
        temporary_(dialects::temporary_name(draft.table, dialect.max_name_bytes())),
        old_name_(dialect.qualified(draft.schema, draft.table)),
        new_name_(dialect.qualified(draft.schema, temporary_)) {}

  void run();

 private:
  void refuse_leftover();
  void warn_of_casts();
  void copy_rows();
  bool keeps_rowids(std::string& column, std::string& expression) const;
  void keep_counter();
  void swap();
  void restore_objects(const std::vector<StoredObject>& triggers);

  const dialects::Dialect& dialect_;
  const TableDraft& draft_;
  const dialects::Live& live_;
  std::string temporary_;
  std::string old_name_;
  std::string new_name_;
};

void Rebuild::refuse_leftover() {
  const auto found = live_.read("SELECT 1 FROM " + dialect_.quote(draft_.schema) +
                                ".sqlite_master WHERE lower(name) = lower(" +
                                single_quoted(temporary_) + ")");
  if (!found.rows.empty()) dialects::refuse_leftover(temporary_, draft_.table);
}

// As Alembic does it; but what it does to values is said.
void Rebuild::warn_of_casts() {
  for (const Copy& copy : draft_.copies) {
    if (copy.cast.empty() || !makes_numbers(copy.cast)) continue;
    const std::string column = dialect_.quote(copy.column);
    const auto changed =
        number_in(live_.read("SELECT count(*) FROM " + old_name_ + " WHERE CAST(" +
                             column + " AS " + copy.cast + ") <> " + column));
    if (changed == 0) continue;
    log::warning("revise.dialects.sqlite",
                 std::to_string(changed) + " values in column " + quoted(copy.column) +
                     " of table " + quoted(draft_.table) + " change as they become " +
                     copy.cast + ": what is no number becomes 0");
  }
}

// Where a column of the new table is the rowid by another name and takes its values
// from the old table, they are the rowids.
bool Rebuild::keeps_rowids(std::string& column, std::string& expression) const {
  if (draft_.before.without_rowid || draft_.after.without_rowid) return false;
  const std::string alias = rowid_alias_of(draft_.after);
  const bool is_copied =
      std::any_of(draft_.copies.begin(), draft_.copies.end(),
                  [&](const Copy& copy) { return is_same_name(copy.column, alias); });
  if (is_copied) return false;
  const std::string old_alias = rowid_alias_of(draft_.before);
  column = alias.empty() ? rowid_word(draft_.after) : dialect_.quote(alias);
  expression =
      old_alias.empty() ? rowid_word(draft_.before) : dialect_.quote(old_alias);
  return !column.empty() && !expression.empty();
}

// OR ABORT: a constraint's own ON CONFLICT could drop rows without a word.
void Rebuild::copy_rows() {
  std::vector<std::string> columns;
  std::vector<std::string> expressions;
  std::string column;
  std::string expression;
  if (keeps_rowids(column, expression)) {
    columns.push_back(column);
    expressions.push_back(expression);
  }
  for (const Copy& copy : draft_.copies) {
    columns.push_back(dialect_.quote(copy.column));
    expressions.push_back(copy.expression);
  }
  if (columns.empty()) {
    throw UnsupportedError("nothing of table " + quoted(draft_.table) +
                           " would be left to copy; drop and create it instead");
  }
  live_.send("INSERT OR ABORT INTO " + new_name_ + " (" + join(columns, ", ") +
             ") SELECT " + join(expressions, ", ") + " FROM " + old_name_);
}

// The counter is further than the last row where rows were deleted, and it is there
// where all were. DROP and RENAME take it along by the table's name.
void Rebuild::keep_counter() {
  if (!has_autoincrement(draft_.before) || !has_autoincrement(draft_.after)) return;
  const std::string counters = dialect_.quote(draft_.schema) + ".sqlite_sequence";
  live_.send("DELETE FROM " + counters + " WHERE name = " + single_quoted(temporary_));
  live_.send("INSERT INTO " + counters + " (name, seq) SELECT " +
             single_quoted(temporary_) + ", seq FROM " + counters +
             " WHERE name = " + single_quoted(draft_.table));
}

// Without the legacy way RENAME looks into every view and trigger, and finds those on
// the table without it.
void Rebuild::swap() {
  const bool is_legacy = number_in(live_.read("PRAGMA legacy_alter_table")) != 0;
  live_.send("DROP TABLE " + old_name_);
  if (!is_legacy) live_.send("PRAGMA legacy_alter_table = ON");
  try {
    live_.send("ALTER TABLE " + new_name_ + " RENAME TO " +
               dialect_.quote(draft_.table));
  } catch (const Error&) {
    if (!is_legacy) live_.aside("PRAGMA legacy_alter_table = OFF");
    throw;
  }
  if (!is_legacy) live_.send("PRAGMA legacy_alter_table = OFF");
}

void Rebuild::restore_objects(const std::vector<StoredObject>& triggers) {
  for (const StoredObject& index : draft_.indexes) {
    live_.send(with_schema(index.sql, dialect_.quote(index.schema)));
  }
  const auto left = read_triggers(dialect_, live_, draft_.schema, draft_.table);
  for (const StoredObject& trigger : triggers) {
    const bool is_left =
        std::any_of(left.begin(), left.end(), [&](const StoredObject& other) {
          return other.schema == trigger.schema && other.name == trigger.name;
        });
    if (!is_left) live_.send(with_schema(trigger.sql, dialect_.quote(trigger.schema)));
  }
}

void Rebuild::run() {
  refuse_leftover();
  warn_of_casts();
  live_.before_rebuild(draft_.schema, draft_.table);
  const Statistics statistics(dialect_, live_, draft_.schema, draft_.table);
  live_.send(text_of(draft_.after, new_name_));
  copy_rows();
  keep_counter();
  swap();
  restore_objects(draft_.triggers);
  statistics.restore();
}

}  // namespace

void rebuild(const dialects::Dialect& dialect, const TableDraft& draft,
             const dialects::Live& live) {
  Rebuild(dialect, draft, live).run();
}

}  // namespace revise::sqlite
