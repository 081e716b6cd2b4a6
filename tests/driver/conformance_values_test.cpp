/// What every driver must do with values and at the ends of things, the same cases over
/// all of them.

#include <doctest/doctest.h>

#include <functional>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "tests/driver/conformance.hpp"

namespace {

using namespace revise;
using namespace revise::testing;
using driver::Blob;
using driver::Row;
using driver::Value;

}  // namespace

TEST_SUITE("driver/conformance_values") {
  TEST_CASE("a value of many megabytes comes back whole") {
    for_each_dialect([](const TestDatabase&, driver::Connection& connection) {
      const bool is_sqlite = connection.dialect() == "sqlite";
      connection.execute(is_sqlite ? "CREATE TABLE t (s TEXT, b BLOB)"
                                   : "CREATE TABLE t (s TEXT, b BYTEA)");
      std::string text;
      while (text.size() < 9'000'000) text += "ü'\"\\ " + std::to_string(text.size());
      const Row given = {text, Blob{text + std::string(1, '\0') + text}};
      connection.query("INSERT INTO t VALUES (" + placeholder(connection, 1) + ", " +
                           placeholder(connection, 2) + ")",
                       given);
      CHECK((connection.query("SELECT s, b FROM t").rows.front() == given));
      const auto literal = replace_all(text, "'", "''");
      const auto length = connection.query("SELECT length('" + literal + "')");
      const auto characters = connection.query("SELECT length(s) FROM t");
      CHECK((length.rows == characters.rows));
    });
  }

  TEST_CASE("a thousand rows of as many parameters as a statement may have") {
    for_each_dialect([](const TestDatabase&, driver::Connection& connection) {
      constexpr std::size_t kMany = 1000;
      Row values;
      std::vector<std::string> places;
      for (std::size_t i = 1; i <= kMany; ++i) {
        values.emplace_back(static_cast<std::int64_t>(i));
        places.push_back("CAST(" + placeholder(connection, i) + " AS INTEGER)");
      }
      const auto read = connection.query("SELECT " + join(places, ", "), values);
      CHECK((read.rows.front() == values));
      connection.execute("CREATE TABLE t (a INTEGER)");
      const std::vector<Row> rows(kMany, Row{std::int64_t{7}});
      connection.execute_many(
          "INSERT INTO t VALUES (" + placeholder(connection, 1) + ")", rows);
      CHECK(text_of_rows(connection.query("SELECT count(*), sum(a) FROM t")) ==
            "1000 7000");
    });
  }

  TEST_CASE("NULL is told from what is empty, zero and false") {
    for_each_dialect([](const TestDatabase&, driver::Connection& connection) {
      const bool is_sqlite = connection.dialect() == "sqlite";
      connection.execute(is_sqlite ? "CREATE TABLE t (n INTEGER, s TEXT, b BLOB)"
                                   : "CREATE TABLE t (n BIGINT, s TEXT, b BYTEA)");
      const std::vector<Row> rows = {
          {std::int64_t{0},  std::string(),    Blob{}          },
          {std::monostate{}, std::monostate{}, std::monostate{}}
      };
      connection.execute_many("INSERT INTO t VALUES (" + placeholder(connection, 1) +
                                  ", " + placeholder(connection, 2) + ", " +
                                  placeholder(connection, 3) + ")",
                              rows);
      const auto read = connection.query("SELECT * FROM t ORDER BY n IS NULL");
      CHECK((read.rows == rows));
    });
  }

  TEST_CASE("a result says its columns also where there is no row, or two of a name") {
    for_each_dialect([](const TestDatabase&, driver::Connection& connection) {
      const auto none = connection.query("SELECT 1 AS \"ä b\", 2 AS x WHERE 1 = 0");
      CHECK(join(none.columns, "|") == "ä b|x");
      CHECK(none.rows.empty());
      const auto twice = connection.query("SELECT 1 AS x, 2 AS x");
      CHECK(join(twice.columns, "|") == "x|x");
      CHECK(text_of_rows(twice) == "1 2");
    });
  }

  TEST_CASE("the rows that a statement changed are counted, by the statement alone") {
    for_each_dialect([](const TestDatabase&, driver::Connection& connection) {
      connection.execute("CREATE TABLE t (a INTEGER)");
      CHECK(connection.query("INSERT INTO t VALUES (1), (2), (3)").changed == 3);
      CHECK(connection.query("UPDATE t SET a = 9 WHERE a > 1").changed == 2);
      CHECK(connection.query("DELETE FROM t WHERE a = 0").changed == 0);
      CHECK(connection.query("SELECT * FROM t").changed == 0);
      CHECK(connection.query("INSERT INTO t VALUES (4), (5) RETURNING a").changed == 2);
      CHECK(connection.query("UPDATE t SET a = 1 WHERE a = 9 RETURNING a").changed ==
            2);
      CHECK(connection.query("DELETE FROM t WHERE a = 77 RETURNING a").changed == 0);
      CHECK(connection.query("WITH n AS (SELECT 7 AS a) INSERT INTO t SELECT a FROM n")
                .changed == 1);
    });
  }

  TEST_CASE("no statement at all does nothing") {
    for_each_dialect([](const TestDatabase&, driver::Connection& connection) {
      for (const std::string nothing :
           {"", " \n", ";;", "-- a comment", "/* one */;"}) {
        CAPTURE(nothing);
        connection.execute(nothing);
        connection.batch(nothing);
      }
      connection.execute("BEGIN");
      connection.execute(";");
      CHECK(connection.in_transaction());
      connection.execute("ROLLBACK");
    });
  }

  TEST_CASE("a NUL byte in a statement is refused, not taken for its end") {
    for_each_dialect([](const TestDatabase& database, driver::Connection& connection) {
      const std::string script("CREATE TABLE t (a INTEGER);\0 DROP TABLE t", 41);
      for (const auto& run : std::vector<std::function<void()>>{
               [&] { connection.execute(script); }, [&] { connection.batch(script); },
               [&] { connection.query(script); }}) {
        CHECK(error_of(run).what() == std::string("a statement holds a NUL byte"));
      }
      CHECK(error_of([&] { database.select("SELECT * FROM t"); }).code() != "");
    });
  }

  TEST_CASE("a refused row names its statement, and what came before it stays") {
    for_each_dialect([](const TestDatabase& database, driver::Connection& connection) {
      connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY)");
      const std::string insert =
          "INSERT INTO t VALUES (" + placeholder(connection, 1) + ")";
      const std::vector<Row> rows = {{std::int64_t{1}}, {std::int64_t{1}}};
      const auto error = error_of([&] { connection.execute_many(insert, rows); });
      CHECK(error.statement() == insert);
      CHECK(error.code() == (database.dialect() == "sqlite" ? "1555" : "23505"));
      CHECK_FALSE(error.details().connection_lost);
      CHECK(database.select("SELECT a FROM t") == "1");
      const std::vector<Row> wide = {
          {std::int64_t{2}, std::int64_t{3}}
      };
      CHECK(error_of([&] { connection.execute_many(insert, wide); }).statement() ==
            insert);
      CHECK(database.select("SELECT a FROM t") == "1");
    });
  }

  TEST_CASE(
      "a transaction that failed is ended by ROLLBACK, and to a savepoint goes on") {
    for_each_dialect([](const TestDatabase& database, driver::Connection& connection) {
      connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY)");
      connection.execute("BEGIN; INSERT INTO t VALUES (1); SAVEPOINT s");
      CHECK_THROWS_AS(connection.execute("INSERT INTO t VALUES (1)"), DatabaseError);
      CHECK(connection.in_transaction());
      connection.execute("ROLLBACK TO s; INSERT INTO t VALUES (2); COMMIT");
      CHECK(database.select("SELECT a FROM t ORDER BY a") == "1,2");
      connection.execute("BEGIN; DELETE FROM t");
      CHECK_THROWS_AS(connection.query("SELECT * FROM none_such"), DatabaseError);
      connection.execute("ROLLBACK");
      CHECK_FALSE(connection.in_transaction());
      CHECK(database.select("SELECT a FROM t ORDER BY a") == "1,2");
    });
  }

  TEST_CASE("what is read only refuses to be changed, and says so by its code") {
    for (const auto& dialect : testing::dialects_to_test()) {
      CAPTURE(dialect);
      const TestDatabase database(dialect);
      database.connect()->execute("CREATE TABLE t (a INTEGER)");
      const auto reader = database.connect({.access = driver::Access::ReadOnly});
      if (dialect == "postgresql") reader->execute("BEGIN READ ONLY");
      CHECK(text_of_rows(reader->query("SELECT count(*) FROM t")) == "0");
      const auto error = error_of([&] { reader->execute("INSERT INTO t VALUES (1)"); });
      CHECK(error.code() == (dialect == "sqlite" ? "8" : "25006"));
      CHECK(database.select("SELECT count(*) FROM t") == "0");
    }
  }
}
