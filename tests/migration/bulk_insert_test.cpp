/// bulk_insert on PostgreSQL: the same rows by whichever way they travel.

#include <doctest/doctest.h>

#include <optional>
#include <revise/data.hpp>

#include "tests/migration/postgresql_runs.hpp"

namespace {

using namespace revise;
using namespace revise::testing;

constexpr int kFew = 3;
constexpr int kMany = 1500;  // enough for COPY, and for several messages

// The shapes that a text format could garble.
const char* const kTexts[] = {"plain", "",      "\\N",    "tab\tand\nline\r",
                              "\\.",   "\\x41", "quo'te", "{\"a\"}",
                              "ü€😀",   " "};

std::string text_of(int row) { return kTexts[row % std::size(kTexts)]; }

using Wide = TableClause<long long, std::string, std::optional<double>, bool>;

Wide wide(const char* name) {
  return table(name, column<long long>("n"), column<std::string>("t"),
               column<std::optional<double>>("d"), column<bool>("b"));
}

void insert_wide(Operations& op, const char* name, int count) {
  std::vector<std::tuple<long long, std::string, std::optional<double>, bool>> rows;
  for (int i = 0; i < count; ++i) {
    const auto real = i % 3 == 0 ? std::nullopt : std::optional<double>(i / 7.0);
    rows.emplace_back(i, text_of(i), real, i % 2 == 0);
  }
  op.bulk_insert(wide(name), rows);
}

// Numbers from 0, and `odd` in the place of the one at `at`.
Unit inserts(const std::string& name, int count, int at, long long odd) {
  return [=](Operations& op) {
    std::vector<std::tuple<long long>> rows;
    for (int i = 0; i < count; ++i) rows.emplace_back(i == at ? odd : i);
    op.bulk_insert(table(Characters(name), column<long long>("n")), rows);
  };
}

std::string outcome(const TestDatabase& database, const Unit& unit) {
  const Chain chain{{{"a", unit}}};
  return outcome_of(run_of(database, chain));
}

}  // namespace

