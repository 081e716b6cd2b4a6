/// The statements that make a table anew, in full.

#include <doctest/doctest.h>

#include "engine/dialects/postgresql/recreation.hpp"
#include "tests/migration/recreations.hpp"

namespace {

using namespace revise;
using namespace revise::testing;

// Those for the table t with `columns` in that order.
std::string planned(const TestDatabase& database, const std::string& setup,
                    const std::vector<std::string>& columns) {
  const auto connection = database.connect();
  connection->execute(setup);
  connection->execute("SET search_path = ''");
  const auto oid = connection->batch("SELECT 'public.t'::regclass::oid::bigint");
  const dialects::Live live{
      .read = [&](auto sql) { return connection->batch(sql); },
      .send = [](const auto&) {},
      .aside = [](auto) {},
      .apply = [](const auto&) {},
      .before_rebuild = [](const auto&, const auto&) {},
  };
  return join(
      postgresql::plan_recreation({.oid = std::get<std::int64_t>(oid.rows[0][0]),
                                   .server_version = 150000,
                                   .temporary_name = "_alembic_tmp_t",
                                   .columns = columns},
                                  live),
      ";\n");
}

}  // namespace

TEST_SUITE("migration/recreation") {
  TEST_CASE("of a small table little is said") {
    on_postgresql([](const TestDatabase& database) {
      CHECK(planned(database,
                    "CREATE TABLE t (a serial PRIMARY KEY, \"B\" text NOT NULL)",
                    {"B", "a"}) ==
            "CREATE TABLE public._alembic_tmp_t (\n"
            "    \"B\" text NOT NULL,\n"
            "    a integer DEFAULT nextval('public.t_a_seq'::regclass) NOT NULL\n"
            ") USING heap TABLESPACE pg_default;\n"
            "INSERT INTO public._alembic_tmp_t (\"B\", a) SELECT \"B\", a FROM ONLY "
            "public.t;\n"
            "ALTER SEQUENCE public.t_a_seq OWNED BY public._alembic_tmp_t.a;\n"
            "DROP TABLE public.t;\n"
            "ALTER TABLE public._alembic_tmp_t RENAME TO t;\n"
            "ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY (a)");
    });
  }

  TEST_CASE("an identity takes the place of the old one, and keys of others follow") {
    on_postgresql([](const TestDatabase& database) {
      const std::string fresh =
          "_alembic_tmp_1_" + database.select("SELECT left(md5('t_a_seq'), 8)");
      CHECK(
          planned(database,
                  "CREATE TABLE t (a bigint GENERATED ALWAYS AS IDENTITY UNIQUE); "
                  "CREATE TABLE c (t bigint REFERENCES t (a))",
                  {"a"}) ==
          "CREATE TABLE public._alembic_tmp_t (\n    a bigint NOT NULL\n) USING heap "
          "TABLESPACE pg_default;\n"
          "INSERT INTO public._alembic_tmp_t (a) SELECT a FROM ONLY public.t;\n"
          "ALTER TABLE public._alembic_tmp_t ALTER COLUMN a ADD GENERATED ALWAYS AS "
          "IDENTITY (SEQUENCE NAME public." +
              fresh +
              " INCREMENT BY 1 MINVALUE 1 "
              "MAXVALUE 9223372036854775807 START WITH 1 CACHE 1);\n"
              "ALTER SEQUENCE public.t_a_seq INCREMENT BY 1;\n"
              "SELECT setval('public." +
              fresh +
              "', last_value, is_called) FROM "
              "public.t_a_seq;\n"
              "ALTER TABLE public.c DROP CONSTRAINT c_t_fkey;\n"
              "DROP TABLE public.t;\n"
              "ALTER TABLE public._alembic_tmp_t RENAME TO t;\n"
              "ALTER SEQUENCE public." +
              fresh +
              " RENAME TO t_a_seq;\n"
              "ALTER TABLE public.t ADD CONSTRAINT t_a_key UNIQUE (a);\n"
              "ALTER TABLE public.c ADD CONSTRAINT c_t_fkey FOREIGN KEY (t) REFERENCES "
              "public.t(a)");
    });
  }

  TEST_CASE("a table of no columns, or of generated ones alone, keeps its rows") {
    on_postgresql([](const TestDatabase& database) {
      database.connect()->execute(
          "CREATE TABLE n (); INSERT INTO n DEFAULT VALUES; INSERT INTO n DEFAULT "
          "VALUES; CREATE TABLE g (a int GENERATED ALWAYS AS (7) STORED); INSERT INTO "
          "g "
          "DEFAULT VALUES");
      const Chain chain{
          {{"a", [](Operations& op) {
              op.batch_alter_table("n", [](auto&) {}, {.recreate = "always"});
              op.batch_alter_table("g", [](auto&) {}, {.recreate = "always"});
            }}}};
      CHECK(outcome_of(run_of(database, chain)) == "done");
      CHECK(database.select("SELECT count(*) FROM n") == "2");
      CHECK(database.select("SELECT a FROM g") == "7");
    });
  }
}
