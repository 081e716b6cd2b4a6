/// Random batches on random tables: what comes of one is held against a database that
/// is made anew from what should come of it, in its schema, its rows, and in what both
/// then say and do.
///
/// REVISE_TEST_FULL runs 2,000 cases; REVISE_TEST_SEED=N runs the one of that seed.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "tests/batch/random_batch.hpp"
#include "tests/batch/random_model.hpp"
#include "tests/support/sqlite_changes.hpp"

namespace {

using namespace revise;
using namespace revise::testing;

using Literals = std::vector<std::string>;

// The values of a query as SQL, row by row.
std::vector<Literals> literals(ChangedDatabase& database, const std::string& sql) {
  std::vector<Literals> rows;
  for (const auto& row : database.connection().batch(sql).rows) {
    Literals values;
    for (const auto& value : row) values.push_back(std::get<std::string>(value));
    rows.push_back(values);
  }
  return rows;
}

std::string spelt(const std::string& name) { return Style{}.name(name); }

// A database with the model's tables, without rows and without what fires.
void create_tables(ChangedDatabase& database, const Model& model, const Style& style) {
  // So that there is a sqlite_sequence in each.
  database.execute(
      "CREATE TABLE n (id INTEGER PRIMARY KEY AUTOINCREMENT); DROP TABLE n");
  for (const auto& other : model.others) database.execute(filled(model, other, style));
  database.execute(create_table_sql(model, style));
}

void create_rest(ChangedDatabase& database, const Model& model, const Style& style) {
  for (const auto& index : model.indexes) {
    database.execute(create_index_sql(model, index, style));
  }
  for (const auto& object : model.objects) {
    database.execute(filled(model, object.sql, style));
  }
}

/// What is to be compared of rows: all there are.
std::string dump(ChangedDatabase& database, const Model& model) {
  const std::string rowid = rowid_word(model);
  std::string text = database.select("SELECT " + (rowid.empty() ? "" : rowid + ", ") +
                                     "* FROM " + spelt(model.table) + " ORDER BY " +
                                     (rowid.empty() ? "1, 2" : rowid));
  for (const std::string rows :
       {"id, v FROM o", "id, up FROM child", "what, old || '', new || '' FROM log",
        "name, seq FROM sqlite_sequence"}) {
    text += "\n" + rows + ": " + database.select("SELECT " + rows + " ORDER BY 1, 2");
  }
  return text;
}

// What SQLite knows of the table; names that it makes up, and orders that tell nothing,
// are left out.
std::string schema_of(ChangedDatabase& database, const Model& model) {
  const std::string table = "'" + replace_all(model.table, "'", "''") + "'";
  std::string text = database.select(
      "SELECT cid, name, type, \"notnull\", dflt_value, pk > 0, hidden FROM "
      "pragma_table_xinfo(" +
      table + ")");
  text += "\n" + database.select(
                     "SELECT \"table\", \"from\", \"to\", on_update, on_delete FROM "
                     "pragma_foreign_key_list(" +
                     table + ") ORDER BY 1, 2, 3, 4, 5");
  text +=
      "\n" +
      database.select(
          "SELECT iif(l.origin = 'c', l.name, l.origin) AS n, l.\"unique\", l.partial, "
          "(SELECT group_concat(coalesce(i.name, '?') || i.\"desc\" || i.coll) FROM "
          "pragma_index_xinfo(l.name) AS i WHERE i.key) AS c FROM pragma_index_list(" +
          table + ") AS l ORDER BY n, c, l.partial");
  return text + "\n" +
         database.select(
             "SELECT type, name, tbl_name FROM sqlite_master WHERE name NOT LIKE "
             "'sqlite_auto%' AND name NOT LIKE 'sqlite_stat%' "
             "UNION ALL SELECT type, name, tbl_name FROM sqlite_temp_master ORDER BY "
             "1, 2");
}

std::string everything(ChangedDatabase& database, const Model& model) {
  return dump(database, model) +
         database.select("SELECT * FROM sqlite_master ORDER BY name") +
         database.select("SELECT sql FROM sqlite_temp_master ORDER BY name") +
         database.select("SELECT * FROM main.sqlite_stat1 ORDER BY 1, 2, 3");
}

// What goes by the same names in another database.
void attach_namesakes(ChangedDatabase& database, const Model& model) {
  const std::string table = spelt(model.table);
  database.execute("ATTACH ':memory:' AS \"x y\"; CREATE TABLE \"x y\"." + table +
                   " (n INTEGER PRIMARY KEY AUTOINCREMENT, a UNIQUE);"
                   "INSERT INTO \"x y\"." +
                   table + " (a) VALUES (1), (2); CREATE INDEX \"x y\".\"ix 1\" ON " +
                   table + " (n); CREATE VIEW \"x y\".w AS SELECT a FROM " + table +
                   "; CREATE TRIGGER \"x y\".tr1 AFTER INSERT ON " + table +
                   " BEGIN SELECT new.a; END; ANALYZE \"x y\"");
}

std::string namesakes(ChangedDatabase& database, const Model& model) {
  return database.select("SELECT * FROM \"x y\"." + spelt(model.table)) +
         database.select("SELECT * FROM \"x y\".sqlite_master") +
         database.select("SELECT * FROM \"x y\".sqlite_stat1") +
         database.select("SELECT * FROM \"x y\".sqlite_sequence");
}

// What ANALYZE told before is what it tells afterwards, as far as it is still there: of
// each index that the batch lets be.
void check_statistics(ChangedDatabase& database, ChangedDatabase& expected,
                      const Model& before, const RandomBatch& batch) {
  const std::string all =
      "SELECT quote(idx) || ': ' || stat FROM main.sqlite_stat1 WHERE idx NOT LIKE "
      "'sqlite_auto%' ORDER BY 1";
  if (database.select("SELECT 1 FROM main.sqlite_stat1 LIMIT 1") != "1") return;
  expected.execute("ANALYZE");
  const auto told = literals(expected, all);
  for (const auto& row : literals(database, all)) {
    CAPTURE(row[0]);
    CHECK(std::find(told.begin(), told.end(), row) != told.end());
  }
  for (const auto& index : before.indexes) {
    const bool is_left =
        std::any_of(batch.after.indexes.begin(), batch.after.indexes.end(),
                    [&](const ModelIndex& other) { return other.name == index.name; });
    if (!is_left) continue;
    const std::string one =
        "SELECT stat FROM main.sqlite_stat1 WHERE idx = '" + index.name + "'";
    CHECK(database.select(one) == expected.select(one));
  }
}

bool changes_types(const RandomBatch& batch) {
  return std::any_of(batch.told.begin(), batch.told.end(), [](const std::string& told) {
    return told.find(" becomes ") != std::string::npos;
  });
}

// The rows of `database`, as `before` has them, into `expected`, as the batch should
// leave them.
void copy_rows(ChangedDatabase& database, const Model& before,
               ChangedDatabase& expected, const RandomBatch& batch) {
  const Model& after = batch.after;
  std::vector<std::string> from;
  std::vector<std::string> to;
  std::vector<std::string> casts;
  const auto add = [&](const std::string& source, const std::string& target,
                       const std::string& cast) {
    from.push_back("quote(" + source + ")");
    to.push_back(target);
    casts.push_back(cast);
  };
  const bool had_key = before.key_column != 0;
  const bool has_key = after.key_column != 0;
  std::string old_rowid = rowid_word(before);
  if (had_key) old_rowid = spelt(before.find(before.key_column)->name);
  if (!has_key && !after.without_rowid && !old_rowid.empty() &&
      !rowid_word(after).empty()) {
    add(old_rowid, rowid_word(after), "");
  }
  for (const auto& column : before.columns) {
    const ModelColumn* left = after.find(column.number);
    if (left == nullptr || !column.generated.empty()) continue;
    const auto cast = batch.casts.find(column.number);
    add(spelt(column.name), spelt(left->name),
        cast == batch.casts.end() ? "" : cast->second);
  }
  for (const auto& row : literals(
           database, "SELECT " + join(from, ", ") + " FROM " + spelt(before.table))) {
    std::vector<std::string> values;
    for (std::size_t i = 0; i < row.size(); ++i) {
      std::string value = row[i];
      for (const auto& type : split(casts[i], ' ')) {
        if (!type.empty()) value = "CAST(" + value + " AS " + type + ")";
      }
      values.push_back(value);
    }
    expected.execute("INSERT OR ABORT INTO " + spelt(after.table) + " (" +
                     join(to, ", ") + ") VALUES (" + join(values, ", ") + ")");
  }
}

void copy_others(ChangedDatabase& database, const RandomBatch& batch,
                 ChangedDatabase& expected) {
  std::vector<std::pair<std::string, std::string>> tables = {
      {"o",     "id, v"         },
      {"child", "id, up"        },
      {"log",   "what, old, new"}
  };
  if (batch.after.key == "counter") tables.push_back({"sqlite_sequence", "name, seq"});
  if (batch.after.keys_of_children.empty()) tables.erase(tables.begin() + 1);
  for (const auto& [table, columns] : tables) {
    expected.execute("DELETE FROM " + table);
    const std::string quoted = replace_all("quote(" + columns + ")", ", ", "), quote(");
    for (const auto& row : literals(database, "SELECT " + quoted + " FROM " + table)) {
      expected.execute("INSERT INTO " + table + " (" + columns + ") VALUES (" +
                       join(row, ", ") + ")");
    }
  }
}

// Which kind of refusal; the name of an unnamed check is its text, spaces and all.
std::string told_by(ChangedDatabase& database, const std::string& sql) {
  try {
    database.execute(sql);
    return "done";
  } catch (const DatabaseError& error) {
    const std::string text = error.what();
    const bool is_check = text.starts_with("CHECK");
    return is_check ? "CHECK" : text;
  }
}

std::string random_statement(const Model& model, Random& random) {
  const ModelColumn& one = random.one_of(model.columns);
  const ModelColumn& two = random.one_of(model.columns);
  const std::string table = spelt(model.table);
  switch (random.below(6)) {
    case 0:
      return "DELETE FROM " + table + " WHERE " + spelt(one.name) + " = " +
             random_value(model, one, random);
    case 1:
      return "UPDATE " + table + " SET " + spelt(one.name) + " = " +
             random_value(model, one, random) + " WHERE " + spelt(two.name) + " > " +
             random_value(model, two, random);
    case 2:
      return "INSERT INTO o VALUES (" + std::to_string(random.below(12)) + ", " +
             std::to_string(random.below(9)) + ")";
    case 3:
      return "DELETE FROM o WHERE id = " + std::to_string(random.below(6));
    default: {
      std::vector<std::string> names;
      std::vector<std::string> values;
      for (const auto& column : model.columns) {
        if (!column.generated.empty() || random.chance(15)) continue;
        names.push_back(spelt(column.name));
        values.push_back(random_value(model, column, random));
      }
      if (names.empty()) return "INSERT INTO " + table + " DEFAULT VALUES";
      return "INSERT INTO " + table + " (" + join(names, ", ") + ") VALUES (" +
             join(values, ", ") + ")";
    }
  }
}

// Both are told the same, with foreign keys and triggers at work, and must answer
// alike.
void probe(ChangedDatabase& database, ChangedDatabase& expected, const Model& model,
           Random& random) {
  for (ChangedDatabase* one : {&database, &expected}) {
    one->execute("PRAGMA foreign_keys = ON");
  }
  for (int i = 0; i < 40; ++i) {
    std::string sql = random_statement(model, random);
    if (i % 10 == 9) sql = "INSERT INTO v VALUES (1, 2)";
    CAPTURE(sql);
    REQUIRE(told_by(database, sql) == told_by(expected, sql));
  }
  CHECK(dump(database, model) == dump(expected, model));
}

bool is_about_rows(const std::string& error) {
  return error.find("constraint failed") != std::string::npos ||
         error.find("datatype mismatch") != std::string::npos ||
         error.find("cannot store") != std::string::npos;
}

std::string run(ChangedDatabase& database, const Model& model,
                const RandomBatch& batch) {
  return database.change([&](Operations& op) {
    BatchAlterTableOptions options{.recreate =
                                       batch.recreates_always ? "always" : "auto"};
    if (!batch.order.empty()) options.partial_reordering = {Names(batch.order)};
    op.batch_alter_table(model.table, options, [&](BatchOperations& batch_op) {
      for (const auto& ask : batch.asked) ask(batch_op);
    });
  });
}

enum class Result { Changed, Refused };

// Random rows may be in the way of a unique index; then there is none.
void create_what_fits(ChangedDatabase& database, Model& model, const Style& style) {
  std::erase_if(model.indexes, [&](const ModelIndex& index) {
    return told_by(database, create_index_sql(model, index, style)) != "done";
  });
  Model rest = model;
  rest.indexes.clear();
  create_rest(database, rest, style);
}

// False when the rows do not fit what the batch asks for.
bool make_expected(ChangedDatabase& database, const Model& before,
                   const RandomBatch& batch, ChangedDatabase& expected) {
  create_tables(expected, batch.after, {});
  try {
    copy_rows(database, before, expected, batch);
    copy_others(database, batch, expected);
    create_rest(expected, batch.after, {});
    return true;
  } catch (const DatabaseError&) {
    return false;
  }
}

Result run_case(std::uint64_t seed) {
  Random random(seed);
  Model model = random_model(random);
  const Style style{&random};
  ChangedDatabase database;
  create_tables(database, model, style);
  for (const auto& sql : random_rows(model, random)) told_by(database, sql);
  create_what_fits(database, model, style);
  const RandomBatch batch = random_batch(model, random);
  attach_namesakes(database, model);
  if (random.chance(50)) database.execute("ANALYZE main");
  CAPTURE(seed);
  CAPTURE(join(batch.told, "; "));
  CAPTURE(create_table_sql(model, {}));
  CAPTURE(database.select("SELECT sql FROM sqlite_master WHERE name = '" +
                          replace_all(model.table, "'", "''") + "'"));

  ChangedDatabase expected;
  const bool fits = make_expected(database, model, batch, expected);
  const std::string before = everything(database, model);
  const std::string elsewhere = namesakes(database, model);
  const std::string thrown = run(database, model, batch);
  CHECK(namesakes(database, model) == elsewhere);
  if (!thrown.empty()) {
    CHECK_MESSAGE(!fits, thrown);
    CHECK_MESSAGE(is_about_rows(thrown), thrown);
    CHECK(everything(database, model) == before);
    return Result::Refused;
  }
  REQUIRE(fits);
  // SQLite 3.40 finds NULL in tables WITHOUT ROWID where there is none.
  CHECK(database.select("PRAGMA integrity_check") ==
        expected.select("PRAGMA integrity_check"));
  CHECK(schema_of(database, batch.after) == schema_of(expected, batch.after));
  CHECK(dump(database, batch.after) == dump(expected, batch.after));
  if (!changes_types(batch)) check_statistics(database, expected, model, batch);
  probe(database, expected, batch.after, random);
  return Result::Changed;
}

}  // namespace

TEST_SUITE("batch/torture") {
  TEST_CASE("random batches on random tables give what was asked for, and no more") {
    if (const char* seed = std::getenv("REVISE_TEST_SEED")) {
      run_case(std::strtoull(seed, nullptr, 10));
      return;
    }
    const int cases = std::getenv("REVISE_TEST_FULL") == nullptr ? 150 : 2'000;
    const std::uint64_t first = 20261125;
    MESSAGE("seeds " << first << " to "
                     << first + static_cast<std::uint64_t>(cases) - 1);
    int changed = 0;
    for (int i = 0; i < cases; ++i) {
      const auto seed = first + static_cast<std::uint64_t>(i);
      changed += run_case(seed) == Result::Changed ? 1 : 0;
    }
    // Else the cases would show little.
    CHECK(changed * 2 > cases);
    MESSAGE(changed << " of " << cases << " batches were done, the others refused");
  }
}