TEST_SUITE("migration/bulk_insert") {
  TEST_CASE("rows are the same by COPY and by INSERT, and in the order given") {
    on_postgresql([](const TestDatabase& database) {
      const std::string columns =
          " (id SERIAL, n BIGINT, t TEXT, d FLOAT8, b BOOLEAN); ";
      // A trigger keeps COPY away.
      database.connect()->execute(
          "CREATE TABLE ta" + columns + "CREATE TABLE tb" + columns +
          "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS "
          "'BEGIN RETURN NEW; END'; CREATE TRIGGER tr BEFORE INSERT ON tb "
          "FOR EACH ROW EXECUTE FUNCTION f()");
      CHECK(outcome(database, [](Operations& op) {
              insert_wide(op, "ta", kMany);
              insert_wide(op, "tb", kMany);
            }) == "done");
      CHECK(database.select("SELECT count(*) FROM ta") == std::to_string(kMany));
      CHECK(database.select("SELECT count(*) FROM (TABLE ta EXCEPT TABLE tb) e") ==
            "0");
      CHECK(database.select("SELECT count(*) FROM ta WHERE id <> n + 1") == "0");
      for (int i = 0; i < static_cast<int>(std::size(kTexts)); ++i) {
        CHECK(database.select("SELECT t FROM ta WHERE n = " + std::to_string(i)) ==
              text_of(i));
      }
    });
  }

  TEST_CASE("where COPY would mean something else, rows go by INSERT") {
    const struct {
      std::string name;
      std::string prepare;
      std::string outcome;
      std::string count;
    } rows[] = {
        {"a rule",                "CREATE RULE r AS ON INSERT TO ta DO INSTEAD NOTHING",     "done",                                                "0"                  },
        {"a view",                "ALTER TABLE ta RENAME TO tb; CREATE VIEW ta AS TABLE tb", "done",
         std::to_string(kMany)                                                                                                                                           },
        {"an identity",
         "ALTER TABLE ta ALTER n SET NOT NULL, "
         "ALTER n ADD GENERATED ALWAYS AS IDENTITY",                                         "cannot insert a non-DEFAULT value into column \"n\"", "0"                  },
        {"a statement's trigger",
         "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN "
         "INSERT INTO tc VALUES (1); RETURN NULL; END'; CREATE TABLE tc (n INT); "
         "CREATE TRIGGER tr AFTER INSERT ON ta FOR EACH STATEMENT EXECUTE FUNCTION f()",     "done",                                                std::to_string(kMany)},
    };
    for (const auto& row : rows) {
      CAPTURE(row.name);
      on_postgresql([&](const TestDatabase& database) {
        database.connect()->execute("CREATE TABLE ta (n BIGINT)");
        database.connect()->execute(row.prepare);
        CHECK(holds(outcome(database, inserts("ta", kMany, -1, 0)), row.outcome));
        CHECK(database.select("SELECT count(*) FROM ta") == row.count);
      });
    }
  }

  TEST_CASE("the row that is refused is told by number, its values in no statement") {
    const struct {
      int count;
      int at;
      long long odd;
      std::string words;
    } rows[] = {
        {kFew,  1,    0,           "duplicate key value violates unique constraint"},
        {kMany, 1200, 7,           "duplicate key value violates unique constraint"},
        {kFew,  2,    99999999999,
         "value \"99999999999\" is out of range for type integer"                  },
        {kMany, 600,  99999999999,
         "value \"99999999999\" is out of range for type integer"                  },
        {kMany, 0,    -1,          "violates check constraint"                     },
    };
    for (const auto& row : rows) {
      CAPTURE(row.count);
      CAPTURE(row.at);
      on_postgresql([&](const TestDatabase& database) {
        database.connect()->execute(
            "CREATE TABLE ta (n INTEGER PRIMARY KEY CHECK (n >= 0))");
        const auto told = outcome(database, inserts("ta", row.count, row.at, row.odd));
        CHECK(holds(told, row.words));
        CHECK(holds(told, "at: row " + std::to_string(row.at + 1) + " of those given"));
        CHECK(holds(told, "statement 1 of the step: INSERT INTO ta (n) VALUES ($1) |"));
        CHECK(database.select("SELECT count(*) FROM ta") == "0");
      });
    }
  }

  TEST_CASE("outside a transaction all rows go in or none") {
    on_postgresql([](const TestDatabase& database) {
      database.connect()->execute("CREATE TABLE ta (n INTEGER PRIMARY KEY)");
      const auto block = [](const Unit& unit) -> Unit {
        return [unit](Operations& op) { op.autocommit_block([&] { unit(op); }); };
      };
      const auto told = outcome(database, block(inserts("ta", kFew, 2, 1)));
      CHECK(holds(told, "at: row 3 of those given"));
      CHECK(database.select("SELECT count(*) FROM ta") == "0");
      CHECK(outcome(database, block(inserts("ta", kFew, -1, 0))) == "done");
      CHECK(database.select("SELECT count(*) FROM ta") == std::to_string(kFew));
    });
  }

  TEST_CASE("text that PostgreSQL cannot hold is refused, with its row") {
    on_postgresql([](const TestDatabase& database) {
      database.connect()->execute("CREATE TABLE ta (t TEXT)");
      for (const int count : {kFew, kMany}) {
        const auto told = outcome(database, [count](Operations& op) {
          std::vector<std::tuple<std::string>> rows(static_cast<std::size_t>(count - 1),
                                                    std::tuple<std::string>("x"));
          rows.emplace_back(std::string("a\0b", 3));
          op.bulk_insert(table("ta", column<std::string>("t")), rows);
        });
        CHECK(holds(told, "PostgreSQL's text cannot hold a NUL byte"));
        CHECK(holds(told, "at: row " + std::to_string(count) + " of those given"));
      }
    });
  }
}
