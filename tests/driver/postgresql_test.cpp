/// What only PostgreSQL has: a server with words of its own, which can go away.

#include "engine/driver/postgresql.hpp"

#include <dlfcn.h>
#include <doctest/doctest.h>

#include <functional>

#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "tests/support/postgresql_server.hpp"
#include "tests/support/test_database.hpp"

namespace {

using namespace revise;
using testing::TestDatabase;
using testing::text_of_rows;

DatabaseError error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const DatabaseError& error) {
    return error;
  }
  return DatabaseError("nothing was thrown");
}

}  // namespace

TEST_SUITE("driver/postgresql") {
  TEST_CASE("an error has the server's message, code, detail and hint") {
    if (!testing::tests_dialect("postgresql")) return;
    const TestDatabase database("postgresql");
    const auto connection = database.connect();
    connection->execute(
        "CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)");
    const auto unique =
        error_of([&] { connection->execute("INSERT INTO t VALUES (1)"); });
    CHECK(unique.what() ==
          std::string("duplicate key value violates unique constraint \"t_pkey\""));
    CHECK(unique.code() == "23505");
    CHECK(unique.details().detail == "Key (id)=(1) already exists.");
    const auto column = error_of([&] { connection->query("SELECT idd FROM t"); });
    CHECK(column.code() == "42703");
    CHECK(column.details().hint ==
          "Perhaps you meant to reference the column \"t.id\".");
    CHECK(column.details().position == 8);
    CHECK_FALSE(column.details().connection_lost);
  }

  TEST_CASE("what the server says besides answers reaches the log, by its severity") {
    if (!testing::tests_dialect("postgresql")) return;
    const TestDatabase database("postgresql");
    std::string told;
    log::set_sink(
        [&](log::Level level, std::string_view logger, std::string_view message) {
          told += (level == log::Level::Warning ? "warning " : "info ") +
                  std::string(logger) + " " + std::string(message) + "\n";
        });
    database.connect()->execute(
        "DROP TABLE IF EXISTS t; DO $$ BEGIN RAISE WARNING 'careful' USING DETAIL = "
        "'here'; END $$");
    log::set_sink({});
    CHECK(told ==
          "info revise.driver table \"t\" does not exist, skipping\n"
          "warning revise.driver careful; here\n");
  }

  TEST_CASE("what the server says is shown without the passwords in it") {
    if (!testing::tests_dialect("postgresql")) return;
    const TestDatabase database("postgresql");
    std::string told;
    log::set_sink([&](log::Level, std::string_view, std::string_view message) {
      told += message;
    });
    const auto connection = database.connect();
    connection->execute(
        "DO $$ BEGIN RAISE WARNING 'no postgresql://u:s3cret@h/d' USING HINT = "
        "'password=s3cret'; END $$");
    log::set_sink({});
    CHECK(told == "no postgresql://u:***@h/d; password=***");
    const auto error = error_of([&] {
      connection->execute("DO $$ BEGIN RAISE 'no postgresql://u:s3cret@h/d'; END $$");
    });
    CHECK(std::string(error.what()) == "no postgresql://u:***@h/d");
  }

  TEST_CASE("what a log's sink throws goes through no library, and costs no answer") {
    if (!testing::tests_dialect("postgresql")) return;
    const TestDatabase database("postgresql");
    const auto connection = database.connect();
    log::set_sink([](log::Level, std::string_view, std::string_view) {
      throw std::runtime_error("the sink is full");
    });
    const auto answer =
        connection->batch("DO $$ BEGIN RAISE WARNING 'careful'; END $$; SELECT 7");
    log::set_sink({});
    CHECK(testing::text_of_rows(answer) == "7");
  }

  TEST_CASE("a session whose back end is gone says so, and is not replaced") {
    if (!testing::tests_dialect("postgresql")) return;
    const TestDatabase database("postgresql");
    const auto connection = database.connect();
    testing::PostgresqlServer::instance().execute(
        "SELECT pg_terminate_backend(" + std::to_string(connection->backend_pid()) +
        ", 10000)");
    const auto first = error_of([&] { connection->query("SELECT 1"); });
    CHECK(first.details().connection_lost);
    CHECK(first.what() == std::string("terminating connection due to administrator "
                                      "command"));
    const auto second = error_of([&] { connection->query("SELECT 1"); });
    CHECK(second.details().connection_lost);
    CHECK(std::string(second.what()).find("the connection to the server was lost") ==
          0);
  }

  TEST_CASE("a server that cannot be reached is told without the password") {
    const auto error = error_of([] {
      driver::connect(driver::parse_url("postgresql://u:geheim@/x?host=/nowhere"));
    });
    CHECK(std::string(error.what()).find("/nowhere") != std::string::npos);
    CHECK(std::string(error.what()).find("geheim") == std::string::npos);
    CHECK(error.details().connection_lost);
  }

  TEST_CASE("COPY with the client is refused, and the session can go on") {
    if (!testing::tests_dialect("postgresql")) return;
    const TestDatabase database("postgresql");
    const auto connection = database.connect();
    connection->execute("CREATE TABLE t (a TEXT)");
    CHECK_THROWS_WITH_AS(connection->execute("COPY t FROM STDIN"),
                         "COPY from or to the client cannot be run here",
                         DatabaseError);
    CHECK_THROWS_WITH_AS(connection->execute("COPY t TO STDOUT"),
                         "COPY from or to the client cannot be run here",
                         DatabaseError);
    CHECK(text_of_rows(connection->query("SELECT count(*) FROM t")) == "0");
  }

  TEST_CASE("a pooler in between shows by the back end's number") {
    if (!testing::tests_dialect("postgresql")) return;
    if (std::getenv("REVISE_TEST_POSTGRESQL") != nullptr) return;
    const TestDatabase database("postgresql");
    const auto direct = database.connect();
    CHECK(text_of_rows(direct->query("SELECT pg_backend_pid()")) ==
          std::to_string(direct->backend_pid()));
    const auto pooled = driver::connect(driver::parse_url(
        testing::PostgresqlServer::instance().pooled(database.url())));
    CHECK(text_of_rows(pooled->query("SELECT pg_backend_pid()")) !=
          std::to_string(pooled->backend_pid()));
  }

  TEST_CASE("the driver as a module throws errors that the program catches") {
    void* module = dlopen(REVISE_POSTGRESQL_MODULE, RTLD_NOW | RTLD_LOCAL);
    REQUIRE_MESSAGE(module != nullptr, dlerror());
    using Connect =
        driver::Connection* (*)(const driver::Url&, const driver::ConnectOptions&);
    const auto connect =
        reinterpret_cast<Connect>(dlsym(module, "revise_connect_postgresql"));
    REQUIRE((connect != nullptr));
    REQUIRE((connect != &revise_connect_postgresql));
    CHECK_THROWS_AS(connect(driver::parse_url("postgresql://u@/x?host=/nowhere"), {}),
                    DatabaseError);
    if (!testing::tests_dialect("postgresql")) return;
    const TestDatabase database("postgresql");
    const std::unique_ptr<driver::Connection> connection(
        connect(driver::parse_url(database.url()), {}));
    CHECK(text_of_rows(connection->query("SELECT 1")) == "1");
    CHECK(error_of([&] { connection->query("SELECT none"); }).code() == "42703");
  }
}
