#include "engine/dialects/sqlite/object_check.hpp"

#include <algorithm>

#include "engine/core/log.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/sqlite/lexer.hpp"

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

std::vector<ObjectCheck::Object> ObjectCheck::read() const {
  std::vector<Object> objects;
  Names schemas = {schema_};
  if (!is_same_name(schema_, "temp")) schemas.emplace_back("temp");
  for (const std::string& schema : schemas) {
    const auto found =
        live_.read("SELECT type, name, sql FROM " + dialect_.quote(schema) +
                   ".sqlite_master WHERE type IN ('view', 'trigger')");
    for (const auto& row : found.rows) {
      objects.push_back({schema, text_at(row, 0), text_at(row, 1), text_at(row, 2)});
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

bool ObjectCheck::mentions_table(const Object& object) const {
  const auto objects = read();
  Names names = {table_};
  for (std::size_t count = 0; count != names.size();) {
    count = names.size();
    for (const Object& view : objects) {
      const bool is_new = view.type == "view" && !has(names, view.name);
      if (is_new && mentions(view.sql, names)) names.push_back(view.name);
    }
  }
  return mentions(object.sql, names);
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

void ObjectCheck::run_before() {
  try {
    try_out([this](const Object& object, const DatabaseError& error) {
      if (mentions_table(object)) return false;
      log::warning("revise.dialects.sqlite",
                   std::string(error.what()) + "; it has nothing to do with table " +
                       quoted(table_) + ", and is left as it is");
      broken_.push_back(object);
      return true;
    });
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
      return std::any_of(broken_.begin(), broken_.end(), [&](const Object& other) {
        return other.schema == object.schema && other.name == object.name;
      });
    });
  } catch (DatabaseError& error) {
    error.add_context("checking views and triggers after the changes to table " +
                      quoted(table_));
    add_way_out(error);
    throw;
  }
}

}  // namespace revise::sqlite
