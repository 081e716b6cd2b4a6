/// Tables as both databases spell them.
/// The texts were held against those that Alembic prints.

#include <doctest/doctest.h>

#include "tests/support/rendering.hpp"

namespace {

using namespace revise;
using testing::check;
using testing::check_both;

}  // namespace

TEST_SUITE("dialects/create_table") {
  TEST_CASE("a table is spelt as Alembic spells it") {
    check(
        "a table as most are",
        [](Operations& op) {
          op.create_table("account",
                          {Column("id", Integer, {.primary_key = true}),
                           Column("name", String(50), {.nullable = false}),
                           Column("created_at", DateTime,
                                  {.server_default = text("CURRENT_TIMESTAMP")}),
                           Column("owner_id", Integer),
                           ForeignKeyConstraint(
                               {"owner_id"}, {"user.id"},
                               {.name = "fk_account_owner", .ondelete = "CASCADE"}),
                           UniqueConstraint({"name"}, {.name = "uq_account_name"})});
        },
        "CREATE TABLE account (\n"
        "    id INTEGER NOT NULL, \n"
        "    name VARCHAR(50) NOT NULL, \n"
        "    created_at DATETIME DEFAULT CURRENT_TIMESTAMP, \n"
        "    owner_id INTEGER, \n"
        "    PRIMARY KEY (id), \n"
        "    CONSTRAINT fk_account_owner FOREIGN KEY(owner_id) REFERENCES user (id) ON "
        "DELETE CASCADE, \n"
        "    CONSTRAINT uq_account_name UNIQUE (name)\n"
        ");",
        "CREATE TABLE account (\n"
        "    id SERIAL NOT NULL, \n"
        "    name VARCHAR(50) NOT NULL, \n"
        "    created_at TIMESTAMP WITHOUT TIME ZONE DEFAULT CURRENT_TIMESTAMP, \n"
        "    owner_id INTEGER, \n"
        "    PRIMARY KEY (id), \n"
        "    CONSTRAINT fk_account_owner FOREIGN KEY(owner_id) REFERENCES \"user\" "
        "(id) ON DELETE CASCADE, \n"
        "    CONSTRAINT uq_account_name UNIQUE (name)\n"
        ");");

    check_both(
        "what columns imply comes after what is written",
        [](Operations& op) {
          op.create_table(
              "child",
              {Column("a", Integer, ForeignKey("parent.id", {.ondelete = "SET NULL"}),
                      {.primary_key = true}),
               Column("b", String(9), {.unique = true}),
               Column("c", Integer, {.index = true}),
               Column("d", Integer, {.index = true, .unique = true}),
               Column("e", Integer, CheckConstraint("e > 3", {.name = "ck_e"})),
               Column("f", Integer, ForeignKey("other.x"), {.unique = true}),
               CheckConstraint("a < c"), UniqueConstraint({"a", "b"}),
               Index("ix_b", {"b"}, {.unique = true})});
        },
        "CREATE TABLE child (\n"
        "    a INTEGER NOT NULL, \n"
        "    b VARCHAR(9), \n"
        "    c INTEGER, \n"
        "    d INTEGER, \n"
        "    e INTEGER CONSTRAINT ck_e CHECK (e > 3), \n"
        "    f INTEGER, \n"
        "    PRIMARY KEY (a), \n"
        "    CHECK (a < c), \n"
        "    UNIQUE (a, b), \n"
        "    FOREIGN KEY(a) REFERENCES parent (id) ON DELETE SET NULL, \n"
        "    UNIQUE (b), \n"
        "    UNIQUE (f), \n"
        "    FOREIGN KEY(f) REFERENCES other (x)\n"
        ");\n"
        "CREATE UNIQUE INDEX ix_b ON child (b);\n"
        "CREATE INDEX ix_child_c ON child (c);\n"
        "CREATE UNIQUE INDEX ix_child_d ON child (d);");

    check_both(
        "a key and a reference of two columns",
        [](Operations& op) {
          op.create_table("link",
                          {Column("a", Integer), Column("b", Integer),
                           Column("n", Integer, {.server_default = "7"}),
                           PrimaryKeyConstraint({"a", "b"}, {.name = "pk_link"}),
                           ForeignKeyConstraint({"a", "b"}, {"x.p", "x.q"},
                                                {.onupdate = "CASCADE",
                                                 .deferrable = true,
                                                 .initially = "DEFERRED",
                                                 .match = "FULL"})});
        },
        "CREATE TABLE link (\n"
        "    a INTEGER NOT NULL, \n"
        "    b INTEGER NOT NULL, \n"
        "    n INTEGER DEFAULT '7', \n"
        "    CONSTRAINT pk_link PRIMARY KEY (a, b), \n"
        "    FOREIGN KEY(a, b) REFERENCES x (p, q) MATCH FULL ON UPDATE CASCADE "
        "DEFERRABLE INITIALLY DEFERRED\n"
        ");");

    check(
        "a table in a schema",
        [](Operations& op) {
          op.create_table("t",
                          {Column("id", Integer, {.primary_key = true}),
                           Column("u", Integer, ForeignKey("s.u.id")),
                           Column("i", Integer, {.index = true})},
                          {.schema = "s"});
        },
        "CREATE TABLE s.t (\n"
        "    id INTEGER NOT NULL, \n"
        "    u INTEGER, \n"
        "    i INTEGER, \n"
        "    PRIMARY KEY (id), \n"
        "    FOREIGN KEY(u) REFERENCES u (id)\n"
        ");\n"
        "CREATE INDEX s.ix_s_t_i ON t (i);",
        "CREATE TABLE s.t (\n"
        "    id SERIAL NOT NULL, \n"
        "    u INTEGER, \n"
        "    i INTEGER, \n"
        "    PRIMARY KEY (id), \n"
        "    FOREIGN KEY(u) REFERENCES s.u (id)\n"
        ");\n"
        "CREATE INDEX ix_s_t_i ON s.t (i);");

    check(
        "names that need quotes",
        [](Operations& op) {
          op.create_table(
              "Order",
              {Column("select", Integer), Column("User Name", Integer),
               Column("a\"b", Integer), Column("1st", Integer), Column("ok$", Integer),
               Column("naïve", Integer), Column("offset", Integer),
               Column("index", Integer), Column("user", Integer)});
        },
        "CREATE TABLE \"Order\" (\n"
        "    \"select\" INTEGER, \n"
        "    \"User Name\" INTEGER, \n"
        "    \"a\"\"b\" INTEGER, \n"
        "    \"1st\" INTEGER, \n"
        "    ok$ INTEGER, \n"
        "    \"naïve\" INTEGER, \n"
        "    \"offset\" INTEGER, \n"
        "    \"index\" INTEGER, \n"
        "    user INTEGER\n"
        ");",
        "CREATE TABLE \"Order\" (\n"
        "    \"select\" INTEGER, \n"
        "    \"User Name\" INTEGER, \n"
        "    \"a\"\"b\" INTEGER, \n"
        "    \"1st\" INTEGER, \n"
        "    ok$ INTEGER, \n"
        "    \"naïve\" INTEGER, \n"
        "    \"offset\" INTEGER, \n"
        "    index INTEGER, \n"
        "    \"user\" INTEGER\n"
        ");");

    check_both(
        "a literal and SQL as defaults",
        [](Operations& op) {
          op.create_table("t",
                          {Column("a", String(5), {.server_default = "it's"}),
                           Column("b", Integer, {.server_default = text("1")}),
                           Column("d", Boolean, {.server_default = text("false")})});
        },
        "CREATE TABLE t (\n"
        "    a VARCHAR(5) DEFAULT 'it''s', \n"
        "    b INTEGER DEFAULT 1, \n"
        "    d BOOLEAN DEFAULT false\n"
        ");");

    check_both(
        "a computed column",
        [](Operations& op) {
          op.create_table(
              "t", {Column("b", Integer),
                    Column("c", Integer, Computed("b * 2", {.persisted = true}))});
        },
        "CREATE TABLE t (\n"
        "    b INTEGER, \n"
        "    c INTEGER GENERATED ALWAYS AS (b * 2) STORED\n"
        ");");

    check(
        "comments",
        [](Operations& op) {
          op.create_table("t", {Column("b", Integer, {.comment = "it's b"})},
                          {.comment = "t's"});
        },
        "CREATE TABLE t (\n"
        "    b INTEGER\n"
        ");",
        "CREATE TABLE t (\n"
        "    b INTEGER\n"
        ");\n"
        "COMMENT ON TABLE t IS 't''s';\n"
        "COMMENT ON COLUMN t.b IS 'it''s b';");

    check_both(
        "a prefix",
        [](Operations& op) {
          op.create_table("t", {Column("b", Integer)}, {.prefixes = {"TEMPORARY"}});
        },
        "CREATE TEMPORARY TABLE t (\n"
        "    b INTEGER\n"
        ");");

    check(
        "types that bring a CHECK",
        [](Operations& op) {
          op.create_table(
              "t",
              {Column("b", Boolean({.create_constraint = true, .name = "ck_b"})),
               Column("e", Enum({"x", "y"}, {.create_constraint = true, .name = "xy"})),
               Column("f",
                      Enum({"x", "y"}, {.create_constraint = true,
                                        .name = "ck_f",
                                        .native_enum = false}),
                      {.unique = true})});
        },
        "CREATE TABLE t (\n"
        "    b BOOLEAN, \n"
        "    e VARCHAR(1), \n"
        "    f VARCHAR(1), \n"
        "    CONSTRAINT ck_b CHECK (b IN (0, 1)), \n"
        "    CONSTRAINT xy CHECK (e IN ('x', 'y')), \n"
        "    UNIQUE (f), \n"
        "    CONSTRAINT ck_f CHECK (f IN ('x', 'y'))\n"
        ");",
        "CREATE TYPE xy AS ENUM ('x', 'y');\n"
        "CREATE TABLE t (\n"
        "    b BOOLEAN, \n"
        "    e xy, \n"
        "    f VARCHAR(1), \n"
        "    UNIQUE (f), \n"
        "    CONSTRAINT ck_f CHECK (f IN ('x', 'y'))\n"
        ");");
  }

  TEST_CASE(
      "an integer that is the whole key counts up, and what is told so does not") {
    check_both(
        "a key of two flagged columns",
        [](Operations& op) {
          op.create_table("two", {Column("a", Integer, {.primary_key = true}),
                                  Column("b", BigInteger, {.primary_key = true})});
        },
        "CREATE TABLE two (\n"
        "    a INTEGER NOT NULL, \n"
        "    b BIGINT NOT NULL, \n"
        "    PRIMARY KEY (a, b)\n"
        ");");

    check(
        "a big key counts up",
        [](Operations& op) {
          op.create_table("t", {Column("id", BigInteger, {.primary_key = true})});
        },
        "CREATE TABLE t (\n"
        "    id BIGINT NOT NULL, \n"
        "    PRIMARY KEY (id)\n"
        ");",
        "CREATE TABLE t (\n"
        "    id BIGSERIAL NOT NULL, \n"
        "    PRIMARY KEY (id)\n"
        ");");

    check(
        "a small key counts up",
        [](Operations& op) {
          op.create_table("t", {Column("id", SmallInteger, {.primary_key = true})});
        },
        "CREATE TABLE t (\n"
        "    id SMALLINT NOT NULL, \n"
        "    PRIMARY KEY (id)\n"
        ");",
        "CREATE TABLE t (\n"
        "    id SMALLSERIAL NOT NULL, \n"
        "    PRIMARY KEY (id)\n"
        ");");

    check_both(
        "a key that is told not to",
        [](Operations& op) {
          op.create_table("t", {Column("id", Integer,
                                       {.autoincrement = false, .primary_key = true})});
        },
        "CREATE TABLE t (\n"
        "    id INTEGER NOT NULL, \n"
        "    PRIMARY KEY (id)\n"
        ");");

    check_both(
        "a key with a default",
        [](Operations& op) {
          op.create_table("t", {Column("id", Integer,
                                       {.primary_key = true, .server_default = "3"})});
        },
        "CREATE TABLE t (\n"
        "    id INTEGER DEFAULT '3' NOT NULL, \n"
        "    PRIMARY KEY (id)\n"
        ");");

    check_both(
        "a key of text",
        [](Operations& op) {
          op.create_table("t", {Column("id", String(3), {.primary_key = true})});
        },
        "CREATE TABLE t (\n"
        "    id VARCHAR(3) NOT NULL, \n"
        "    PRIMARY KEY (id)\n"
        ");");

    check(
        "an identity",
        [](Operations& op) {
          op.create_table("t", {Column("b", Integer,
                                       Identity({.always = true,
                                                 .start = 3,
                                                 .increment = 2,
                                                 .minvalue = 1,
                                                 .maxvalue = 9,
                                                 .cycle = true,
                                                 .cache = 4}),
                                       {.primary_key = true}),
                                Column("c", Integer, Identity({.always = false}))});
        },
        "CREATE TABLE t (\n"
        "    b INTEGER NOT NULL, \n"
        "    c INTEGER NOT NULL, \n"
        "    PRIMARY KEY (b)\n"
        ");",
        "CREATE TABLE t (\n"
        "    b INTEGER GENERATED ALWAYS AS IDENTITY (INCREMENT BY 2 START WITH 3 "
        "MINVALUE 1 MAXVALUE 9 CACHE 4 CYCLE), \n"
        "    c INTEGER GENERATED BY DEFAULT AS IDENTITY, \n"
        "    PRIMARY KEY (b)\n"
        ");");
  }

  TEST_CASE("arguments that only one database has are left out on the other") {
    check(
        "AUTOINCREMENT",
        [](Operations& op) {
          op.create_table("t", {Column("id", Integer, {.primary_key = true})},
                          {.sqlite_autoincrement = true});
        },
        "CREATE TABLE t (\n"
        "    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT\n"
        ");",
        "CREATE TABLE t (\n"
        "    id SERIAL NOT NULL, \n"
        "    PRIMARY KEY (id)\n"
        ");");

    check(
        "WITHOUT ROWID",
        [](Operations& op) {
          op.create_table("t", {Column("id", Integer, {.primary_key = true})},
                          {.sqlite_with_rowid = false});
        },
        "CREATE TABLE t (\n"
        "    id INTEGER NOT NULL, \n"
        "    PRIMARY KEY (id)\n"
        ")\n"
        " WITHOUT ROWID;",
        "CREATE TABLE t (\n"
        "    id SERIAL NOT NULL, \n"
        "    PRIMARY KEY (id)\n"
        ");");

    check(
        "ON CONFLICT",
        [](Operations& op) {
          op.create_table(
              "t",
              {Column("id", Integer,
                      {.primary_key = true, .sqlite_on_conflict_primary_key = "FAIL"}),
               Column("b", Integer,
                      {.unique = true,
                       .nullable = false,
                       .sqlite_on_conflict_not_null = "IGNORE",
                       .sqlite_on_conflict_unique = "REPLACE"}),
               UniqueConstraint({"b", "id"}, {.sqlite_on_conflict = "ABORT"}),
               CheckConstraint("b > 1", {.sqlite_on_conflict = "ROLLBACK"})});
        },
        "CREATE TABLE t (\n"
        "    id INTEGER NOT NULL, \n"
        "    b INTEGER NOT NULL ON CONFLICT IGNORE, \n"
        "    PRIMARY KEY (id) ON CONFLICT FAIL, \n"
        "    UNIQUE (b, id) ON CONFLICT ABORT, \n"
        "    CHECK (b > 1) ON CONFLICT ROLLBACK, \n"
        "    UNIQUE (b) ON CONFLICT REPLACE\n"
        ");",
        "CREATE TABLE t (\n"
        "    id SERIAL NOT NULL, \n"
        "    b INTEGER NOT NULL, \n"
        "    PRIMARY KEY (id), \n"
        "    UNIQUE (b, id), \n"
        "    CHECK (b > 1), \n"
        "    UNIQUE (b)\n"
        ");");

    check(
        "what only PostgreSQL has",
        [](Operations& op) {
          op.create_table("t", {Column("id", Integer)},
                          {.postgresql_inherits = {"base"},
                           .postgresql_on_commit = "PRESERVE ROWS",
                           .postgresql_partition_by = "LIST (id)",
                           .postgresql_tablespace = "fast"});
        },
        "CREATE TABLE t (\n"
        "    id INTEGER\n"
        ");",
        "CREATE TABLE t (\n"
        "    id INTEGER\n"
        ")\n"
        " INHERITS (base)\n"
        " PARTITION BY LIST (id)\n"
        " ON COMMIT PRESERVE ROWS\n"
        " TABLESPACE fast;");
  }
}
