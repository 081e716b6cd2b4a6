/// Values in statements: apart from the SQL, and written out.

#include <doctest/doctest.h>

#include <limits>
#include <revise/data.hpp>

#include "tests/support/rendering.hpp"

namespace {

using namespace revise;
using dialects::dialect_named;
using driver::Blob;

std::string shown(const driver::Value& value) {
  return dialect_named("postgresql").literal(value);
}

// The SQL of each statement with its values behind it.
std::string sent(void (*operation)(Operations& op), const char* dialect) {
  testing::CollectingSink sink(dialect);
  Operations op(sink);
  operation(op);
  std::string text;
  for (const auto& collected : sink.operations) {
    for (const auto& statement : dialect_named(dialect).render(collected)) {
      text += statement.sql;
      for (const auto& value : statement.parameters) text += " | " + shown(value);
      for (const auto& row : statement.rows) {
        text += " /";
        for (const auto& value : row) text += " " + shown(value);
      }
    }
  }
  return text;
}

}  // namespace

TEST_SUITE("dialects/statements") {
  TEST_CASE("parameters go apart from the SQL, in the order of their places") {
    const auto update = [](Operations& op) {
      op.execute("UPDATE t SET a = :new WHERE a = :old OR b = :new",
                 {
                     {"old", "it's"},
                     {"new", 10    }
      });
    };
    CHECK(sent(update, "sqlite") ==
          "UPDATE t SET a = ?1 WHERE a = ?2 OR b = ?3 | 10 | 'it''s' | 10");
    CHECK(sent(update, "postgresql") ==
          "UPDATE t SET a = $1 WHERE a = $2 OR b = $3 | 10 | 'it''s' | 10");
    CHECK(testing::rendered(update, "sqlite") ==
          "UPDATE t SET a = 10 WHERE a = 'it''s' OR b = 10;");
  }

  TEST_CASE("without parameters a statement goes as it stands") {
    const auto update = [](Operations& op) { op.execute("SELECT ':a', '\\:', :b"); };
    CHECK(sent(update, "sqlite") == "SELECT ':a', '\\:', :b");
    CHECK(testing::rendered(update, "postgresql") == "SELECT ':a', '\\:', :b;");
  }

  TEST_CASE("rows go apart from one INSERT, and none make no statement") {
    const auto insert = [](Operations& op) {
      op.bulk_insert(
          table("account",
                {
                    .schema = "s"
      },
                column<int>("id"), column<std::optional<std::string>>("Name")),
          {{1, "ed"}, {2, none}});
    };
    CHECK(sent(insert, "sqlite") ==
          "INSERT INTO s.account (id, \"Name\") VALUES (?1, ?2) / 1 'ed' / 2 NULL");
    CHECK(sent(insert, "postgresql") ==
          "INSERT INTO s.account (id, \"Name\") VALUES ($1, $2) / 1 'ed' / 2 NULL");
    CHECK(sent([](Operations& op) { op.bulk_insert(table("t", column<int>("a")), {}); },
               "sqlite") == "");
  }

  TEST_CASE("a value is written out so that the database reads it back") {
    const double infinity = std::numeric_limits<double>::infinity();
    const struct {
      driver::Value value;
      std::string sqlite;
      std::string postgresql;
    } rows[] = {
        {std::monostate{},               "NULL",          "NULL"               },
        {true,                           "1",             "true"               },
        {std::int64_t{-7},               "-7",            "-7"                 },
        {0.1,                            "0.1",           "0.1"                },
        {3.0,                            "3.0",           "3.0"                },
        {1e300,                          "1e+300",        "1e+300"             },
        {-infinity,                      "-9e999",        "'-Infinity'::float8"},
        {std::string("it's \\ :a"),      "'it''s \\ :a'", "'it''s \\ :a'"      },
        {std::string(),                  "''",            "''"                 },
        {Blob{std::string("\0\xff", 2)}, "X'00FF'",       "'\\x00FF'::bytea"   },
    };
    for (const auto& row : rows) {
      CAPTURE(row.sqlite);
      CHECK(dialect_named("sqlite").literal(row.value) == row.sqlite);
      CHECK(dialect_named("postgresql").literal(row.value) == row.postgresql);
    }
    const std::string with_zero("a\0b", 3);
    CHECK(dialect_named("sqlite").literal(with_zero) == "CAST(X'610062' AS TEXT)");
    CHECK_THROWS_AS(dialect_named("postgresql").literal(with_zero), UnsupportedError);
  }
}
