/// What psql and the sqlite3 shell read otherwise than a run: a script gives the same
/// rows all the same, or there is none.

#include "engine/migration/client_text.hpp"

#include <doctest/doctest.h>

#include <revise/data.hpp>

#include "engine/core/process.hpp"
#include "tests/migration/runs.hpp"

namespace {

using namespace revise;
using namespace revise::testing;

std::string script_of(const std::string& dialect, const Chain& chain) {
  return migration::render_script(
      {.dialect = dialect, .plan = chain.upgrade({}), .units = chain.units()});
}

// By the database's own client, which takes its text for that of another country.
void feed(const TestDatabase& database, const std::string& script) {
  const bool is_sqlite = database.dialect() == "sqlite";
  ProcessOptions options;
  options.arguments = {"env", "PGCLIENTENCODING=LATIN1"};
  for (const std::string& one :
       is_sqlite ? std::vector<std::string>{"sqlite3", database.file()}
                 : std::vector<std::string>{"psql", "-Xq", "-v", "ON_ERROR_STOP=1",
                                            "-d", database.url()}) {
    options.arguments.push_back(one);
  }
  options.input = script;
  const auto result = run_process(options);
  CAPTURE(result.output);
  REQUIRE(result.succeeded());
}

const std::string kOdd =
    "o\xc3\xb1"
    "e\r\ntwo\\n\n\r\n";

void insert_odd(Operations& op) {
  op.execute(op.dialect() == "sqlite"
                 ? "CREATE TABLE t (a TEXT, b REAL, c TEXT DEFAULT 'x\\y')"
                 : "CREATE TABLE t (a TEXT, b FLOAT8, c TEXT DEFAULT 'x\\y')");
  op.bulk_insert(table("t", column<std::string>("a"), column<double>("b")),
                 {
                     {kOdd,    -0.0},
                     {"plain", -1.5}
  });
  op.execute("UPDATE t SET a = a || :more WHERE b = :b",
             {
                 {"more", kOdd},
                 {"b",    -1.5}
  });
}

std::string error_of_script(const std::string& dialect, const std::string& sql) {
  const Chain chain = {{{"a", executes(sql)}}};
  try {
    script_of(dialect, chain);
  } catch (const Error& error) {
    return error.what();
  }
  return "none";
}

}  // namespace

TEST_SUITE("migration/client_text") {
  TEST_CASE("a script stores the bytes that a run stores") {
    for (const auto& dialect : dialects_to_test()) {
      CAPTURE(dialect);
      const Chain chain = {{{"a", insert_odd}}};
      std::string stored[2];
      for (const bool is_script : {false, true}) {
        const TestDatabase database(dialect);
        if (is_script) {
          feed(database, script_of(dialect, chain));
        } else {
          REQUIRE(outcome_of(run_of(database, chain)) == "done");
        }
        stored[is_script] = database.select("SELECT a, b, c FROM t ORDER BY b");
      }
      CHECK(stored[0] == stored[1]);
      CHECK(stored[0].find(kOdd) != std::string::npos);
    }
  }

  TEST_CASE("a backslash is one, whatever the database was told") {
    if (!tests_dialect("postgresql")) return;
    const Chain chain = {{{"a", insert_odd}}};
    for (const bool is_script : {false, true}) {
      CAPTURE(is_script);
      const TestDatabase database("postgresql");
      database.connect()->execute(
          "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET "
          "standard_conforming_strings = off', current_database()); END $$");
      if (is_script) {
        feed(database, script_of("postgresql", chain));
      } else {
        REQUIRE(outcome_of(run_of(database, chain)) == "done");
      }
      CHECK(database.select("SELECT c FROM t LIMIT 1") == "x\\y");
      CHECK(
          database.select("SELECT count(*) FROM t WHERE position(chr(92) || 'n' IN a) "
                          "> 0") == "2");
    }
  }

  TEST_CASE("what a run refuses is in no script") {
    for (const std::string dialect : {"sqlite", "postgresql"}) {
      CHECK(error_of_script(dialect, "CREATE TABLE t (a INT); COMMIT") ==
            "the unit would end the run's transaction with 'COMMIT'");
    }
    CHECK(error_of_script("postgresql", "-- all\nCOPY t FROM stdin") ==
          "COPY from or to the client cannot be in a script: 'COPY t FROM stdin'; use "
          "op.bulk_insert, or COPY of a file");
    CHECK(error_of_script("postgresql", "COPY t FROM '/tmp/stdin'") == "none");
    CHECK(error_of_script("sqlite", "INSERT INTO t VALUES ('a\r\nb')") ==
          "a quoted text holds a carriage return before the end of a line, which the "
          "sqlite3 shell takes off; write it as char(13), or give it as a parameter");
    CHECK(error_of_script("sqlite", "SELECT 1\r\n, 2 -- x\r\n, 3") == "none");
  }
}
