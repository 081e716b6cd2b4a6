/// What every driver must do, the same cases over all of them.

#include "tests/driver/conformance.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <functional>
#include <thread>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace {

using namespace revise;
using namespace revise::testing;
using driver::Row;
using driver::Value;

}  // namespace

TEST_SUITE("driver/conformance") {
  TEST_CASE("a session says which dialect it speaks") {
    for_each_dialect([](const TestDatabase& database, driver::Connection& connection) {
      CHECK(connection.dialect() == database.dialect());
    });
  }

  TEST_CASE("several statements in a string run one after another") {
    for_each_dialect([](const TestDatabase& database, driver::Connection& connection) {
      connection.execute(
          "-- first; not a statement\nCREATE TABLE t (a INTEGER, b TEXT);\n"
          "INSERT INTO t VALUES (1, 'one;'); INSERT INTO t VALUES (2, 'it''s');\n;");
      CHECK(database.select("SELECT a, b FROM t ORDER BY a") == "1 one;,2 it's");
    });
  }

  TEST_CASE("outside a transaction what ran before the refused statement took effect") {
    for_each_dialect([](const TestDatabase& database, driver::Connection& connection) {
      const auto error = error_of([&] {
        connection.execute(
            "CREATE TABLE t (a INTEGER); SELECT * FROM none_such; "
            "INSERT INTO t VALUES (1)");
      });
      CHECK(error.statement() == "SELECT * FROM none_such");
      CHECK(database.select("SELECT count(*) FROM t") == "0");
    });
  }

  TEST_CASE("inside a transaction the refused statement of a string is named too") {
    for_each_dialect([](const TestDatabase&, driver::Connection& connection) {
      connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY)");
      connection.execute("BEGIN");
      const auto error = error_of([&] {
        connection.execute(
            "INSERT INTO t VALUES (1); INSERT INTO t VALUES (1) ;\n"
            "INSERT INTO t VALUES (2)");
      });
      CHECK(error.statement() == "INSERT INTO t VALUES (1)");
      CHECK_FALSE(error.code().empty());
      connection.execute("ROLLBACK");
    });
  }

  TEST_CASE("an error has its place in its own statement, in characters") {
    for_each_dialect([](const TestDatabase&, driver::Connection& connection) {
      connection.execute("BEGIN");
      const auto error =
          error_of([&] { connection.execute("SELECT 'äö'; SELECT 'ü', nothing"); });
      CHECK(error.statement() == "SELECT 'ü', nothing");
      CHECK(error.details().position == 13);
      connection.execute("ROLLBACK");
    });
  }

  TEST_CASE("values come back as they went in") {
    for_each_dialect([](const TestDatabase& database, driver::Connection& connection) {
      const bool is_sqlite = database.dialect() == "sqlite";
      connection.execute(
          is_sqlite ? "CREATE TABLE t (i INTEGER, d REAL, s TEXT, b BLOB, n TEXT)"
                    : "CREATE TABLE t (i BIGINT, d DOUBLE PRECISION, s TEXT, "
                      "b BYTEA, n TEXT)");
      const Row given = {std::int64_t{-9223372036854775807}, 0.1,
                         std::string("it's \\ \n ü"),
                         driver::Blob{std::string("\0\xff'\\", 4)}, std::monostate{}};
      std::string insert = "INSERT INTO t VALUES (";
      for (int i = 1; i <= 5; ++i) {
        insert += (i > 1 ? ", " : "") + placeholder(connection, i);
      }
      const auto inserted = connection.query(insert + ")", given);
      CHECK(inserted.changed == 1);
      const auto read = connection.query("SELECT i, d, s, b, n FROM t");
      CHECK(join(read.columns, " ") == "i d s b n");
      REQUIRE(read.rows.size() == 1);
      CHECK((read.rows.front() == given));
    });
  }

  TEST_CASE("a query takes one statement and as many values as it has places") {
    for_each_dialect([](const TestDatabase&, driver::Connection& connection) {
      const std::string one = placeholder(connection, 1);
      const Row values = {std::int64_t{1}};
      CHECK_THROWS_AS(connection.query("SELECT " + one + "; SELECT 2", values),
                      DatabaseError);
      CHECK_THROWS_AS(connection.query("SELECT 1", values), DatabaseError);
      CHECK_THROWS_AS(connection.query("SELECT " + one), DatabaseError);
      CHECK(text_of_rows(connection.query("SELECT 1 + 1")) == "2");
    });
  }

  TEST_CASE("a batch gives the rows of its last statement") {
    for_each_dialect([](const TestDatabase&, driver::Connection& connection) {
      const auto last = connection.batch(
          "BEGIN; CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (7); SELECT a FROM "
          "t");
      CHECK(text_of_rows(last) == "7");
      CHECK(connection.in_transaction());
      connection.execute("COMMIT");
    });
  }

  TEST_CASE("execute_many runs a statement once for each row") {
    for_each_dialect([](const TestDatabase& database, driver::Connection& connection) {
      connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)");
      const std::string insert = "INSERT INTO t VALUES (" + placeholder(connection, 1) +
                                 ", " + placeholder(connection, 2) + ")";
      const std::vector<Row> rows = {
          {std::int64_t{1}, std::string("one")},
          {std::int64_t{2}, std::monostate{}  }
      };
      connection.execute_many(insert, rows);
      connection.execute_many(insert, {});
      CHECK(database.select("SELECT a, b FROM t ORDER BY a") == "1 one,2 NULL");
      const auto error = error_of([&] { connection.execute_many(insert, rows); });
      CHECK(error.statement() == insert);
    });
  }

  TEST_CASE("whether a transaction is open is the database's own account") {
    for_each_dialect([](const TestDatabase&, driver::Connection& connection) {
      CHECK_FALSE(connection.in_transaction());
      connection.execute("BEGIN");
      CHECK(connection.in_transaction());
      connection.execute("COMMIT");
      CHECK_FALSE(connection.in_transaction());
    });
  }

  TEST_CASE("each end of a transaction is counted, and the statement known") {
    const struct {
      std::string statements;
      std::uint64_t ends;
      std::string last;
    } rows[] = {
        {"SELECT 1",                                          0, ""        },
        {"SAVEPOINT a; ROLLBACK TO a; RELEASE a",             0, ""        },
        {"SELECT 'COMMIT'; -- ROLLBACK\n",                    0, ""        },
        {"SELECT 1; COMMIT",                                  1, "COMMIT"  },
        {"COMMIT; BEGIN; SELECT 1",                           1, "COMMIT"  },
        {"ROLLBACK; BEGIN",                                   1, "ROLLBACK"},
        {"END; BEGIN; ROLLBACK TRANSACTION; BEGIN; SELECT 2", 2,
         "ROLLBACK TRANSACTION"                                            },
    };
    for_each_dialect([&](const TestDatabase&, driver::Connection& connection) {
      for (const auto& row : rows) {
        CAPTURE(row.statements);
        connection.execute("BEGIN");
        const auto before = connection.transaction_ends().count;
        connection.execute(row.statements);
        CHECK(connection.transaction_ends().count - before == row.ends);
        if (row.ends > 0) CHECK(connection.transaction_ends().statement == row.last);
        if (connection.in_transaction()) connection.execute("ROLLBACK");
      }
    });
  }

  TEST_CASE("another thread can end the running statement") {
    for_each_dialect([](const TestDatabase& database, driver::Connection& connection) {
      const std::string endless =
          database.dialect() == "sqlite"
              ? "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                "SELECT count(*) FROM n"
              : "SELECT pg_sleep(600)";
      std::atomic<bool> ended = false;
      // Again until it is over: the first may come before the statement has begun.
      std::thread watcher([&] {
        while (!ended) {
          connection.cancel();
          std::this_thread::yield();
        }
      });
      const auto error = error_of([&] { connection.query(endless); });
      ended = true;
      watcher.join();
      CHECK(error.code() == (database.dialect() == "sqlite" ? "9" : "57014"));
      CHECK(text_of_rows(connection.query("SELECT 1")) == "1");
    });
  }

  TEST_CASE("a database that there is no driver for is refused, with those there are") {
    CHECK_THROWS_WITH_AS(
        driver::connect(driver::parse_url("mysql://localhost/x")),
        "there is no driver for 'mysql'; there are sqlite and postgresql", ConfigError);
  }
}
