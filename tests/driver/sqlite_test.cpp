/// What only SQLite has: files that are absent, unreadable, foreign, locked or full.

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <functional>

#include "engine/core/error.hpp"
#include "engine/driver/connect.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_database.hpp"

namespace {

using namespace revise;
using testing::TemporaryFolder;
using testing::text_of_rows;

std::unique_ptr<driver::Connection> open(const std::string& url,
                                         driver::Access access) {
  return driver::connect(
      driver::parse_url(url),
      {.access = access, .busy_timeout = std::chrono::milliseconds(1)});
}

DatabaseError error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const DatabaseError& error) {
    return error;
  }
  return DatabaseError("nothing was thrown");
}

constexpr auto kRead = driver::Access::ReadOnly;
constexpr auto kWrite = driver::Access::ReadWrite;

}  // namespace

TEST_SUITE("driver/sqlite") {
  TEST_CASE("to read creates no file, and takes an absent one for an empty database") {
    const TemporaryFolder folder;
    const auto connection = open("sqlite:///" + (folder / "x.db"), kRead);
    CHECK(text_of_rows(connection->query("SELECT count(*) FROM sqlite_master")) == "0");
    CHECK_FALSE(std::filesystem::exists(folder / "x.db"));
  }

  TEST_CASE("to read refuses changes") {
    const TemporaryFolder folder;
    const std::string url = "sqlite:///" + (folder / "x.db");
    open(url, kWrite)->execute("CREATE TABLE t (a)");
    const auto error =
        error_of([&] { open(url, kRead)->execute("INSERT INTO t VALUES (1)"); });
    CHECK(error.code() == "8");
  }

  TEST_CASE("what cannot be opened is told apart") {
    const TemporaryFolder folder;
    testing::write_text(folder / "text", std::string(2000, 'x'));
    const struct {
      std::string name;
      driver::Access access;
      std::string message;
      std::string code;
    } rows[] = {
        {"none/x.db", kWrite,
         "cannot open database '" + (folder / "none/x.db") + "': the folder '" +
             (folder / "none") + "' does not exist",
         "14"                                                                            },
        {"none/x.db", kRead,
         "cannot open database '" + (folder / "none/x.db") + "': the folder '" +
             (folder / "none") + "' does not exist",
         "14"                                                                            },
        {".",         kWrite,
         "cannot open database '" + (folder / ".") + "': '" + (folder / ".") +
             "' is a folder, not a database",                                        "14"},
        {"text",      kWrite,
         "cannot open database '" + (folder / "text") + "': file is not a database",
         "26"                                                                            },
        {"text",      kRead,
         "cannot open database '" + (folder / "text") + "': file is not a database",
         "26"                                                                            },
    };
    for (const auto& row : rows) {
      CAPTURE(row.name);
      const auto error =
          error_of([&] { open("sqlite:///" + (folder / row.name), row.access); });
      CHECK(error.what() == row.message);
      // The extended code has the primary one in its lowest byte.
      CHECK(std::to_string(std::stoi("0" + error.code()) & 0xff) == row.code);
    }
  }

  TEST_CASE("a malformed file is an error that names the way out") {
    const TemporaryFolder folder;
    const std::string path = folder / "x.db";
    open("sqlite:///" + path, kWrite)
        ->execute("CREATE TABLE t (a); INSERT INTO t VALUES (zeroblob(20000))");
    std::string bytes = testing::read_text(path);
    std::fill(bytes.begin() + 100, bytes.begin() + 4096, '\xee');
    testing::write_text(path, bytes);
    const auto error = error_of(
        [&] { open("sqlite:///" + path, kWrite)->query("SELECT count(*) FROM t"); });
    CHECK(error.what() == std::string("database disk image is malformed"));
    CHECK(error.details().hint.find(".recover") != std::string::npos);
  }

  TEST_CASE("a lock that another holds is told, with its code") {
    const TemporaryFolder folder;
    const std::string url = "sqlite:///" + (folder / "x.db");
    const auto holder = open(url, kWrite);
    holder->execute("CREATE TABLE t (a); BEGIN EXCLUSIVE");
    const auto other = open(url, kWrite);  // whoever wants to wait does that itself
    const auto error = error_of([&] { other->execute("INSERT INTO t VALUES (1)"); });
    CHECK(error.code() == "5");
    CHECK(error.details().hint ==
          "another connection holds the database; try again when it has ended");
  }

  TEST_CASE("a full disk is told, and how to get on") {
    const auto connection = open("sqlite://", kWrite);
    connection->execute("PRAGMA max_page_count = 2; CREATE TABLE t (a)");
    const auto error = error_of(
        [&] { connection->execute("INSERT INTO t VALUES (zeroblob(99999))"); });
    CHECK(error.code() == "13");
    CHECK(error.details().hint.find("no space left") != std::string::npos);
  }

  TEST_CASE("a double-quoted word that names nothing is an error, not a string") {
    const auto connection = open("sqlite://", kWrite);
    connection->execute("CREATE TABLE t (a)");
    CHECK_THROWS_AS(connection->query("SELECT \"nothing\" FROM t"), DatabaseError);
    CHECK_THROWS_AS(connection->execute("CREATE INDEX i ON t (\"nothing\")"),
                    DatabaseError);
  }

  TEST_CASE("a file: URI is SQLite's to read") {
    const TemporaryFolder folder;
    const std::string path = folder / "x.db";
    open("sqlite:///" + path, kWrite)->execute("CREATE TABLE t (a)");
    const auto connection =
        open("sqlite:///file:" + path + "?mode=ro&uri=true", kWrite);
    CHECK(error_of([&] { connection->execute("DROP TABLE t"); }).code() == "8");
  }

  TEST_CASE("a journal that a killed writer left is rolled back by who only reads") {
    const TemporaryFolder folder;
    const std::string path = folder / "x.db";
    const auto writer = open("sqlite:///" + path, kWrite);
    writer->execute(
        "CREATE TABLE t (a); INSERT INTO t VALUES ('old'); PRAGMA cache_size = 1;"
        "BEGIN; UPDATE t SET a = 'new'; INSERT INTO t VALUES (zeroblob(200000))");
    // The file and its journal as a kill at this moment would leave them.
    std::filesystem::copy_file(path, folder / "y.db");
    std::filesystem::copy_file(path + "-journal", folder / "y.db-journal");
    const auto reader = open("sqlite:///" + (folder / "y.db"), kRead);
    CHECK(text_of_rows(reader->query("SELECT a FROM t")) == "old");
    CHECK_THROWS_AS(reader->execute("DELETE FROM t"), DatabaseError);
  }
}
