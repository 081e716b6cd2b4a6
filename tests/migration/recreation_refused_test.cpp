/// What cannot be recreated without a loss is refused, word by word, and stays as it
/// is.

#include <doctest/doctest.h>

#include "tests/migration/recreations.hpp"

namespace {

using namespace revise;
using namespace revise::testing;

void recreate(Operations& op) {
  op.batch_alter_table("t", [](auto& b) { b.drop_column("b"); },
                       {.recreate = "always"});
}

std::string without_notes(const std::string& told) {
  return told.substr(0, told.find(" | "));
}

struct Row {
  std::string name;
  std::string before;
  std::string told;  ///< behind "table 't' cannot be recreated: "
};

void check_refused(const std::vector<Row>& rows) {
  const std::string start = "table 't' cannot be recreated: ";
  const std::string end =
      "leave 'recreate' to \"auto\", which alters the table in place";
  for (const Row& row : rows) {
    CAPTURE(row.name);
    on_postgresql([&](const TestDatabase& database) {
      database.connect()->execute(row.before);
      const auto before = schema_dump(database);
      const Chain chain{{{"a", [](Operations& op) {
                            CHECK_THROWS_AS(recreate(op), UnsupportedError);
                            op.execute("CREATE TABLE went_on ()");
                          }}}};
      const Chain refused{{{"a", recreate}}};
      CHECK(without_notes(outcome_of(run_of(database, refused))) ==
            start + row.told + end);
      CHECK(outcome_of(run_of(database, chain)) == "done");
      database.connect()->execute("DROP TABLE went_on");
      CHECK(difference(schema_dump(database), before) == "");
    });
  }
}

constexpr const char* kDependsEnd =
    " on it; drop that before the batch and create it again after it, or ";

std::string depends(const std::string& what) { return what + " depends" + kDependsEnd; }

}  // namespace

