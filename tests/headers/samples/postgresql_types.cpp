// PostgreSQL's types

#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{.revision = "4b4b4b4b4b4b"};

void create_plain(Operations& op) {
  using namespace revise::postgresql;
  op.create_table("plain", {Column("a", SMALLSERIAL),
                            Column("b", SERIAL),
                            Column("c", BIGSERIAL),
                            Column("d", postgresql::UUID),
                            Column("e", postgresql::JSON),
                            Column("f", JSONB),
                            Column("g", INT4RANGE),
                            Column("h", INT8RANGE),
                            Column("i", NUMRANGE),
                            Column("j", DATERANGE),
                            Column("k", TSRANGE),
                            Column("l", TSTZRANGE),
                            Column("m", INT4MULTIRANGE),
                            Column("n", INT8MULTIRANGE),
                            Column("o", NUMMULTIRANGE),
                            Column("p", DATEMULTIRANGE),
                            Column("q", TSMULTIRANGE),
                            Column("r", TSTZMULTIRANGE),
                            Column("s", INET),
                            Column("t", CIDR),
                            Column("u", MACADDR),
                            Column("v", MACADDR8),
                            Column("w", BYTEA),
                            Column("x", TSVECTOR),
                            Column("y", TSQUERY),
                            Column("z", HSTORE),
                            Column("aa", CITEXT),
                            Column("ab", MONEY),
                            Column("ac", XML),
                            Column("ad", OID),
                            Column("ae", REGCLASS),
                            Column("af", REGCONFIG),
                            Column("ag", JSONPATH),
                            Column("ah", postgresql::REAL),
                            Column("ai", postgresql::DOUBLE_PRECISION)});
}

void create_with_arguments(Operations& op) {
  const auto mood = postgresql::ENUM({"sad", "ok"}, {.name = "mood", .schema = "s"});
  op.create_table(
      "arguments",
      {Column("a", postgresql::ARRAY(Integer, {.dimensions = 2})),
       Column("b", postgresql::ARRAY(String(5, {.collation = "C"}))),
       Column("c", postgresql::BIT), Column("d", postgresql::BIT(8)),
       Column("e", postgresql::BIT(8, {.varying = true})),
       Column("f", postgresql::BIT({.varying = true})),
       Column("g", postgresql::INTERVAL),
       Column("h", postgresql::INTERVAL({.precision = 3})),
       Column("i", postgresql::INTERVAL({.precision = 3, .fields = "DAY TO SECOND"})),
       Column("j", postgresql::TIMESTAMP),
       Column("k", postgresql::TIMESTAMP({.timezone = true, .precision = 2})),
       Column("l", postgresql::TIME({.precision = 0})), Column("m", mood),
       Column("n", postgresql::ARRAY(mood)),
       Column("o", postgresql::ENUM({"x"}, {.name = "y", .create_type = false})),
       Column("p", postgresql::DOMAIN("small", Integer,
                                      {.default_ = text("1"),
                                       .constraint_name = "ck_small",
                                       .check = "VALUE < 10"})),
       Column(
           "q",
           postgresql::DOMAIN(
               "code", Text,
               {.collation = "C", .default_ = "a'b", .not_null = true, .schema = "s"})),
       Column("r", RawType("geometry(Point,4326)"))});
}

void upgrade(Operations& op) {
  if (op.dialect() == "postgresql") {
    create_plain(op);
    create_with_arguments(op);
    op.add_column("plain", Column("aj", Enum({"on", "off"}, {.name = "status"})));
  } else {
    op.create_table("arguments", {Column("r", RawType("GEOMETRY"))});
  }
}

void downgrade(Operations& op) { op.drop_table("arguments"); }

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
