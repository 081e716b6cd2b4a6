/// A server that speaks German: nothing may depend on the language of its messages.

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <functional>

#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "engine/driver/connect.hpp"
#include "tests/support/command.hpp"
#include "tests/support/postgresql_cluster.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_database.hpp"

namespace {

using namespace revise;
using testing::PostgresqlCluster;

// The locale is made for the test: a system has those that its owner chose.
struct GermanServer {
  static PostgresqlCluster& instance() {
    static GermanServer server;
    return server.cluster;
  }

  GermanServer() : cluster(PostgresqlCluster::Listen::Socket, "C") {
    const auto made = testing::run({
        .arguments = {"localedef", "-i", "de_DE", "-f", "UTF-8",
                      locales.path() + "/de_DE.UTF-8"}
    });
    REQUIRE_MESSAGE(made.status == 0, made.errors, " (Debian: locales)");
    std::filesystem::permissions(locales.path(), std::filesystem::perms(0755));
    setenv("LOCPATH", locales.path().c_str(), 1);
    cluster.write_hba("local all revise trust\nlocal all all scram-sha-256\n");
    cluster.start({"lc_messages=de_DE.UTF-8"});
    unsetenv("LOCPATH");
    cluster.execute("CREATE ROLE ed LOGIN PASSWORD 'geheim'");
  }

  testing::TemporaryFolder locales;
  PostgresqlCluster cluster;
};

// Some images leave out what Debian's postgresql-15 brings.
bool has_german() {
  return std::filesystem::exists("/usr/share/locale/de/LC_MESSAGES/postgres-15.mo");
}

DatabaseError error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const DatabaseError& error) {
    return error;
  }
  return DatabaseError("nothing was thrown");
}

std::unique_ptr<driver::Connection> connect(const std::string& user,
                                            const std::string& database = "postgres") {
  return driver::connect(
      driver::parse_url(GermanServer::instance().url(user, database)));
}

}  // namespace

TEST_SUITE("driver/postgresql_language") {
  TEST_CASE("a refused statement is told with all its fields in any language") {
    if (!testing::tests_dialect("postgresql")) return;
    const auto connection = connect("revise");
    CHECK(testing::text_of_rows(connection->query("SHOW lc_messages")) ==
          "de_DE.UTF-8");
    connection->execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    const auto column = error_of([&] {
      connection->execute("INSERT INTO t VALUES (1); SELECT 'ü', idd FROM t");
    });
    CHECK(column.code() == "42703");
    CHECK(column.statement() == "SELECT 'ü', idd FROM t");
    CHECK(column.details().position == 13);
    CHECK_FALSE(column.details().connection_lost);
    const auto unique =
        error_of([&] { connection->execute("INSERT INTO t VALUES (1)"); });
    CHECK(unique.code() == "23505");
    CHECK(unique.statement() == "INSERT INTO t VALUES (1)");
    CHECK_FALSE(unique.details().detail.empty());
    CHECK_FALSE(column.details().hint.empty());
    if (!has_german()) return;
    CHECK(column.what() == std::string("Spalte »idd« existiert nicht"));
    CHECK(column.details().hint ==
          "Vielleicht wurde beabsichtigt, auf die Spalte »t.id« zu verweisen.");
    CHECK(unique.details().detail == "Schlüssel »(id)=(1)« existiert bereits.");
  }

  TEST_CASE("a refused connection has its code and its way out in any language") {
    if (!testing::tests_dialect("postgresql")) return;
    const auto password = error_of([] { connect("ed:falsch"); });
    CHECK(password.code() == "28P01");
    CHECK(password.details().hint ==
          "the password of 'ed' comes from the URL, PGPASSWORD, or libpq's password "
          "file");
    CHECK(error_of([] { connect("ed"); }).details().hint == password.details().hint);
    const auto database = error_of([] { connect("revise", "nichts"); });
    CHECK(database.code() == "3D000");
    CHECK(database.details().connection_lost);
    if (!has_german()) return;
    CHECK(std::string(database.what()).ends_with("Datenbank »nichts« existiert nicht"));
  }

  TEST_CASE("a notice's severity and a loss are known in any language") {
    if (!testing::tests_dialect("postgresql")) return;
    const auto connection = connect("revise");
    std::string told;
    log::set_sink([&](log::Level level, std::string_view, std::string_view message) {
      told += (level == log::Level::Warning ? "warning " : "info ") +
              std::string(message) + "\n";
    });
    connection->execute(
        "DO $$ BEGIN RAISE NOTICE 'so'; RAISE WARNING 'Vorsicht'; END $$");
    log::set_sink({});
    CHECK(told == "info so\nwarning Vorsicht\n");
    connect("revise")->execute("SELECT pg_terminate_backend(" +
                               std::to_string(connection->backend_pid()) + ", 10000)");
    const auto lost = error_of([&] { connection->query("SELECT 1"); });
    CHECK(lost.code() == "57P01");
    CHECK(lost.details().connection_lost);
  }
}
