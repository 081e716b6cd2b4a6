/// What is SQLite's alone, and that SQLite takes what is rendered for it.

#include "engine/driver/connect.hpp"

#include <doctest/doctest.h>

#include "engine/core/log.hpp"
#include "engine/driver/connect.hpp"
#include "engine/driver/url.hpp"
#include "tests/support/rendering.hpp"

namespace {

using namespace revise;
using testing::rendered;

std::unique_ptr<driver::Connection> in_memory() {
  return driver::connect(driver::parse_url("sqlite://"));
}

void run(driver::Connection& connection, void (*operation)(Operations& op)) {
  const std::string script = rendered(operation, "sqlite");
  CAPTURE(script);
  REQUIRE(script.front() != '!');
  CHECK_NOTHROW(connection.execute(script));
}

}  // namespace

TEST_SUITE("dialects/sqlite") {
  TEST_CASE("a default that is neither word nor literal is put in parentheses") {
    const struct {
      std::string sql;
      std::string expected;
    } rows[] = {
        {"CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP"},
        {"1",                 "1"                },
        {"-1",                "(-1)"             },
        {"datetime('now')",   "(datetime('now'))"},
        {"(1 + 1)",           "(1 + 1)"          },
        {"'a b'",             "'a b'"            },
        {"\"a b\"",           "\"a b\""          },
        {"1.5",               "(1.5)"            },
    };
    for (const auto& row : rows) {
      CAPTURE(row.sql);
      testing::CollectingSink sink;
      Operations op(sink);
      op.add_column("t", Column("a", Integer, {.server_default = text(row.sql)}));
      const auto script =
          dialects::dialect_named("sqlite").render_script(sink.operations.at(0));
      CHECK(script.at(0) ==
            "ALTER TABLE t ADD COLUMN a INTEGER DEFAULT " + row.expected);
    }
  }

  TEST_CASE("SQLite takes the tables, indexes and columns that are rendered for it") {
    const auto connection = in_memory();
    run(*connection, [](Operations& op) {
      op.create_table(
          "user", {Column("id", Integer, {.primary_key = true}),
                   Column("Full Name", String(50, {.collation = "NOCASE"})),
                   Column("index", Boolean({.create_constraint = true}),
                          {.server_default = text("0")}),
                   Column("twice", Integer, Computed("id * 2")),
                   Column("state", Enum({"on", "it's"}, {.create_constraint = true})),
                   UniqueConstraint({"Full Name"}, {.name = "uq"}),
                   Index("ix", {"state", text("lower(\"Full Name\")")})});
      op.create_table(
          "log",
          {Column("id", Integer, {.primary_key = true}),
           Column("who", Integer, ForeignKey("user.id", {.ondelete = "CASCADE"}),
                  {.index = true, .nullable = false}),
           Column("at", DateTime, {.server_default = text("datetime('now')")})},
          {.if_not_exists = true, .sqlite_autoincrement = true});
      op.add_column("log",
                    Column("note", Text, {.nullable = false, .server_default = ""}));
      op.add_column("log", Column("other", Integer, ForeignKey("user.id")),
                    {.inline_references = true});
      op.create_index("ix_log_note", "log", {"note"},
                      {.unique = true, .sqlite_where = "note <> ''"});
      op.rename_table("log", "Journal");
      op.alter_column("Journal", "note", {.new_column_name = "remark"});
      op.drop_index("ix_log_note", {.table_name = "Journal", .if_exists = true});
      op.drop_column("Journal", "remark");
    });
    const auto tables = connection->query(
        "SELECT group_concat(name, ' ') FROM (SELECT name FROM sqlite_master WHERE "
        "name "
        "NOT LIKE 'sqlite_%' ORDER BY name)");
    CHECK(std::get<std::string>(tables.rows.at(0).at(0)) ==
          "Journal ix ix_log_who user");
    run(*connection, [](Operations& op) {
      op.drop_table("Journal");
      op.drop_table("user", {.if_exists = true});
    });
  }

  TEST_CASE("what needs the table recreated is refused before anything is sent") {
    const auto needs_batch = [](void (*operation)(Operations & op)) {
      return rendered(operation, "sqlite").find("batch mode") != std::string::npos;
    };
    CHECK(needs_batch(
        [](Operations& op) { op.alter_column("t", "c", {.type_ = Text}); }));
    CHECK(needs_batch([](Operations& op) {
      op.alter_column("t", "c", {.server_default = none, .existing_type = Text});
    }));
    CHECK(needs_batch([](Operations& op) {
      op.add_column("t", Column("c", Boolean({.create_constraint = true})));
    }));
    CHECK(
        rendered([](Operations& op) { op.drop_column("t", "c", {.if_exists = true}); },
                 "sqlite") == "!SQLite has no DROP COLUMN IF EXISTS");
    CHECK(
        rendered(
            [](Operations& op) { op.create_table("t", {Column("a", ARRAY(Integer))}); },
            "sqlite") == "!SQLite has no arrays; JSON holds such values");
  }

  TEST_CASE("what SQLite has no place for is left out, and that is said") {
    std::string said;
    log::set_sink([&said](log::Level, std::string_view, std::string_view message) {
      said += std::string(message) + "\n";
    });
    rendered(
        [](Operations& op) {
          op.create_table("t", {Column("a", Integer, ForeignKey("other.u.id"))},
                          {.comment = "told"});
        },
        "sqlite");
    log::set_sink({});
    CHECK(said ==
          "SQLite keeps no comments: those of table 't' are left out\n"
          "a foreign key of table 't' to 'u' is left out: in SQLite none leads to "
          "another "
          "schema\n");
  }
}
