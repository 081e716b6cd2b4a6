/// Typed rows through a run, into real databases and back.

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <revise/data.hpp>

#include "tests/migration/runs.hpp"

namespace {

using namespace revise;
using namespace revise::testing;
using namespace std::chrono;
using namespace std::chrono_literals;

template <typename T>
using Limits = std::numeric_limits<T>;
using Bytes = std::vector<std::byte>;

constexpr sys_days kDay = 2020y / January / 2;
constexpr auto kTime = 3h + 4min + 5s + 6us;
const UuidValue kUuid = UuidValue::from_string("01234567-89ab-cdef-0123-456789abcdef");

// Runs `unit` alone; "done" or what it threw.
std::string run_alone(const TestDatabase& database, const Unit& unit) {
  const Chain chain{{{"a", unit}}};
  const auto outcome = outcome_of(run_of(database, chain));
  if (outcome == "done") database.connect()->execute("DROP TABLE alembic_version");
  return outcome.substr(0, outcome.find(" | "));
}

// Writes `given` into a column of type `sql_type` as rows and as a parameter, and reads
// all of it back as T.
template <typename T>
std::vector<T> through(const TestDatabase& database, const std::string& sql_type,
                       const std::vector<T>& given) {
  std::vector<T> read;
  const auto outcome = run_alone(database, [&](Operations& op) {
    op.execute("CREATE TABLE t (n INTEGER, x " + sql_type + ")");
    std::vector<std::tuple<int, T>> rows;
    for (const auto& value : given) {
      rows.emplace_back(static_cast<int>(rows.size()), value);
    }
    op.bulk_insert(table("t", column<int>("n"), column<T>("x")), rows);
    for (const auto& [n, value] : rows) {
      op.execute("INSERT INTO t (n, x) VALUES (:n, :x)",
                 {
                     {"n", n + 100},
                     {"x", value  }
      });
    }
    for (const auto& [x] : op.query<T>("SELECT x FROM t ORDER BY n")) read.push_back(x);
    op.execute("DROP TABLE t");
  });
  CHECK(outcome == "done");
  return read;
}

template <typename T>
bool comes_back(const TestDatabase& database, const std::string& sql_type,
                const std::vector<T>& given) {
  std::vector<T> twice = given;
  twice.insert(twice.end(), given.begin(), given.end());
  return through(database, sql_type, given) == twice;
}

// What a query of one column that is asked for as T says in place of rows.
template <typename T>
std::string refusal(const TestDatabase& database, const std::string& sql) {
  return run_alone(database, [&](Operations& op) {
    for (const auto& [x] : op.query<T>("SELECT " + sql + " AS x")) static_cast<void>(x);
  });
}

template <typename Case>
void on(const std::string& dialect, const Case& run) {
  if (!tests_dialect(dialect)) return;
  const TestDatabase database(dialect);
  run(database);
}

}  // namespace

