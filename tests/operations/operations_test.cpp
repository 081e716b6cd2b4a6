/// What a unit writes, and the values that come of it.

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <revise/op.hpp>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/operations/reverse.hpp"
#include "tests/support/collecting_sink.hpp"

namespace {

using namespace revise;
using testing::CollectingSink;

// Made before there is a step, as by a unit that is loaded.
const Column kShared("shared", String(20), {.nullable = false});

template <typename Op>
const Op& only(const CollectingSink& sink) {
  REQUIRE(sink.operations.size() == 1);
  return std::get<Op>(sink.operations[0]);
}

template <typename Function>
std::string refusal(const Function& function) {
  CollectingSink sink;
  Operations op(sink);
  try {
    function(op);
  } catch (const UnitError& error) {
    CHECK(sink.operations.empty());
    return error.what();
  }
  return "none";
}

}  // namespace

TEST_SUITE("operations/operations") {
  TEST_CASE("text of temporaries outlives them") {
    CollectingSink sink;
    Operations op(sink);
    TableElements elements;
    for (int number = 0; number < 300; ++number) {
      const std::string name = "a_column_with_number_" + std::to_string(number);
      elements.add(Column(name, Integer, {.comment = name + " told"}));
    }
    op.create_table(std::string("many"), elements);
    const auto& table = only<operations::CreateTableOp>(sink).table;
    REQUIRE(table.columns.size() == 300);
    CHECK(table.name == "many");
    CHECK(table.columns[299].name == "a_column_with_number_299");
    CHECK(table.columns[7].comment == "a_column_with_number_7 told");
  }

  TEST_CASE("columns of an index may be names that are known at run time") {
    const std::vector<std::string> names = {"a", "b"};
    CollectingSink sink;
    Operations(sink).create_index("i", "t", names, {.unique = true});
    Operations(sink).create_table("t", {Column("a", Integer), Index("i", names)});
    const auto& created = std::get<operations::CreateIndexOp>(sink.operations[0]);
    const auto& table = std::get<operations::CreateTableOp>(sink.operations[1]).table;
    const std::vector<schema::IndexElement> expected = {"a", "b"};
    CHECK(created.index.unique);
    CHECK((created.index.elements == expected));
    CHECK((table.indexes[0].elements == expected));
  }

  TEST_CASE("what is made outside a step serves in every step") {
    for (int step = 0; step < 2; ++step) {
      CollectingSink sink;
      Operations op(sink);
      op.add_column("t", kShared);
      CHECK(only<operations::AddColumnOp>(sink).column.name == "shared");
    }
  }

  TEST_CASE("a column is nullable unless it is of a key, has an identity or says so") {
    const struct {
      std::string name;
      Column column;
      bool nullable;
    } rows[] = {
        {"left alone", Column("a", Integer),                                   true },
        { "of a key",  Column("a",    Integer,                     {.primary_key = true}), false},
        { "of a key, told otherwise",
         Column("a",      Integer,   {.nullable = true, .primary_key = true}),  true},
        { "told so",  Column("a",    Integer,                       {.nullable = false}), false},
        { "identity",  Column("a",    Integer,                Identity({.always = true})), false},
        { "identity that tells nothing",  Column("a",    Integer,                                Identity()), false},
        { "identity as an option",
         Column("a",      Integer, {.identity = Identity({.on_null = true})}),  true},
    };
    for (const auto& row : rows) {
      CAPTURE(row.name);
      CollectingSink sink;
      Operations(sink).add_column("t", row.column);
      CHECK(only<operations::AddColumnOp>(sink).column.nullable == row.nullable);
    }
  }

  TEST_CASE("left alone, dropped and set are told apart") {
    CollectingSink sink;
    Operations op(sink);
    op.alter_column("t", "c",
                    {.comment = "new", .server_default = none, .existing_type = Text});
    const auto& alter = only<operations::AlterColumnOp>(sink);
    CHECK_FALSE(alter.nullable.has_value());
    CHECK_FALSE(alter.type.has_value());
    REQUIRE(alter.server_default.has_value());
    CHECK_FALSE(alter.server_default->has_value());
    REQUIRE(alter.comment.has_value());
    CHECK(alter.comment->value() == "new");
    CHECK(alter.existing_type.has_value());
  }

  TEST_CASE("a foreign key's column is split at its last points") {
    CollectingSink sink;
    Operations op(sink);
    op.create_table("t", {Column("a", Integer), Column("b", Integer),
                          ForeignKeyConstraint({"a", "b"}, {"s.u.x", "s.u.y"})});
    const auto& key = std::get<schema::ForeignKeyConstraint>(
        only<operations::CreateTableOp>(sink).table.constraints.at(0));
    CHECK(key.referent_schema == "s");
    CHECK(key.referent_table == "u");
    CHECK(join(key.referent_columns, " ") == "x y");
  }

  TEST_CASE("a block outside transactions is bracketed, and says where it may stand") {
    CollectingSink sink("postgresql");
    Operations op(sink);
    int calls = 0;
    op.autocommit_block([&] { ++calls; });
    op.autocommit_block([&] { ++calls; }, {.after_changes = true});
    CHECK(sink.blocks == "first()after()");
    CHECK(calls == 2);
    CHECK(op.dialect() == "postgresql");
    CHECK_THROWS_AS(op.autocommit_block([] { throw UnitError("no"); }), UnitError);
    CHECK(sink.blocks == "first()after()first(abandoned)");
  }

  TEST_CASE("what makes no sense on any database is refused before it is applied") {
    CHECK(refusal([](Operations& op) {
            op.create_table("t", {Column("a", Integer), Column("a", Text)});
          }) == "table 't' has two columns 'a'");
    CHECK(refusal([](Operations& op) {
            op.create_table("t", {Column("a", Integer), UniqueConstraint({"b"})});
          }) ==
          "a unique constraint of table 't' names column 'b', which the table has "
          "not");
    CHECK(refusal([](Operations& op) {
            op.create_table("t", {Column("a", Integer), PrimaryKeyConstraint({"a"}),
                                  PrimaryKeyConstraint({"a"})});
          }) == "table 't' has two primary keys");
    CHECK(refusal([](Operations& op) {
            op.create_table("t", {Column("a", Integer, {.primary_key = true}),
                                  Column("b", Integer), PrimaryKeyConstraint({"b"})});
          }) ==
          "column 'a' of table 't' has 'primary_key', but the PrimaryKeyConstraint "
          "does not name it");
    CHECK(refusal([](Operations& op) { op.drop_table(""); }) == "a table needs a name");
    CHECK(refusal([](Operations& op) {
            op.add_column("t", Column("a", Integer, ForeignKey("b")));
          }) == "a foreign key refers to 'table.column', not 'b'");
    CHECK(refusal([](Operations& op) {
            op.add_column("t",
                          Column("a", Integer,
                                 {.server_default = "1", .computed = Computed("1")}));
          }) == "column 'a' is computed, so it can have neither default nor identity");
    CHECK(refusal(
              [](Operations& op) { op.drop_constraint("c", "t", {.type_ = "key"}); }) ==
          "'type_' is one of 'foreignkey', 'primary', 'unique' and 'check', not "
          "'key'");
    CHECK(refusal([](Operations& op) { op.execute(" \n"); }) ==
          "there is no statement to execute");
    CHECK(refusal([](Operations& op) {
            op.execute("a", {
                                {"x", 1},
                                {"x", 2}
            });
          }) == "parameter 'x' is given twice");
    CHECK(refusal([](Operations& op) {
            op.execute("a", {
                                {"x", std::numeric_limits<std::uint64_t>::max()}
            });
          }) ==
          "the number 18446744073709551615 does not fit a signed integer of 64 bits");
  }

  TEST_CASE("an operation is undone by its reverse where that can be told") {
    const auto reversed = [](void (*function)(Operations & op)) {
      CollectingSink sink;
      Operations op(sink);
      function(op);
      const auto back = operations::reverse(sink.operations.at(0));
      return back.has_value() ? static_cast<int>(back->back().index()) : -1;
    };
    const auto place = [](const operations::Operation& op) {
      return static_cast<int>(op.index());
    };
    CHECK(reversed([](Operations& op) { op.create_table("t", {}); }) ==
          place(operations::DropTableOp{}));
    CHECK(reversed([](Operations& op) { op.add_column("t", kShared); }) ==
          place(operations::DropColumnOp{}));
    CHECK(reversed([](Operations& op) { op.create_index("i", "t", {"a"}); }) ==
          place(operations::DropIndexOp{}));
    CHECK(reversed([](Operations& op) { op.create_primary_key("pk", "t", {"a"}); }) ==
          place(operations::DropConstraintOp{}));
    CHECK(reversed([](Operations& op) { op.create_primary_key({}, "t", {"a"}); }) ==
          -1);
    CHECK(reversed([](Operations& op) {
            op.alter_column("t", "c", {.type_ = Text, .existing_type = Integer});
          }) == place(operations::AlterColumnOp{}));
    CHECK(reversed([](Operations& op) {
            op.alter_column("t", "c", {.type_ = Text});
          }) == -1);
    CHECK(reversed([](Operations& op) { op.drop_table("t"); }) == -1);
    CHECK(reversed([](Operations& op) { op.execute("x"); }) == -1);
  }
}
