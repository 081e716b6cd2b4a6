/// Changes together with recreate = "always": the result is the one of the plain
/// ALTERs, with each column where it was asked for.

#include <doctest/doctest.h>

#include "tests/migration/recreations.hpp"

namespace {

using namespace revise;
using namespace revise::testing;

constexpr const char* kTable =
    "CREATE TABLE o (id int PRIMARY KEY); CREATE TABLE t (a int PRIMARY KEY, b text "
    "DEFAULT 'x', c int CONSTRAINT ck CHECK (c > 0), d int REFERENCES o); "
    "INSERT INTO o VALUES (7); INSERT INTO t VALUES (1, '10', 5, 7), (2, '20', 6, "
    "NULL)";

// What a run of `unit` over kTable and `more` comes to: "done", or what was refused.
std::string changed(const TestDatabase& database, const Unit& unit,
                    const std::string& more = {}) {
  database.connect()->execute(std::string(kTable) + "; " + more);
  const Chain chain{{{"a", unit}}};
  const auto told = outcome_of(run_of(database, chain));
  return told.substr(0, told.find(" | "));
}

std::string table_of(const TestDatabase& database) {
  return database.select(
      "SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod) || "
      "CASE WHEN attnotnull THEN '!' ELSE '' END, ', ' ORDER BY attnum) FROM "
      "pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0 AND NOT "
      "attisdropped");
}

std::string constraints_of(const TestDatabase& database) {
  return database.select(
      "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = "
      "'t'::regclass ORDER BY 1");
}

void recreate_with(Operations& op, const BatchAlterTableOptions& options) {
  op.batch_alter_table("t", options, [](auto&) {});
}

void check_refused(const Unit& unit, const std::string& told) {
  on_postgresql([&](const TestDatabase& database) {
    CHECK(changed(database, unit,
                  "ALTER TABLE t ALTER a ADD GENERATED ALWAYS AS IDENTITY") == told);
  });
}

}  // namespace

