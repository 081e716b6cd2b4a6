/// Types as both databases spell them.
/// The texts were held against those that Alembic prints.

#include <doctest/doctest.h>

#include "tests/support/rendering.hpp"

namespace {

using namespace revise;
using testing::check;
using testing::check_both;

}  // namespace

TEST_SUITE("dialects/types") {
  TEST_CASE("a type is spelt as SQLAlchemy spells it") {
    check(
        "generic types",
        [](Operations& op) {
          op.create_table("t",
                          {Column("a", BigInteger),
                           Column("b", Boolean),
                           Column("c", Date),
                           Column("d", DateTime),
                           Column("e", DateTime({.timezone = true})),
                           Column("f", Enum({"on", "off"}, {.name = "status"})),
                           Column("g", Float),
                           Column("h", Float(24)),
                           Column("i", Integer),
                           Column("j", Interval),
                           Column("k", Interval({.second_precision = 3})),
                           Column("l", Interval({.native = false})),
                           Column("m", LargeBinary),
                           Column("n", LargeBinary(16)),
                           Column("o", Numeric),
                           Column("p", Numeric(10)),
                           Column("q", Numeric(10, 2)),
                           Column("r", PickleType),
                           Column("s", SmallInteger),
                           Column("t", String),
                           Column("u", String(50)),
                           Column("v", String(50, {.collation = "nocase"})),
                           Column("w", Text),
                           Column("x", Text(9)),
                           Column("y", Time),
                           Column("z", Time({.timezone = true})),
                           Column("aa", Unicode(5)),
                           Column("ab", UnicodeText),
                           Column("ac", JSON),
                           Column("ad", Enum({"on", "öff"}, {.native_enum = false}))});
        },
        "CREATE TABLE t (\n"
        "    a BIGINT, \n"
        "    b BOOLEAN, \n"
        "    c DATE, \n"
        "    d DATETIME, \n"
        "    e DATETIME, \n"
        "    f VARCHAR(3), \n"
        "    g FLOAT, \n"
        "    h FLOAT, \n"
        "    i INTEGER, \n"
        "    j DATETIME, \n"
        "    k DATETIME, \n"
        "    l DATETIME, \n"
        "    m BLOB, \n"
        "    n BLOB, \n"
        "    o NUMERIC, \n"
        "    p NUMERIC(10), \n"
        "    q NUMERIC(10, 2), \n"
        "    r BLOB, \n"
        "    s SMALLINT, \n"
        "    t VARCHAR, \n"
        "    u VARCHAR(50), \n"
        "    v VARCHAR(50) COLLATE \"nocase\", \n"
        "    w TEXT, \n"
        "    x TEXT(9), \n"
        "    y TIME, \n"
        "    z TIME, \n"
        "    aa VARCHAR(5), \n"
        "    ab TEXT, \n"
        "    ac JSON, \n"
        "    ad VARCHAR(3)\n"
        ");",
        "CREATE TYPE status AS ENUM ('on', 'off');\n"
        "CREATE TABLE t (\n"
        "    a BIGINT, \n"
        "    b BOOLEAN, \n"
        "    c DATE, \n"
        "    d TIMESTAMP WITHOUT TIME ZONE, \n"
        "    e TIMESTAMP WITH TIME ZONE, \n"
        "    f status, \n"
        "    g FLOAT, \n"
        "    h FLOAT(24), \n"
        "    i INTEGER, \n"
        "    j INTERVAL, \n"
        "    k INTERVAL (3), \n"
        "    l TIMESTAMP WITHOUT TIME ZONE, \n"
        "    m BYTEA, \n"
        "    n BYTEA, \n"
        "    o NUMERIC, \n"
        "    p NUMERIC(10), \n"
        "    q NUMERIC(10, 2), \n"
        "    r BYTEA, \n"
        "    s SMALLINT, \n"
        "    t VARCHAR, \n"
        "    u VARCHAR(50), \n"
        "    v VARCHAR(50) COLLATE \"nocase\", \n"
        "    w TEXT, \n"
        "    x TEXT(9), \n"
        "    y TIME WITHOUT TIME ZONE, \n"
        "    z TIME WITH TIME ZONE, \n"
        "    aa VARCHAR(5), \n"
        "    ab TEXT, \n"
        "    ac JSON, \n"
        "    ad VARCHAR(3)\n"
        ");");

    check(
        "SQL's own types",
        [](Operations& op) {
          op.create_table("t", {Column("a", BIGINT),
                                Column("b", BINARY(3)),
                                Column("c", BLOB),
                                Column("d", BOOLEAN),
                                Column("e", CHAR(3)),
                                Column("f", CLOB),
                                Column("g", DATE),
                                Column("h", DATETIME),
                                Column("i", DECIMAL(5, 1)),
                                Column("j", FLOAT),
                                Column("k", FLOAT(7)),
                                Column("l", INT),
                                Column("m", NCHAR(2)),
                                Column("n", NUMERIC(4)),
                                Column("o", NVARCHAR(8)),
                                Column("p", REAL),
                                Column("q", SMALLINT),
                                Column("r", TEXT),
                                Column("s", TIME),
                                Column("t", TIMESTAMP),
                                Column("u", TIMESTAMP({.timezone = true})),
                                Column("v", VARBINARY(4)),
                                Column("w", VARCHAR(255))});
        },
        "CREATE TABLE t (\n"
        "    a BIGINT, \n"
        "    b BINARY(3), \n"
        "    c BLOB, \n"
        "    d BOOLEAN, \n"
        "    e CHAR(3), \n"
        "    f CLOB, \n"
        "    g DATE, \n"
        "    h DATETIME, \n"
        "    i DECIMAL(5, 1), \n"
        "    j FLOAT, \n"
        "    k FLOAT, \n"
        "    l INTEGER, \n"
        "    m NCHAR(2), \n"
        "    n NUMERIC(4), \n"
        "    o NVARCHAR(8), \n"
        "    p REAL, \n"
        "    q SMALLINT, \n"
        "    r TEXT, \n"
        "    s TIME, \n"
        "    t TIMESTAMP, \n"
        "    u TIMESTAMP, \n"
        "    v VARBINARY(4), \n"
        "    w VARCHAR(255)\n"
        ");",
        "CREATE TABLE t (\n"
        "    a BIGINT, \n"
        "    b BINARY(3), \n"
        "    c BLOB, \n"
        "    d BOOLEAN, \n"
        "    e CHAR(3), \n"
        "    f CLOB, \n"
        "    g DATE, \n"
        "    h DATETIME, \n"
        "    i DECIMAL(5, 1), \n"
        "    j FLOAT, \n"
        "    k FLOAT(7), \n"
        "    l INTEGER, \n"
        "    m NCHAR(2), \n"
        "    n NUMERIC(4), \n"
        "    o NVARCHAR(8), \n"
        "    p REAL, \n"
        "    q SMALLINT, \n"
        "    r TEXT, \n"
        "    s TIME WITHOUT TIME ZONE, \n"
        "    t TIMESTAMP WITHOUT TIME ZONE, \n"
        "    u TIMESTAMP WITH TIME ZONE, \n"
        "    v VARBINARY(4), \n"
        "    w VARCHAR(255)\n"
        ");");
  }
}
