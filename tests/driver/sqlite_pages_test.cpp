/// What is read by pages must be what a query reads, or nothing.

#include "engine/driver/sqlite_pages.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/driver/connect.hpp"
#include "tests/support/temporary_folder.hpp"

namespace {

using namespace revise;
using testing::TemporaryFolder;

std::unique_ptr<driver::Connection> open(const std::string& path) {
  return driver::connect(driver::parse_url("sqlite:///" + path),
                         {.access = driver::Access::ReadWrite,
                          .busy_timeout = std::chrono::milliseconds(1)});
}

std::string found(driver::Connection& connection) {
  auto texts = connection.find_texts("versions", "id");
  if (!texts) return "(nothing)";
  std::sort(texts->begin(), texts->end());
  return join(*texts, ",");
}

std::string found_after(const std::string& statements) {
  const TemporaryFolder folder;
  open(folder / "x.db")->execute(statements);
  return found(*open(folder / "x.db"));
}

std::string many(std::string_view before, int count, std::string_view after) {
  std::string all;
  for (int i = 0; i < count; ++i) {
    all += std::string(before) + std::to_string(i) + std::string(after);
  }
  return all;
}

constexpr std::string_view kTwo =
    "CREATE TABLE versions (id TEXT NOT NULL PRIMARY KEY);"
    "INSERT INTO versions VALUES ('b2'), ('a1');";

}  // namespace

TEST_SUITE("driver/sqlite_pages") {
  TEST_CASE("a table of one column of texts is found wherever it stands") {
    const std::string two(kTwo);
    const std::string long_check =
        "(a CHECK (a <> '" + std::string(20000, 'x') + "'));";
    const std::string long_id(200, 'i');
    struct Row {
      std::string name, statements, expected;
    };
    const Row rows[] = {
        {"alone",               two,                                                "a1,b2"            },
        {"empty",               "CREATE TABLE versions (id TEXT)",                  ""                 },
        {"in other capitals",   "CREATE TABLE Versions (id TEXT)",                  ""                 },
        {"after many",          many("CREATE TABLE t",                              1500,                " (a UNIQUE);") + two, "a1,b2"},
        {"before many",              two + many("CREATE TABLE t",                                                                1500,                                                                       " (a UNIQUE);"), "a1,b2"},
        {"after overflowing",                 "CREATE TABLE t " + long_check + two,"a1,b2"},
        {"small pages",   "PRAGMA page_size = 512;" + two, "a1,b2"                        },
        {"largest pages",         "PRAGMA page_size = 65536;" + two,                          "a1,b2"                                     },
        {"with reserved bytes",       "PRAGMA auto_vacuum = FULL;" + two,                "a1,b2"  },
        {"a long text",
         "CREATE TABLE versions (id); INSERT INTO versions "
         "VALUES ('" +
             long_id + "')",
         long_id       },
    };
    for (const Row& row : rows) {
      CAPTURE(row.name);
      CHECK(found_after(row.statements) == row.expected);
    }
  }

  TEST_CASE("many rows over several pages are all found") {
    const std::string rows = many("INSERT INTO versions VALUES ('row-", 3000, "');");
    CHECK(
        split(found_after("BEGIN; CREATE TABLE versions (id TEXT);" + rows + "COMMIT"),
              ',')
            .size() == 3000);
  }

  TEST_CASE("what only a query can tell is left to it") {
    const std::string two(kTwo);
    struct Row {
      std::string name, statements;
    };
    const Row rows[] = {
        {"absent",         "CREATE TABLE t (a)"                       },
        {"no file",        ""                                         },
        {"two columns",
         "CREATE TABLE versions (id, b);"
         "INSERT INTO versions VALUES ('a1', 'b')"                    },
        {"other column",   "CREATE TABLE versions (name)"             },
        {"not a text",
         "CREATE TABLE versions (id);"
         "INSERT INTO versions VALUES (1)"                            },
        {"NULL",
         "CREATE TABLE versions (id);"
         "INSERT INTO versions VALUES (NULL)"                         },
        {"overflowing",
         "CREATE TABLE versions (id);"
         "INSERT INTO versions VALUES (printf('%.9000c', 'x'))"       },
        {"a view",         "CREATE VIEW versions AS SELECT 'a1' AS id"},
        {"without rowids",
         "CREATE TABLE versions (id TEXT PRIMARY KEY) "
         "WITHOUT ROWID"                                              },
        {"UTF-16",         "PRAGMA encoding = 'UTF-16';" + two        },
        {"WAL",            "PRAGMA journal_mode = WAL;" + two         },
    };
    for (const Row& row : rows) {
      CAPTURE(row.name);
      CHECK(found_after(row.statements) == "(nothing)");
    }
    const auto memory = driver::connect(driver::parse_url("sqlite://"), {});
    memory->execute(two);
    CHECK(found(*memory) == "(nothing)");
  }

  TEST_CASE("inside a transaction there is nothing, and none is left open") {
    const TemporaryFolder folder;
    const auto connection = open(folder / "x.db");
    connection->execute(kTwo);
    CHECK(found(*connection) == "a1,b2");
    CHECK_FALSE(connection->in_transaction());
    connection->execute("BEGIN; INSERT INTO versions VALUES ('c3')");
    CHECK(found(*connection) == "(nothing)");
    CHECK(found(*open(folder / "x.db")) == "a1,b2");
    connection->execute("COMMIT");
    CHECK(found(*connection) == "a1,b2,c3");
  }

  TEST_CASE("who keeps readers out is an error") {
    const TemporaryFolder folder;
    const auto holder = open(folder / "x.db");
    const auto reader = open(folder / "x.db");
    holder->execute(kTwo);
    holder->execute("BEGIN EXCLUSIVE");
    CHECK_THROWS_AS(reader->find_texts("versions", "id"), DatabaseError);
    CHECK_FALSE(reader->in_transaction());
  }

  TEST_CASE("a damaged file gives what a query would, an error, or nothing") {
    const TemporaryFolder folder;
    const std::string path = folder / "x.db";
    open(path)->execute(std::string(kTwo) + many("CREATE TABLE t", 50, " (a UNIQUE);"));
    std::string good;
    {
      std::ifstream in(path, std::ios::binary);
      good.assign(std::istreambuf_iterator<char>(in), {});
    }
    for (std::size_t place = 0; place < 3 * 4096; place += 7) {
      std::string bad = good;
      bad[place] = static_cast<char>(~bad[place]);
      std::ofstream(path, std::ios::binary) << bad;
      try {
        found(*open(path));
      } catch (const DatabaseError&) {
      }
    }
  }
}