TEST_SUITE("migration/recreation") {
  TEST_CASE("columns are added, dropped, renamed and changed where they are wanted") {
    on_postgresql([](const TestDatabase& database) {
      CHECK(changed(database, [](Operations& op) {
              op.batch_alter_table("t", {.recreate = "always"}, [](auto& b) {
                b.add_column(Column("n", Integer, {.server_default = "3"}),
                             {.insert_before = "b"});
                b.add_column(Column("m", Integer), {.insert_after = "b"});
                b.alter_column("c", {.new_column_name = "e", .insert_before = "a"});
                b.alter_column("b", {.server_default = none});
                b.alter_column("b",
                               {.type_ = Integer, .postgresql_using = "b::integer"});
                b.drop_column("d");
                b.execute("UPDATE t SET m = e + n");
                b.create_unique_constraint("uq", {"e"});
                b.create_index("ix", {"n", "b"});
                b.create_table_comment("new");
              });
            }) == "done");
      CHECK(table_of(database) ==
            "e integer, a integer!, n integer, b integer, m integer");
      CHECK(database.select("SELECT * FROM t ORDER BY a") == "5 1 3 10 8,6 2 3 20 9");
      CHECK(constraints_of(database) ==
            "ck CHECK ((e > 0)),t_pkey PRIMARY KEY (a),uq UNIQUE (e)");
      CHECK(database.select("SELECT indexdef FROM pg_indexes WHERE indexname = 'ix'") ==
            "CREATE INDEX ix ON public.t USING btree (n, b)");
      CHECK(database.select("SELECT obj_description('t'::regclass)") == "new");
    });
  }

  TEST_CASE("what a batch's own statements add stands behind the rest") {
    on_postgresql([](const TestDatabase& database) {
      CHECK(changed(database, [](Operations& op) {
              op.batch_alter_table(
                  "t",
                  {.recreate = "always", .partial_reordering = {{"d", "c", "b", "a"}}},
                  [](auto& b) { b.execute("ALTER TABLE t ADD z int, DROP b"); });
            }) == "done");
      CHECK(table_of(database) == "d integer, c integer, a integer!, z integer");
    });
  }

  TEST_CASE("the arguments of a batch have their effect") {
    on_postgresql([](const TestDatabase& database) {
      CHECK(
          changed(database, [](Operations& op) {
            op.batch_alter_table(
                "t",
                [](auto& b) {
                  b.drop_column("d");
            },
                {.recreate = "always",
                 .partial_reordering = {{"c", "a"}},
                 .copy_from = Table("t", {Column("a", Integer), Column("b", Text),
                                          Column("c", Integer), Column("d", Integer)}),
                 .table_args = {CheckConstraint("c>0", {.name = "ck"}),
                                CheckConstraint("a < 9", {.name = "ck_a"}),
                                Index("ix", {"b"})},
                 .table_kwargs = {.postgresql_tablespace = "pg_default",
                                  .postgresql_using = "heap"},
                 .reflect_args = {Column("b", String(30), {.nullable = false})},
                 .naming_convention = {{"uq", "uq_%(table_name)s"}}});
          }) == "done");
      CHECK(table_of(database) == "b character varying(30)!, c integer, a integer!");
      CHECK(constraints_of(database) ==
            "ck CHECK ((c > 0)),ck_a CHECK ((a < 9)),t_pkey PRIMARY KEY (a)");
      CHECK(database.select("SELECT count(*) FROM pg_indexes WHERE indexname = 'ix'") ==
            "1");
      CHECK(database.select("SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef")
                .empty());
    });
  }

  TEST_CASE("a place that there is not is refused before the changes") {
    check_refused(
        [](Operations& op) {
          op.batch_alter_table("t", {.recreate = "always"}, [](auto& b) {
            b.add_column(Column("n", Integer), {.insert_after = "zz"});
          });
        },
        "table 't' has no column 'zz'");
    check_refused(
        [](Operations& op) {
          recreate_with(op, {
                                .recreate = "always",
                                .partial_reordering = {{"a", "b"}, {"b", "a"}}
          });
        },
        "the order asked for goes round in a circle: a, b");
  }

  TEST_CASE("a table that its own batch drops is missed") {
    check_refused(
        [](Operations& op) {
          op.batch_alter_table("t", {.recreate = "always"}, [](auto& b) {
            b.execute("DROP TABLE t; CREATE TABLE t (a int)");
          });
        },
        "the batch on table 't' drops it, and there is nothing to recreate");
  }

  TEST_CASE("an argument that cannot be followed is refused before the changes") {
    check_refused(
        [](Operations& op) {
          recreate_with(op, {.recreate = "always",
                             .copy_from = Table("t", {Column("a", Integer)})});
        },
        "'copy_from' lacks column 'b' of table 't'; add it, and drop_column() it if it "
        "is "
        "to go");
    check_refused(
        [](Operations& op) {
          recreate_with(op, {.recreate = "always",
                             .table_args = {CheckConstraint("c > 1", {.name = "ck"})}});
        },
        "table 't' has a check 'ck' already, which says something else; "
        "drop_constraint() it first");
    check_refused(
        [](Operations& op) {
          recreate_with(op, {.recreate = "always",
                             .table_kwargs = {.postgresql_partition_by = "LIST (a)"}});
        },
        "'table_kwargs' has 'postgresql_partition_by', which a table that is made anew "
        "does not take; create another table, and copy the rows");
    check_refused(
        [](Operations& op) {
          recreate_with(
              op, {.recreate = "always", .reflect_args = {Column("a", BigInteger)}});
        },
        "'reflect_args' has column 'a', whose values the database makes (an identity, "
        "or "
        "GENERATED); alter_column() it instead");
  }

  TEST_CASE("names are found where the run looks for them, and told in full") {
    on_postgresql([](const TestDatabase& database) {
      migration::Settings settings;
      settings.session.search_path = {"other", "public"};
      database.connect()->execute(
          "CREATE SCHEMA other; CREATE TABLE public.t (a int); CREATE TABLE other.t (b "
          "int, c int); CREATE TABLE public.u (b int)");
      const Chain chain{{{"a", [](Operations& op) {
                            op.batch_alter_table("t", [](auto&) {},
                                                 {.recreate = "always",
                                                  .partial_reordering = {{"c", "b"}}});
                            op.execute("INSERT INTO t VALUES (3, 2)");
                          }}}};
      CHECK(outcome_of(run_of(database, chain, settings)) == "done");
      CHECK(database.select("SELECT c, b FROM other.t") == "3 2");
    });
  }

  TEST_CASE("without a change, a table is made anew without the columns it had once") {
    on_postgresql([](const TestDatabase& database) {
      CHECK(changed(
                database,
                [](Operations& op) {
                  op.batch_alter_table("t", [](auto&) {}, {.recreate = "always"});
                },
                "ALTER TABLE t DROP b") == "done");
      CHECK(database.select("SELECT max(attnum) FROM pg_attribute WHERE attrelid = "
                            "'t'::regclass") == "3");
    });
  }
}