TEST_SUITE("migration/recreation") {
  TEST_CASE("what depends on a table is named") {
    const std::string table = "CREATE TABLE t (a int PRIMARY KEY, b int); ";
    check_refused({
        {"a view",                                   table + "CREATE VIEW v AS SELECT a FROM t",
         depends("view public.v")                                                                                                                           },
        {"a materialized view",
         table + "CREATE MATERIALIZED VIEW \"M\" AS SELECT a FROM t",
         depends("materialized view public.\"M\"")                                                                                                          },
        {"several",
         table + "CREATE VIEW v AS SELECT a FROM t; CREATE FUNCTION f(t) RETURNS int "
                 "LANGUAGE sql AS 'SELECT 1'",                                                       "function public.f(public.t), view public.v depend" +
             std::string(kDependsEnd)                                                                         },
        {"a function's body",
         table + "CREATE FUNCTION f() RETURNS bigint BEGIN ATOMIC SELECT count(*) FROM "
                 "t; END",                                                                           depends("function public.f()")                         },
        {"a column of its row type",                 table + "CREATE TABLE u (x t)",
         depends("column x of table public.u")                                                                                                              },
        {"a column of an array of it",               table + "CREATE TABLE u (x t[])",
         depends("column x of table public.u")                                                                                                              },
        {"a domain over it",                         table + "CREATE DOMAIN d AS t",                 depends("type public.d")                               },
        {"a policy of another table",
         table + "CREATE TABLE u (x int); CREATE POLICY p ON u USING (x IN (SELECT a "
                 "FROM t))",                                                                         depends("policy p on table public.u")                  },
        {"a rule of another table",
         table + "CREATE TABLE u (x int); CREATE RULE r AS ON INSERT TO u DO ALSO "
                 "INSERT INTO t VALUES (1)",                                                         depends("rule r on table public.u")                    },
        {"a trigger of another table that names it",
         table + "CREATE TABLE u (x int); CREATE FUNCTION f() RETURNS trigger LANGUAGE "
                 "plpgsql AS 'BEGIN END'; "
                 "CREATE CONSTRAINT TRIGGER tr AFTER INSERT ON u FROM t FOR EACH ROW "
                 "EXECUTE FUNCTION f()",                                                             depends("trigger tr on table public.u")                },
        {"a default that counts by its identity",
         "CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY, b int); "
         "CREATE TABLE u (x int DEFAULT nextval('t_a_seq'))",                                        depends("default value for column x of table public.u")},
        {"a view of its row type",                   table + "CREATE VIEW v AS SELECT NULL::t AS x",
         depends("view public.v")                                                                                                                           },
    });
  }

  TEST_CASE("a table that is more than a plain one is not recreated") {
    const std::string plain = "CREATE TABLE t (a int, b int); ";
    check_refused({
        {"partitioned",                "CREATE TABLE t (a int, b int) PARTITION BY LIST (a)",
         "it is partitioned; "                                                                                                                              },
        {"a partition",
         "CREATE TABLE p (a int, b int) PARTITION BY LIST (a); CREATE TABLE t "
         "PARTITION OF p "
         "DEFAULT",                                                                                     "it is a partition of public.p; "                   },
        {"a child",                    "CREATE TABLE p (a int, b int); CREATE TABLE t () INHERITS (p)",
         "it inherits from public.p; "                                                                                                                      },
        {"a parent",                   plain + "CREATE TABLE c () INHERITS (t)",
         "it is inherited by public.c; "                                                                                                                    },
        {"a typed table",              "CREATE TYPE y AS (a int, b int); CREATE TABLE t OF y",
         "it is of the type public.y; "                                                                                                                     },
        {"a view",                     "CREATE VIEW t AS SELECT 1 AS a, 2 AS b",                        "it is a view; "                                    },
        {"an index of an extension's",
         plain + "CREATE INDEX i ON t (a); ALTER INDEX i DEPENDS ON EXTENSION plpgsql",
         "it has a part that belongs to extension plpgsql; "                                                                                                },
        {"keys that do not hold",
         plain + "ALTER TABLE t ADD PRIMARY KEY (a), ADD CONSTRAINT fk FOREIGN KEY (b) "
                 "REFERENCES t (a); ALTER TABLE t DISABLE TRIGGER ALL",                                 "it has the triggers of its foreign keys disabled; "},
        {"a row type that is given",   plain + "GRANT USAGE ON TYPE t TO CURRENT_USER",
         "it has privileges on its row type; "                                                                                                              },
    });
  }

  TEST_CASE("a table left from an earlier batch is told before anything is changed") {
    on_postgresql([](const TestDatabase& database) {
      database.connect()->execute(
          "CREATE TABLE t (a int, b int); CREATE TABLE _alembic_tmp_t (a int)");
      const Chain chain{{{"a", recreate}}};
      CHECK(without_notes(outcome_of(run_of(database, chain))) ==
            "there is a table '_alembic_tmp_t' already, left from an earlier batch on "
            "'t'; see whether anything in it is missed, and drop it");
    });
  }

  TEST_CASE("outside a transaction a table is not recreated") {
    on_postgresql([](const TestDatabase& database) {
      database.connect()->execute("CREATE TABLE t (a int, b int)");
      const Chain chain{
          {{"a", [](Operations& op) { op.autocommit_block([&] { recreate(op); }); }}}};
      CHECK(
          without_notes(outcome_of(run_of(database, chain))) ==
          "table 't' cannot be recreated outside a transaction; take the batch out of "
          "op.autocommit_block()");
      CHECK(database.select("SELECT count(*) FROM pg_attribute WHERE attrelid = "
                            "'t'::regclass AND attnum > 0") == "2");
    });
  }

  TEST_CASE("a script does not recreate, for it has nobody to ask") {
    const Chain chain{{{"a", recreate}}};
    CHECK_THROWS_WITH_AS(
        migration::render_script({.dialect = "postgresql",
                                  .plan = chain.upgrade({}),
                                  .units = chain.units()}),
        doctest::Contains(
            "table 't' is recreated from what the database says of it, and "
            "a script has none to ask; leave 'recreate' to \"auto\", which "
            "alters the table in place, or run the revision on the "
            "database"),
        UnsupportedError);
  }
}
