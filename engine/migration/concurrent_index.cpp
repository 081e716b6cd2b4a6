#include "engine/migration/concurrent_index.hpp"

#include <string>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "engine/core/text.hpp"
#include "engine/driver/postgresql_statements.hpp"

namespace revise::migration {

namespace {

using operations::CreateIndexOp;
using operations::DropIndexOp;
using operations::Operation;
using Words = std::vector<std::string>;

constexpr std::string_view kLogger = "alembic.runtime.migration";

// The first words of `statement`, those without quotes in lower case; a name with its
// schema is one.
Words first_words(std::string_view statement) {
  constexpr std::size_t kTelling = 24;
  Words words;
  bool goes_on = false;
  for (const auto token : driver::tokens_of(statement)) {
    const std::string word = token.front() == '"' ? std::string(token) : lower(token);
    const bool is_dot = word == ".";
    if ((goes_on || is_dot) && !words.empty()) {
      words.back() += word;
    } else if (words.size() == kTelling) {
      break;
    } else {
      words.push_back(word);
    }
    goes_on = is_dot;
  }
  return words;
}

// Takes `wanted` off the front, where it stands there.
bool take(Words& words, std::string_view wanted) {
  if (words.empty() || words.front() != wanted) return false;
  words.erase(words.begin());
  return true;
}

std::string take_any(Words& words) {
  if (words.empty()) return {};
  std::string word = words.front();
  words.erase(words.begin());
  return word;
}

std::string unquoted(const std::string& word) {
  if (word.size() < 2 || word.front() != '"') return word;
  return replace_all(word.substr(1, word.size() - 2), "\"\"", "\"");
}

class Leftovers {
 public:
  Leftovers(driver::Connection& connection, const dialects::Dialect& dialect)
      : connection_(connection), dialect_(dialect) {}

  struct Existing {
    bool is_valid;
    bool is_unique;
    std::string definition;
  };

  /// `table` as it stands in SQL, `index` unquoted; it is in its table's schema.
  /// Nothing: it is not there.
  std::optional<Existing> find(const std::string& index, const std::string& table) {
    const auto found = connection_.batch(
        "SELECT i.indisvalid, i.indisunique, pg_get_indexdef(i.indexrelid) "
        "FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON "
        "c.oid = i.indexrelid WHERE i.indrelid = to_regclass(" +
        dialect_.literal(table) + ") AND c.relname = " + dialect_.literal(index));
    if (found.rows.empty()) return std::nullopt;
    const auto& row = found.rows.front();
    return Existing{.is_valid = std::get<bool>(row[0]),
                    .is_unique = std::get<bool>(row[1]),
                    .definition = std::get<std::string>(row[2])};
  }

  /// Drops the INVALID indexes for which `condition` holds, of index `i` with class
  /// `c`.
  void drop(const std::string& condition) {
    const auto found = connection_.batch(
        "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_catalog.pg_index i "
        "JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
        "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "WHERE NOT i.indisvalid AND c.relkind = 'i' AND n.nspname <> 'pg_toast' AND " +
        condition + " ORDER BY 1");
    for (const auto& row : found.rows) {
      const auto* name = std::get_if<std::string>(&row.front());
      if (name == nullptr) continue;
      log::warning(kLogger, "the index " + quoted(*name) +
                                " is INVALID, as a build that did not come to its end "
                                "leaves it; it is dropped first");
      connection_.execute("DROP INDEX CONCURRENTLY IF EXISTS " + *name);
    }
  }

  void drop_index(const std::string& index, const std::string& table) {
    drop("i.indrelid = to_regclass(" + dialect_.literal(table) +
         ") AND c.relname = " + dialect_.literal(index));
  }

  /// Of REINDEX CONCURRENTLY, whose object is of `kind`.
  void drop_reindexed(const std::string& kind, const std::string& name) {
    const std::string suffix = "c.relname ~ '_cc(new|old)[0-9]*$'";
    const std::string object = "to_regclass(" + dialect_.literal(name) + ")";
    if (kind == "index") {
      drop(suffix +
           " AND i.indrelid = (SELECT o.indrelid FROM pg_catalog.pg_index o "
           "WHERE o.indexrelid = " +
           object + ")");
    } else if (kind == "table") {
      drop(suffix + " AND i.indrelid = " + object);
    } else if (kind == "schema") {
      drop(suffix + " AND n.nspname = " + dialect_.literal(unquoted(name)));
    } else {
      drop(suffix);
    }
  }

 private:
  driver::Connection& connection_;
  const dialects::Dialect& dialect_;
};

// CREATE [UNIQUE] INDEX CONCURRENTLY [IF NOT EXISTS] name ON [ONLY] table
void clear_before_create(Leftovers& leftovers, Words words) {
  take(words, "unique");
  if (!take(words, "index") || !take(words, "concurrently")) return;
  if (take(words, "if")) {
    take(words, "not");
    take(words, "exists");
  }
  const auto index = take_any(words);
  if (!take(words, "on")) return;
  take(words, "only");
  leftovers.drop_index(unquoted(index), take_any(words));
}

// REINDEX [(...)] INDEX | TABLE | SCHEMA | DATABASE CONCURRENTLY name
void clear_before_reindex(Leftovers& leftovers, Words words) {
  bool is_concurrent = false;
  if (take(words, "(")) {
    for (auto word = take_any(words); !word.empty() && word != ")";
         word = take_any(words)) {
      is_concurrent = is_concurrent || word.starts_with("concurrently");
    }
  }
  const auto kind = take_any(words);
  is_concurrent = take(words, "concurrently") || is_concurrent;
  if (is_concurrent) leftovers.drop_reindexed(kind, take_any(words));
}

void clear_before(Leftovers& leftovers, std::string_view statement) {
  auto words = first_words(statement);
  if (take(words, "create")) {
    clear_before_create(leftovers, std::move(words));
  } else if (take(words, "reindex")) {
    clear_before_reindex(leftovers, std::move(words));
  }
}

// One that an earlier run built is of the kind that is asked for; rows that are not
// unique would come as a surprise.
void check_kind(const schema::Index& wanted, bool is_unique,
                const std::string& definition) {
  if (wanted.unique == is_unique) return;
  throw UnitError("an index " + quoted(wanted.name) + " is there already, and " +
                  (is_unique ? "unique, which the unit's is not: "
                             : "not unique, which the unit's is: ") +
                  definition + "; drop it first, or give the other one another name");
}

}  // namespace

Operation run_again(driver::Connection& connection, const dialects::Dialect& dialect,
                    const Operation& operation) {
  Operation again = operation;
  Leftovers leftovers(connection, dialect);
  if (auto* drop = std::get_if<DropIndexOp>(&again)) {
    drop->if_exists = true;
  } else if (auto* create = std::get_if<CreateIndexOp>(&again)) {
    const auto table = dialect.qualified(create->schema, create->table);
    const auto& index = create->index.name;
    const auto existing = leftovers.find(index, table);
    if (existing && existing->is_valid) {
      check_kind(create->index, existing->is_unique, existing->definition);
      log::info(kLogger, "the index " + quoted(index) +
                             " is there already, and valid; it is left alone: " +
                             existing->definition);
      create->if_not_exists = true;
    } else if (existing) {
      leftovers.drop_index(index, table);
    }
  }
  return again;
}

void execute_again(driver::Connection& connection, const dialects::Dialect& dialect,
                   std::string_view sql) {
  Leftovers leftovers(connection, dialect);
  for (const auto statement : driver::split_statements(sql)) {
    clear_before(leftovers, statement);
    connection.execute(statement);
  }
}

}  // namespace revise::migration
