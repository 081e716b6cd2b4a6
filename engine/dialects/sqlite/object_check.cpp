#include "engine/dialects/sqlite/object_check.hpp"

#include <algorithm>

#include "engine/core/log.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/identifier.hpp"
#include "engine/dialects/sqlite/lexer.hpp"
#include "engine/dialects/sqlite/stored_object.hpp"

namespace revise::sqlite {

namespace {

using Names = std::vector<std::string>;

// https://sqlite.org/rescode.html#error; not a full disk, and no interruption.
constexpr std::string_view kPlainError = "1";

std::string text_at(const driver::Row& row, std::size_t column) {
  const auto* text = std::get_if<std::string>(&row.at(column));
  return text == nullptr ? std::string() : *text;
}

bool has(const Names& names, const std::string& wanted) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return is_same_name(name, wanted);
  });
}

// Anywhere among the words and names of `sql`: once too often does no harm.
bool mentions(const std::string& sql, const Names& names) {
  const auto tokens = tokens_of(sql);
  return std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
    const bool is_name =
        token.kind != TokenKind::Number && token.kind != TokenKind::Symbol;
    return is_name && has(names, name_of(token.span.of(sql)));
  });
}

void undo(const dialects::Live& live) {
  try {
    live.aside("ROLLBACK TO revise_trial");
    live.aside("RELEASE revise_trial");
  } catch (const Error& error) {
    // A full disk, for one, has rolled back the whole transaction already.
    log::debug("revise.dialects.sqlite", error.what());
  }
}

}  // namespace

void add_way_out(DatabaseError& error) {
  if (!std::string_view(error.what()).starts_with("error in ")) return;
  error.add_note(
      "mend the view or trigger, or drop it, before the table is changed; where the "
      "column that is not there was meant as a text, it takes single quotes");
}

ObjectCheck::Objects ObjectCheck::read() const {
  Objects objects;
  Names schemas = {schema_};
  if (!is_same_name(schema_, "temp")) schemas.emplace_back("temp");
  for (const std::string& schema : schemas) {
    const auto found =
        live_.read("SELECT type, name, sql, tbl_name FROM " + dialect_.quote(schema) +
                   ".sqlite_master WHERE type IN ('view', 'trigger')");
    for (const auto& row : found.rows) {
      objects.push_back(
          {schema, text_at(row, 0), text_at(row, 1), text_at(row, 2), text_at(row, 3)});
    }
  }
  return objects;
}

// "error in view v: ...", or "error in view v after rename: ...". What is about none of
// them goes on as it came.
ObjectCheck::Object ObjectCheck::object_of(const DatabaseError& error) const {
  const std::string text = error.what();
  const Object* found = nullptr;
  const auto objects = read();
  for (const Object& object : objects) {
    const std::string start = "error in " + object.type + " " + object.name;
    const bool is_it =
        text.starts_with(start + ":") || text.starts_with(start + " after ");
    if (is_it && (found == nullptr || found->name.size() < object.name.size())) {
      found = &object;
    }
  }
  if (error.code() != kPlainError || found == nullptr) throw;
  return *found;
}

ObjectCheck::Objects ObjectCheck::mentioning(const Objects& objects) const {
  Names names = {table_};
  for (std::size_t count = 0; count != names.size();) {
    count = names.size();
    for (const Object& view : read()) {
      const bool is_new = view.type == "view" && !has(names, view.name);
      if (is_new && mentions(view.sql, names)) names.push_back(view.name);
    }
  }
  Objects found;
  for (const Object& object : objects) {
    if (mentions(object.sql, names)) found.push_back(object);
  }
  return found;
}

// There is no statement that asks; but RENAME COLUMN, of any table, reads them all, and
// stops at the first that it does not understand. That one goes, for the trial.
template <typename Accepts>
void ObjectCheck::try_out(const Accepts& accepts) {
  const std::string trial = dialect_.qualified(schema_, "_alembic_tmp_");
  live_.aside("SAVEPOINT revise_trial");
  try {
    live_.aside("CREATE TABLE " + trial + " (a)");
    for (bool is_done = false; !is_done;) {
      try {
        live_.aside("ALTER TABLE " + trial + " RENAME COLUMN a TO b");
        is_done = true;
      } catch (const DatabaseError& error) {
        const Object object = object_of(error);
        if (!accepts(object, error)) throw;
        live_.aside("DROP " + object.type + " " +
                    dialect_.qualified(object.schema, object.name));
      }
    }
  } catch (...) {
    undo(live_);
    throw;
  }
  undo(live_);
}

// Has SQLite compile a statement that would fire the trigger, and run nothing: RENAME
// COLUMN does not look for the columns that a trigger's statements change.
void ObjectCheck::fire(const Object& trigger) const {
  const std::string event = trigger_event(trigger.sql);
  // A temporary trigger may be on a table of either schema.
  std::string schema = trigger.schema;
  if (schema == "temp") schema = is_same_name(trigger.table, table_) ? schema_ : "";
  const std::string table = dialect_.qualified(schema, trigger.table);
  if (event == "insert") {
    live_.read("EXPLAIN INSERT INTO " + table + " DEFAULT VALUES");
    return;
  }
  if (event == "delete") {
    live_.read("EXPLAIN DELETE FROM " + table);
    return;
  }
  auto columns = update_columns(trigger.sql);
  if (columns.empty()) {
    const auto found = live_.read("SELECT name FROM pragma_table_info(" +
                                  dialects::single_quoted(trigger.table) + ") LIMIT 1");
    for (const auto& row : found.rows) columns.push_back(text_at(row, 0));
  }
  for (std::string& column : columns) {
    column = dialect_.quote(column);
    column += " = " + column;
  }
  live_.read("EXPLAIN UPDATE " + table + " SET " + join(columns, ", "));
}

void ObjectCheck::keep_silent() {
  for (const Object& object : mentioning(read())) {
    if (object.type != "trigger") continue;
    try {
      fire(object);
    } catch (const DatabaseError& error) {
      if (error.code() != kPlainError) throw;
      silent_.push_back(object);
    }
  }
}

void ObjectCheck::fire_all() const {
  for (const Object& object : mentioning(read())) {
    const auto is_it = [&](const Object& other) { return other.is(object); };
    const bool is_silent = std::any_of(silent_.begin(), silent_.end(), is_it);
    if (object.type != "trigger" || is_silent) continue;
    try {
      fire(object);
    } catch (DatabaseError& error) {
      error.add_note("trigger " + quoted(object.name) +
                     " would not work any more; drop it, or change it, before");
      throw;
    }
  }
}

void ObjectCheck::run_before() {
  try {
    try_out([this](const Object& object, const DatabaseError& error) {
      if (!mentioning({object}).empty()) return false;
      log::warning("revise.dialects.sqlite",
                   std::string(error.what()) + "; it has nothing to do with table " +
                       quoted(table_) + ", and is left as it is");
      broken_.push_back(object);
      return true;
    });
    keep_silent();
  } catch (DatabaseError& error) {
    error.add_context("checking views and triggers before table " + quoted(table_) +
                      " is changed");
    add_way_out(error);
    throw;
  }
}

void ObjectCheck::run_after() {
  try {
    try_out([this](const Object& object, const DatabaseError&) {
      return std::any_of(broken_.begin(), broken_.end(),
                         [&](const Object& other) { return other.is(object); });
    });
    fire_all();
  } catch (DatabaseError& error) {
    error.add_context("checking views and triggers after the changes to table " +
                      quoted(table_));
    add_way_out(error);
    throw;
  }
}

}  // namespace revise::sqlite
