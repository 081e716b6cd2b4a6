// Every directive, with arguments that are known when the unit runs.

#include <revise/op.hpp>
#include <string>
#include <vector>

namespace {

using namespace revise;

constexpr Revision revision{.revision = "ae1027a6acf9", .down_revision = {}};

const auto kStatus = Enum({"on", "off"}, {.name = "status"});

void upgrade(Operations& op) {
  const std::string name = "account";
  const std::vector<std::string> columns = {"a", "b"};
  op.create_table(
      name,
      {Column("a", Integer, Identity({.start = 3})),
       Column("b", Numeric(10, 2), CheckConstraint("b > 0")),
       Column("c", Integer, ForeignKey("user.id", {.ondelete = "CASCADE"}),
              {.nullable = false}),
       Column("d", Integer, ForeignKey("user.id"), CheckConstraint("d > 0")),
       Column("e", DateTime({.timezone = true})),
       Column("f", kStatus, {.server_default = "on"}),
       Column("g", Integer, {.computed = Computed("b * 2", {.persisted = true})}),
       Column("h", ARRAY(Integer)), PrimaryKeyConstraint({"a", "b"}),
       UniqueConstraint(columns, {.name = name}),
       Index("ix", {"a", text("lower(b)")}, {.unique = true})},
      {.schema = name, .if_not_exists = true, .prefixes = {"TEMPORARY"}});
  op.create_table("empty", {});
  TableElements elements;
  for (const std::string& column : columns) elements.add(Column(column, Text));
  op.create_table("many", elements);
  op.rename_table("a", "b");
  op.add_column(name, Column("x", Integer), {.if_not_exists = true});
  op.alter_column("t", "x", {.type_ = BigInteger, .postgresql_using = "x::bigint"});
  op.create_index(op.f("ix"), "t", {"a", "b"}, {.unique = true});
  op.create_index("ix", "t",
                  {
                      "a"
  },
                  {.postgresql_ops = {{"a", "x_ops"}},
                   .postgresql_with = {{"fillfactor", 50}, {"x", name}}});
  op.create_primary_key("pk", "t", {"a", "b"});
  op.create_unique_constraint("uq", "t", columns);
  op.create_check_constraint("ck", "t", "a > 5");
  op.create_foreign_key("fk", "a", "b", {"a", "b"}, {"c", "d"}, {.match = "FULL"});
  op.create_table_comment("t", "what it holds");
  op.execute(
      "UPDATE t SET a = :low, b = :name, c = :none, d = :yes, e = :half",
      {
          {"low",  10  },
          {"name", name},
          {"none", none},
          {"yes",  true},
          {"half", .5  }
  });
  op.execute("UPDATE t SET a = :a", {
                                        {"a", "b"}
  });
  if (op.dialect() == "postgresql") {
    op.autocommit_block([&] { op.execute(text("VACUUM")); });
  }
}

void downgrade(Operations& op) {
  op.drop_table_comment("t");
  op.drop_constraint("fk", "t", {.type_ = "foreignkey"});
  op.drop_index("ix");
  op.drop_index("ix", "t");
  op.drop_index("ix", {.table_name = "t", .if_exists = true});
  op.drop_index("ix", "t", {.schema = "s"});
  op.drop_column("t", "x", {.if_exists = true});
  op.drop_table("account");
}

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
