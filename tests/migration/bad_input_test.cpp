/// What a person gets to read when a server refuses something, word by word.

#include <doctest/doctest.h>

#include "tests/migration/postgresql_runs.hpp"

namespace {

using namespace revise;
using namespace revise::testing;
using migration::Settings;

const std::string kNothing = " | no step was committed | the version table holds: base";

// Of a unit whose first statement is `sql`, in a database that `prepare` made.
std::string refused(const std::string& prepare, const std::string& sql) {
  std::string told;
  on_postgresql([&](const TestDatabase& database) {
    if (!prepare.empty()) database.connect()->execute(prepare);
    told = outcome_of(run_of(database, chain_of({sql})));
  });
  return told;
}

std::string in_step(const std::string& sql) {
  return " | in upgrade  -> a, statement 1 of the step: " + sql;
}

const std::string kTaken =
    " | way out: the database has what this step makes, but no record of it; if it has "
    "all of it, 'revise stamp a' records that, and if it has a part, take that part "
    "out first";

}  // namespace

TEST_SUITE("migration/bad_input") {
  TEST_CASE("what is there already is told with the way out") {
    if (!tests_dialect("postgresql")) return;
    const struct {
      std::string prepare;
      std::string sql;
      std::string words;
      std::string code;
    } rows[] = {
        {"CREATE TABLE ta (id INT)", "CREATE TABLE ta (id INT)",
         "relation \"ta\" already exists",                  "42P07"},
        {"CREATE TABLE ta (id INT)", "ALTER TABLE ta ADD COLUMN id INT",
         "column \"id\" of relation \"ta\" already exists", "42701"},
        {"CREATE SCHEMA other",      "CREATE SCHEMA other",
         "schema \"other\" already exists",                 "42P06"},
        {"CREATE TYPE m AS ENUM ()", "CREATE TYPE m AS ENUM ()",
         "type \"m\" already exists",                       "42710"},
    };
    for (const auto& row : rows) {
      CHECK(refused(row.prepare, row.sql) ==
            row.words + in_step(row.sql) + " | code: " + row.code + kTaken + kNothing);
    }
  }

  TEST_CASE("a value that does not fit is told as the server tells it") {
    if (!tests_dialect("postgresql")) return;
    const std::string prepare =
        "CREATE TABLE ta (id SMALLINT NOT NULL, name VARCHAR(3), n NUMERIC(3, 1))";
    const struct {
      std::string sql;
      std::string told;
    } rows[] = {
        {"INSERT INTO ta VALUES (99999)",       "smallint out of range" +
                                              in_step("INSERT INTO ta VALUES (99999)") +
                                              " | code: 22003"},
        {"INSERT INTO ta VALUES (1, 'four')",
         "value too long for type character varying(3)" +
             in_step("INSERT INTO ta VALUES (1, 'four')") + " | code: 22001"                           },
        {"INSERT INTO ta VALUES (1, 'a', 100)",
         "numeric field overflow" + in_step("INSERT INTO ta VALUES (1, 'a', 100)") +
             " | code: 22003 | detail: A field with precision 3, scale 1 must round to "
             "an absolute value less than 10^2."                                                       },
    };
    for (const auto& row : rows)
      CHECK(refused(prepare, row.sql) == row.told + kNothing);
  }

  TEST_CASE("a right that is lacking is told with who lacks it and who can help") {
    on_postgresql([](const TestDatabase& database) {
      const std::string role = "weak_" + database.select("SELECT current_database()");
      const auto owner = database.connect();
      owner->execute("CREATE ROLE " + role + "; CREATE TABLE ta (id INT)");
      migration::ensure_version_table(run_of(database, {}));
      owner->execute("GRANT ALL ON alembic_version TO " + role);
      Settings settings;
      settings.session.role = role;
      const std::string references =
          ", and REFERENCES on each table that is referred to";
      const struct {
        std::string sql;
        std::string words;
        std::string place;
        std::string taken;
      } rows[] = {
          {"CREATE TABLE tb (id INT)",  "permission denied for schema public",
           " | at: line 1, column 14 of the statement",                            "CREATE on the schema" + references},
          {"INSERT INTO ta VALUES (1)", "permission denied for table ta",      "",
           "INSERT on the table, and USAGE on its schema"                                                             },
          {"ALTER TABLE ta ADD b INT",  "must be owner of table ta",           "",
           "to own the table" + references                                                                            },
      };
      for (const auto& row : rows) {
        CHECK(outcome_of(run_of(database, chain_of({row.sql}), settings)) ==
              row.words + in_step(row.sql) + row.place +
                  " | code: 42501 | way out: this takes " + row.taken +
                  "; have it granted, or run as somebody who has it | " +
                  "the run works as the role '" + role +
                  "'; the setting role gives it another" + kNothing);
      }
      owner->execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
    });
  }

  TEST_CASE("a name that is too long is refused before it is sent") {
    on_postgresql([](const TestDatabase& database) {
      const std::string name(64, 'n');
      const Chain chain{{{"a", [&name](Operations& op) {
                            op.create_table(name, {Column("id", Integer)});
                          }}}};
      CHECK(outcome_of(run_of(database, chain)) ==
            "the name '" + name +
                "' has 64 bytes, and PostgreSQL takes 63; it would cut it off | in "
                "upgrade  -> a, statement 1 of the step" +
                kNothing);
    });
  }
}
