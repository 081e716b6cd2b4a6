// every type

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{.revision = "3a3a3a3a3a3a"};

void upgrade(Operations& op) {
  op.create_table("generic",
                  {Column("a", BigInteger),
                   Column("b", Boolean),
                   Column("c", Date),
                   Column("d", DateTime({.timezone = true})),
                   Column("e", Double),
                   Column("f", Float),
                   Column("g", Integer),
                   Column("h", Interval),
                   Column("i", LargeBinary),
                   Column("j", Numeric(10, 2)),
                   Column("k", PickleType),
                   Column("l", SmallInteger),
                   Column("m", String),
                   Column("n", String(50)),
                   Column("o", Text),
                   Column("p", Time),
                   Column("q", Unicode(9)),
                   Column("r", UnicodeText),
                   Column("s", Uuid),
                   Column("t", JSON),
                   Column("u", Uuid({.native_uuid = false})),
                   Column("v", Enum({"x", "yy"}, {.create_constraint = true,
                                                  .name = "v",
                                                  .native_enum = false})),
                   Column("w", Boolean({.create_constraint = true, .name = "ck_w"}))});
  op.create_table("sql", {Column("a", BIGINT),
                          Column("b", BINARY(3)),
                          Column("c", BLOB),
                          Column("d", BOOLEAN),
                          Column("e", CHAR(4)),
                          Column("f", CLOB),
                          Column("g", DATE),
                          Column("h", DATETIME),
                          Column("i", DECIMAL(8, 3)),
                          Column("j", DOUBLE),
                          Column("k", DOUBLE_PRECISION),
                          Column("l", FLOAT(5)),
                          Column("m", INT),
                          Column("n", INTEGER),
                          Column("o", NCHAR(6)),
                          Column("p", NUMERIC({.precision = 7})),
                          Column("q", NVARCHAR(8)),
                          Column("r", REAL),
                          Column("s", SMALLINT),
                          Column("t", TEXT),
                          Column("u", TIME),
                          Column("v", TIMESTAMP),
                          Column("w", UUID),
                          Column("x", VARBINARY(9)),
                          Column("y", VARCHAR({.length = 10, .collation = "C"}))});
  if (op.dialect() == "postgresql") {
    op.create_table(
        "postgresql",
        {Column("a", ARRAY(Integer)),
         Column("b", Integer, {.identity = Identity({.always = true, .start = 3})})});
  }
}

void downgrade(Operations& op) {
  op.drop_table("sql");
  op.drop_table("generic");
}

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