TEST_SUITE("migration/typed_rows") {
  TEST_CASE("numbers, text and bytes come back on both databases") {
    for_each_database([](const TestDatabase& database) {
      const bool is_sqlite = database.dialect() == "sqlite";
      const auto type = [&](const std::string& sqlite, const std::string& postgresql) {
        return is_sqlite ? sqlite : postgresql;
      };
      using std::optional;
      CHECK(comes_back<std::int8_t>(database, "SMALLINT", {-128, 0, 127}));
      CHECK(comes_back<std::uint8_t>(database, "SMALLINT", {0, 255}));
      CHECK(comes_back<std::int16_t>(database, "SMALLINT", {-32768, 32767}));
      CHECK(comes_back<std::uint16_t>(database, "INTEGER", {0, 65535}));
      CHECK(comes_back<std::int32_t>(database, "INTEGER",
                                     {Limits<int>::lowest(), Limits<int>::max()}));
      CHECK(
          comes_back<std::uint32_t>(database, "BIGINT", {0, Limits<unsigned>::max()}));
      CHECK(comes_back<std::int64_t>(
          database, "BIGINT",
          {Limits<std::int64_t>::lowest(), Limits<std::int64_t>::max()}));
      CHECK(comes_back<std::uint64_t>(database, "BIGINT", {0, 9223372036854775807}));
      CHECK(comes_back<double>(
          database, "DOUBLE PRECISION",
          {0.1, -1e300, 5e-324, Limits<double>::max(), HUGE_VAL, -HUGE_VAL}));
      CHECK(comes_back<float>(database, "REAL", {0.1F, Limits<float>::max(), 1e-45F}));
      CHECK(comes_back<bool>(database, "BOOLEAN", {true, false}));
      CHECK(comes_back<std::string>(database, "TEXT", {"", "it's \\ ü \n :x $1 ?"}));
      CHECK(
          comes_back<Bytes>(database, type("BLOB", "BYTEA"),
                            {
                                {               },
                                { std::byte{0}, std::byte{255}, std::byte{'\\'}}
      }));
      CHECK(comes_back<optional<int>>(database, "INTEGER", {1, std::nullopt}));
      CHECK(comes_back<optional<std::string>>(database, "TEXT", {"", std::nullopt}));
    });
  }

  TEST_CASE("dates, times and UUIDs come back on both databases") {
    for_each_database([](const TestDatabase& database) {
      const bool is_sqlite = database.dialect() == "sqlite";
      CHECK(comes_back<year_month_day>(
          database, "DATE",
          {2020y / February / 29, 1y / January / 1, 9999y / 12 / 31}));
      CHECK(comes_back<sys_days>(database, "DATE", {kDay, sys_days{}}));
      CHECK(comes_back<local_days>(database, "DATE", {local_days(1969y / 12 / 31)}));
      CHECK(comes_back<local_time<microseconds>>(
          database, "TIMESTAMP",
          {local_days(2020y / 1 / 2) + kTime, local_days(1y / 1 / 1) + 0us}));
      CHECK(comes_back<sys_time<microseconds>>(
          database, is_sqlite ? "TIMESTAMP" : "TIMESTAMP WITH TIME ZONE",
          {kDay + kTime, sys_days(9999y / 12 / 31) + 24h - 1us}));
      CHECK(comes_back<sys_seconds>(database, is_sqlite ? "TIMESTAMP" : "TIMESTAMPTZ",
                                    {kDay + 1s}));
      CHECK(comes_back<microseconds>(database, "TIME", {0us, kTime, 24h - 1us}));
      CHECK(comes_back<minutes>(database, "TIME", {90min}));
      CHECK(comes_back<UuidValue>(database, is_sqlite ? "CHAR(32)" : "UUID",
                                  {kUuid, UuidValue{}}));
      CHECK(
          comes_back<std::optional<sys_days>>(database, "DATE", {kDay, std::nullopt}));
    });
  }

  TEST_CASE("PostgreSQL's own kinds come back") {
    on("postgresql", [](const TestDatabase& database) {
      using Texts = std::vector<std::string>;
      CHECK(comes_back<year_month_day>(database, "DATE",
                                       {-43y / 3 / 15, 0y / 2 / 29, 32767y / 12 / 31}));
      CHECK(comes_back<sys_days>(database, "DATE", {sys_days(days(2145042905))}));
      CHECK(comes_back<local_time<microseconds>>(database, "TIMESTAMP",
                                                 {local_days(-43y / 3 / 15) + kTime}));
      CHECK(comes_back<sys_time<microseconds>>(
          database, "TIMESTAMPTZ",
          {sys_days(-43y / 3 / 15) + kTime, sys_days(32767y / 1 / 1) + kTime}));
      CHECK(comes_back<microseconds>(database, "INTERVAL", {-kTime, 1000h, -1us}));
      CHECK(comes_back<nanoseconds>(database, "INTERVAL", {1us}));
      CHECK(comes_back<hours>(database, "TIME", {24h}));
      CHECK(comes_back<std::string>(database, "UUID", {kUuid.to_string()}));
      CHECK(comes_back<std::string>(database, "JSON", {R"({"a": [1, "ü"]})"}));
      CHECK(comes_back<std::string>(database, "JSONB", {R"({"a": [1, "ü"]})"}));
      CHECK(comes_back<std::string>(database, "NUMERIC(30, 10)",
                                    {"12345678901234567890.0123456789", "NaN"}));
      CHECK(comes_back<std::string>(database, "INET", {"10.0.0.0/8"}));
      CHECK(comes_back<std::uint64_t>(database, "NUMERIC", {7}));
      CHECK(std::isnan(through<double>(database, "DOUBLE PRECISION", {NAN}).at(0)));
      CHECK(comes_back<Texts>(database, "TEXT[]",
                              {
                                  {             },
                                  { "", "NULL", "a \"b\\,{}'"}
      }));
    });
  }

  TEST_CASE("arrays of each kind come back") {
    on("postgresql", [](const TestDatabase& database) {
      using std::vector;
      CHECK(comes_back<vector<int>>(database, "INTEGER[]",
                                    {
                                        {  },
                                        { 1, -2}
      }));
      CHECK(comes_back<vector<std::int64_t>>(database, "BIGINT[]",
                                             {{Limits<std::int64_t>::lowest()}}));
      CHECK(comes_back<vector<double>>(database, "DOUBLE PRECISION[]",
                                       {
                                           {0.1, HUGE_VAL, -HUGE_VAL, 5e-324}
      }));
      CHECK(comes_back<vector<bool>>(database, "BOOLEAN[]",
                                     {
                                         {true, false}
      }));
      CHECK(comes_back<vector<Bytes>>(database, "BYTEA[]",
                                      {
                                          {{}, {std::byte{0}, std::byte{'"'}}}
      }));
      CHECK(comes_back<vector<UuidValue>>(database, "UUID[]",
                                          {
                                              {kUuid, {}}
      }));
      CHECK(comes_back<vector<sys_days>>(database, "DATE[]", {{kDay}}));
      CHECK(comes_back<vector<sys_time<microseconds>>>(database, "TIMESTAMPTZ[]",
                                                       {{kDay + kTime}}));
      CHECK(comes_back<vector<local_time<microseconds>>>(
          database, "TIMESTAMP[]", {{local_days(2020y / 1 / 2) + kTime}}));
      CHECK(comes_back<vector<microseconds>>(database, "INTERVAL[]",
                                             {
                                                 {-kTime, 0us}
      }));
    });
  }

  TEST_CASE("arrays with NULL in them, and of two dimensions, come back") {
    on("postgresql", [](const TestDatabase& database) {
      using std::optional;
      using std::vector;
      CHECK(comes_back<vector<optional<int>>>(database, "INTEGER[]",
                                              {
                                                  {1, std::nullopt, 3}
      }));
      CHECK(comes_back<optional<vector<int>>>(database, "INTEGER[]",
                                              {vector{1}, std::nullopt}));
      CHECK(comes_back<vector<vector<int>>>(database, "INTEGER[]",
                                            {
                                                {{1, 2}, {3, 4}}
      }));
      CHECK(comes_back<vector<vector<optional<std::string>>>>(
          database, "TEXT[]",
          {
              {{"{", std::nullopt}, {"\"}", "c"}}
      }));
    });
  }

  TEST_CASE("SQLite holds what SQLAlchemy's types write there") {
    on("sqlite", [](const TestDatabase& database) {
      const auto outcome = run_alone(database, [](Operations& op) {
        op.execute(
            "CREATE TABLE t (d DATE, l DATETIME, i DATETIME, s TIME, u CHAR(32))");
        op.bulk_insert(
            table("t", column<sys_days>("d"), column<local_time<microseconds>>("l"),
                  column<sys_seconds>("i"), column<microseconds>("s"),
                  column<UuidValue>("u")),
            std::vector{std::tuple(kDay, local_days(2020y / 1 / 2) + kTime, kDay + 1s,
                                   microseconds(kTime), kUuid)});
        // SQLAlchemy's Interval.
        for (const auto& [span] :
             op.query<microseconds>("SELECT '1970-01-02 00:00:00.000005'")) {
          CHECK((span == 24h + 5us));
        }
      });
      CHECK(outcome == "done");
      CHECK(database.select("SELECT * FROM t") ==
            "2020-01-02 2020-01-02 03:04:05.000006 2020-01-02 00:00:01.000000 "
            "03:04:05.000006 0123456789abcdef0123456789abcdef");
    });
  }

  TEST_CASE("what a database or a type cannot hold is refused, and why") {
    on("sqlite", [](const TestDatabase& database) {
      const auto write = [&](const Value& value) {
        return run_alone(database, [&](Operations& op) {
          op.execute("SELECT :x", {
                                      {"x", value}
          });
        });
      };
      CHECK(write(std::vector<int>{1}) ==
            "SQLite has no arrays; keep the values as JSON, or as rows of a table");
      CHECK(write(-1s) ==
            "SQLite has no interval for '-00:00:01.000000'; SQLAlchemy stores one as a "
            "date and time since 1970-01-01: give std::chrono::local_time");
      CHECK(write(sys_days(10000y / 1 / 1)) ==
            "'10000-01-01' cannot be stored in SQLite, where years go from 1 to 9999");
      CHECK(
          write(sys_seconds(sys_days(0y / 1 / 1))) ==
          "'0001-01-01 00:00:00.000000 BC' cannot be stored in SQLite, where years go "
          "from 1 to 9999");
      CHECK(write(NAN) == "SQLite has no NaN, and would store NULL for it");
      CHECK(refusal<sys_days>(database, "1577923200") ==
            "column 'x' of row 1 is an integer, not a date");
      CHECK(refusal<std::vector<int>>(database, "'[1]'") ==
            "column 'x' of row 1 is text, not an array");
    });
    CHECK_THROWS_AS(Value(1ns), UnitError);
    CHECK_THROWS_AS(Value(2021y / 2 / 29), UnitError);
    CHECK_THROWS_AS(Value(days(Limits<std::int64_t>::max())), UnitError);
    CHECK_THROWS_WITH_AS(UuidValue::from_string("x"), "'x' is no UUID", UnitError);
  }

  TEST_CASE("a value of PostgreSQL's that its type cannot hold is refused, and why") {
    on("postgresql", [](const TestDatabase& database) {
      const std::string is = "column 'x' of row 1 is ";
      CHECK(refusal<sys_days>(database, "'infinity'::date") ==
            is + "'infinity', which is no point in time; read it as std::string");
      CHECK(refusal<year_month_day>(database, "'5874897-01-01'::date") ==
            is + "5874897-01-01, which does not fit its type");
      CHECK(refusal<sys_days>(database, "'2020-01-02'::timestamp") ==
            is + "'2020-01-02 00:00:00', which is no date");
      CHECK(
          refusal<sys_seconds>(database, "'2020-01-02'::timestamp") ==
          is + "'2020-01-02 00:00:00', which has no time zone; std::chrono::local_time "
               "takes it");
      CHECK(refusal<local_seconds>(database,
                                   "'2020-01-02 00:00+00'::timestamptz AT "
                                   "TIME ZONE 'UTC' AT TIME ZONE 'UTC'")
                .starts_with(is + "'2020-01-02 0"));
      CHECK(refusal<seconds>(database, "'00:00:00.5'::time") ==
            is + "00:00:00.5, which does not fit its type");
      CHECK(refusal<seconds>(database, "'1 day'::interval") ==
            is +
                "'1 day', whose days, months and years are of no fixed length; read it "
                "as std::string, or extract(epoch FROM ...)");
      CHECK(refusal<seconds>(database, "'03:00+02'::timetz") ==
            is + "'03:00:00+02', which has a time zone; read it as std::string");
      CHECK(refusal<UuidValue>(database, "'x'::text") == is + "'x', which is no UUID");
      CHECK(refusal<float>(database, "1e300::float8") ==
            is + "1e+300, which does not fit its type");
      CHECK(refusal<std::int64_t>(database, "9223372036854775808::numeric") ==
            is + "9223372036854775808, which does not fit its type");
      CHECK(refusal<int>(database, "1.5::numeric") == is + "text, not an integer");
      CHECK(refusal<std::vector<int>>(database, "'{1,NULL}'::int[]") ==
            "element 2 of " + is.substr(0, is.size() - 4) +
                " is NULL; std::optional takes such values");
      CHECK(refusal<std::vector<int>>(database, "'{{1},{2}}'::int[]") ==
            "element 1 of " + is.substr(0, is.size() - 4) + " is text, not an integer");
      CHECK(refusal<std::vector<std::vector<int>>>(database, "'{1}'::int[]") ==
            "element 1 of " + is.substr(0, is.size() - 4) + " is text, not an array");
    });
  }

  TEST_CASE("no setting of server, database or role changes what is read") {
    const struct {
      std::string setting;
      std::string value;
    } rows[] = {
        {"DateStyle",          "German"          },
        {"DateStyle",          "SQL, DMY"        },
        {"DateStyle",          "Postgres, MDY"   },
        {"IntervalStyle",      "sql_standard"    },
        {"IntervalStyle",      "postgres_verbose"},
        {"IntervalStyle",      "iso_8601"        },
        {"TimeZone",           "Asia/Kathmandu"  },
        {"TimeZone",           "America/St_Johns"},
        {"bytea_output",       "escape"          },
        {"extra_float_digits", "-15"             },
    };
    on("postgresql", [&](const TestDatabase& database) {
      const auto name = database.select("SELECT current_database()");
      for (const auto& row : rows) {
        CAPTURE(row.setting);
        CAPTURE(row.value);
        database.connect()->execute("ALTER ROLE revise IN DATABASE " + name + " SET " +
                                    row.setting + " = '" + row.value + "'");
        CHECK(comes_back<double>(database, "DOUBLE PRECISION", {0.1, 1.0 / 3}));
        CHECK(comes_back<sys_days>(database, "DATE", {kDay, sys_days(-43y / 3 / 15)}));
        CHECK(comes_back<local_time<microseconds>>(
            database, "TIMESTAMP", {local_days(2020y / 1 / 2) + kTime}));
        CHECK(comes_back<sys_time<microseconds>>(
            database, "TIMESTAMPTZ", {kDay + kTime, sys_days(1890y / 1 / 1) + kTime}));
        CHECK(comes_back<microseconds>(database, "INTERVAL", {kTime, -kTime, 100h}));
        CHECK(comes_back<std::vector<Bytes>>(
            database, "BYTEA[]", {{{std::byte{0}, std::byte{'\\'}, std::byte{'a'}}}}));
        CHECK(comes_back<Bytes>(database, "BYTEA",
                                {
                                    {std::byte{200}, std::byte{'\\'}}
        }));
        database.connect()->execute("ALTER ROLE revise IN DATABASE " + name +
                                    " RESET ALL");
      }
    });
  }
}
