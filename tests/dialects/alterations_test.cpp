/// Changes of tables as both databases spell them.
/// The texts were held against those that Alembic prints.

#include <doctest/doctest.h>

#include <revise/data.hpp>

#include "tests/support/rendering.hpp"

namespace {

using namespace revise;
using testing::check;
using testing::check_both;

// Alembic's own words.
const char* const kNoConstraints =
    "!No support for ALTER of constraints in SQLite dialect. Please refer to the batch "
    "mode feature which allows for SQLite migrations using a copy-and-move strategy.";

}  // namespace

TEST_SUITE("dialects/alterations") {
  TEST_CASE("columns come and go") {
    check_both(
        "add_column",
        [](Operations& op) {
          op.add_column(
              "t", Column("c", Integer, {.nullable = false, .server_default = "12"}));
        },
        "ALTER TABLE t ADD COLUMN c INTEGER DEFAULT '12' NOT NULL;");

    check(
        "add_column of a key",
        [](Operations& op) {
          op.add_column("t", Column("c", Integer, {.primary_key = true}));
        },
        "ALTER TABLE t ADD COLUMN c INTEGER NOT NULL;",
        "ALTER TABLE t ADD COLUMN c SERIAL NOT NULL;");

    check(
        "add_column with an index",
        [](Operations& op) {
          op.add_column("t", Column("c", Integer, {.index = true}), {.schema = "s"});
        },
        "ALTER TABLE s.t ADD COLUMN c INTEGER;\n"
        "CREATE INDEX s.ix_s_t_c ON t (c);",
        "ALTER TABLE s.t ADD COLUMN c INTEGER;\n"
        "CREATE INDEX ix_s_t_c ON s.t (c);");

    check(
        "add_column with a foreign key",
        [](Operations& op) {
          op.add_column("t", Column("c", Integer, ForeignKey("o.id", {.name = "fkx"})));
        },
        kNoConstraints,
        "ALTER TABLE t ADD COLUMN c INTEGER;\n"
        "ALTER TABLE t ADD CONSTRAINT fkx FOREIGN KEY(c) REFERENCES o (id);");

    check(
        "add_column that is unique",
        [](Operations& op) {
          op.add_column("t", Column("c", Integer, {.unique = true}));
        },
        kNoConstraints,
        "ALTER TABLE t ADD COLUMN c INTEGER;\n"
        "ALTER TABLE t ADD UNIQUE (c);");

    check(
        "add_column with a comment",
        [](Operations& op) {
          op.add_column("t", Column("c", Integer, {.comment = "it's"}));
        },
        "ALTER TABLE t ADD COLUMN c INTEGER;",
        "ALTER TABLE t ADD COLUMN c INTEGER;\n"
        "COMMENT ON COLUMN t.c IS 'it''s';");

    check_both(
        "add_column with a check",
        [](Operations& op) {
          op.add_column("t", Column("c", Integer, CheckConstraint("c > 1")));
        },
        "ALTER TABLE t ADD COLUMN c INTEGER CHECK (c > 1);");

    check(
        "add_column that is computed",
        [](Operations& op) {
          op.add_column("t", Column("c", Integer, Computed("a*2")));
        },
        "ALTER TABLE t ADD COLUMN c INTEGER GENERATED ALWAYS AS (a*2);",
        "ALTER TABLE t ADD COLUMN c INTEGER GENERATED ALWAYS AS (a*2) STORED;");

    check(
        "add_column with an identity",
        [](Operations& op) {
          op.add_column("t",
                        Column("c", Integer, Identity({.always = true, .start = 3})));
        },
        "ALTER TABLE t ADD COLUMN c INTEGER NOT NULL;",
        "ALTER TABLE t ADD COLUMN c INTEGER GENERATED ALWAYS AS IDENTITY (START WITH "
        "3);");

    check_both(
        "drop_column",
        [](Operations& op) { op.drop_column("t", "c", {.schema = "s"}); },
        "ALTER TABLE s.t DROP COLUMN c;");

    check(
        "alter_column",
        [](Operations& op) {
          op.alter_column("t", "c",
                          {.nullable = false,
                           .comment = "x",
                           .server_default = none,
                           .new_column_name = "d",
                           .type_ = String(5),
                           .existing_type = Integer,
                           .schema = "s",
                           .postgresql_using = "c::text"});
        },
        "!SQLite cannot alter the type, the default or the nullability of column 'c'; "
        "please refer to the batch mode feature, which recreates the table",
        "ALTER TABLE s.t ALTER COLUMN c TYPE VARCHAR(5) USING c::text;\n"
        "ALTER TABLE s.t ALTER COLUMN c SET NOT NULL;\n"
        "ALTER TABLE s.t ALTER COLUMN c DROP DEFAULT;\n"
        "COMMENT ON COLUMN s.t.c IS 'x';\n"
        "ALTER TABLE s.t RENAME c TO d;");

    check(
        "alter_column that renames",
        [](Operations& op) { op.alter_column("t", "c", {.new_column_name = "d"}); },
        "ALTER TABLE t RENAME COLUMN c TO d;", "ALTER TABLE t RENAME c TO d;");
  }

  TEST_CASE("constraints are altered where the database can, and refused where not") {
    check(
        "create_primary_key",
        [](Operations& op) {
          op.create_primary_key("pk", "t", {"a", "b"});
        },
        kNoConstraints, "ALTER TABLE t ADD CONSTRAINT pk PRIMARY KEY (a, b);");

    check(
        "create_unique_constraint",
        [](Operations& op) {
          op.create_unique_constraint(
              "uq", "t", {"a", "b"},
              {.schema = "s", .deferrable = true, .initially = "DEFERRED"});
        },
        kNoConstraints,
        "ALTER TABLE s.t ADD CONSTRAINT uq UNIQUE (a, b) DEFERRABLE INITIALLY "
        "DEFERRED;");

    check(
        "a constraint without a name",
        [](Operations& op) { op.create_unique_constraint({}, "t", {"a"}); },
        kNoConstraints, "ALTER TABLE t ADD UNIQUE (a);");

    check(
        "create_check_constraint",
        [](Operations& op) { op.create_check_constraint("ck", "t", "a > 5"); },
        kNoConstraints, "ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 5);");

    check(
        "create_foreign_key",
        [](Operations& op) {
          op.create_foreign_key("fk", "t", "o", {"a"}, {"b"},
                                {.onupdate = "CASCADE",
                                 .ondelete = "SET NULL",
                                 .deferrable = true,
                                 .initially = "DEFERRED",
                                 .match = "FULL",
                                 .source_schema = "s",
                                 .referent_schema = "r"});
        },
        kNoConstraints,
        "ALTER TABLE s.t ADD CONSTRAINT fk FOREIGN KEY(a) REFERENCES r.o (b) MATCH "
        "FULL ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;");

    check(
        "drop_constraint",
        [](Operations& op) {
          op.drop_constraint("cn", "t", {.type_ = "unique", .schema = "s"});
        },
        kNoConstraints, "ALTER TABLE s.t DROP CONSTRAINT cn;");
  }

  TEST_CASE("tables, indexes, comments and rows") {
    check_both(
        "drop_table", [](Operations& op) { op.drop_table("t", {.schema = "s"}); },
        "DROP TABLE s.t;");

    check_both(
        "rename_table",
        [](Operations& op) { op.rename_table("a", "B", {.schema = "s"}); },
        "ALTER TABLE s.a RENAME TO \"B\";");

    check(
        "create_index",
        [](Operations& op) {
          op.create_index("ix_t", "t", {"a", text("lower(b)"), text("c DESC")},
                          {.schema = "s", .unique = true});
        },
        "CREATE UNIQUE INDEX s.ix_t ON t (a, lower(b), c DESC);",
        "CREATE UNIQUE INDEX ix_t ON s.t (a, lower(b), c DESC);");

    check(
        "create_index with the databases' own arguments",
        [](Operations& op) {
          op.create_index("ix_t", "t",
                          {
                              "a"
          },
                          {.postgresql_concurrently = true,
                           .postgresql_include = {"b", "C"},
                           .postgresql_ops = {{"a", "jsonb_path_ops"}},
                           .postgresql_tablespace = "x",
                           .postgresql_using = "GIN",
                           .postgresql_where = "a > 5",
                           .postgresql_with = {{"fillfactor", 50}, {"x", "on"}},
                           .sqlite_where = "a > 5"});
        },
        "CREATE INDEX ix_t ON t (a) WHERE a > 5;",
        "CREATE INDEX CONCURRENTLY ix_t ON t USING gin (a jsonb_path_ops) "
        "INCLUDE (b, \"C\") WITH (fillfactor = 50, x = on) TABLESPACE x WHERE a > 5;");

    check(
        "an operator class for a column that the index is not on",
        [](Operations& op) {
          op.create_index("ix_t", "t", {"a"}, {.postgresql_ops = {{"b", "x_ops"}}});
        },
        "CREATE INDEX ix_t ON t (a);",
        "!'postgresql_ops' names 'b', which the index 'ix_t' is not on");

    check(
        "a storage parameter without a value",
        [](Operations& op) {
          op.create_index("ix_t", "t", {"a"}, {.postgresql_with = {{"x", none}}});
        },
        "!'x' is given neither text nor a number",
        "!'x' is given neither text nor a number");

    check_both(
        "drop_index",
        [](Operations& op) { op.drop_index("ix_t", "t", {.schema = "s"}); },
        "DROP INDEX s.ix_t;");

    check(
        "drop_index concurrently",
        [](Operations& op) {
          op.drop_index("ix_t", {.table_name = "t", .postgresql_concurrently = true});
        },
        "DROP INDEX ix_t;", "DROP INDEX CONCURRENTLY ix_t;");

    check(
        "create_table_comment",
        [](Operations& op) { op.create_table_comment("t", "it's", {.schema = "s"}); },
        "", "COMMENT ON TABLE s.t IS 'it''s';");

    check(
        "drop_table_comment", [](Operations& op) { op.drop_table_comment("t"); }, "",
        "COMMENT ON TABLE t IS NULL;");

    check_both(
        "bulk_insert",
        [](Operations& op) {
          op.bulk_insert(table("account", column<int>("id"),
                               column<std::optional<std::string>>("name")),
                         {
                             {1, "it's"},
                             {2, none  }
          });
        },
        "INSERT INTO account (id, name) VALUES (1, 'it''s');\n"
        "INSERT INTO account (id, name) VALUES (2, NULL);");
  }
}
