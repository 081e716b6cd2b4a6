/// Servers that refuse, that are not there, and the ways to name one that is.

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/driver/connect.hpp"
#include "tests/support/postgresql_cluster.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_database.hpp"

namespace {

using namespace revise;
using testing::PostgresqlCluster;

// A server that wants passwords, but of "revise" on the socket; one for all tests.
PostgresqlCluster& guarded() {
  static PostgresqlCluster cluster(PostgresqlCluster::Listen::Loopback);
  static const bool is_started = [] {
    cluster.write_hba(
        "local all revise trust\n"
        "local all peer peer\n"
        "local all nobody,nologin trust\n"
        "local all all scram-sha-256\n"
        "host all ed 127.0.0.1/32 scram-sha-256\n");
    cluster.start();
    cluster.execute(
        "CREATE ROLE ed LOGIN PASSWORD 'geheim'; CREATE ROLE nologin; "
        "CREATE ROLE crowd LOGIN PASSWORD 'geheim' CONNECTION LIMIT 0; "
        "CREATE DATABASE closed; REVOKE CONNECT ON DATABASE closed FROM public");
    return true;
  }();
  REQUIRE(is_started);
  return cluster;
}

// "message [code] detail: ...; hint: ...", the server's places as {FOLDER} and {PORT}.
std::string refusal(const std::string& url) {
  std::string told;
  try {
    driver::connect(driver::parse_url(url));
    return "connected";
  } catch (const DatabaseError& error) {
    told = error.what();
    CHECK(error.details().connection_lost);
    CHECK(error.statement() == "");
    if (!error.code().empty()) told += " [" + error.code() + "]";
    if (!error.details().detail.empty()) told += " detail: " + error.details().detail;
    if (!error.details().hint.empty()) told += " hint: " + error.details().hint;
  }
  CHECK(told.find("geheim") == std::string::npos);
  told = replace_all(told, guarded().folder(), "{FOLDER}");
  return replace_all(told, std::to_string(guarded().port()), "{PORT}");
}

std::string tcp(const std::string& user, const std::string& rest) {
  return "postgresql://" + user + "@127.0.0.1:" + std::to_string(guarded().port()) +
         "/" + rest;
}

// The connection's user and database.
std::string session_of(const std::string& url) {
  const auto connection = driver::connect(driver::parse_url(url));
  return testing::text_of_rows(
      connection->query("SELECT session_user::text || '@' || current_database()"));
}

class Environment {
 public:
  Environment(const std::string& name, const std::string& value) : name_(name) {
    setenv(name.c_str(), value.c_str(), 1);
  }
  ~Environment() { unsetenv(name_.c_str()); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  std::string name_;
};

// Takes connections, and never says a word.
class SilentHost {
 public:
  SilentHost() : listener_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    REQUIRE(bind(listener_, any, size) == 0);
    REQUIRE(getsockname(listener_, any, &size) == 0);
    port_ = ntohs(address.sin_port);
    REQUIRE(listen(listener_, 8) == 0);
  }
  ~SilentHost() { close(listener_); }
  SilentHost(const SilentHost&) = delete;
  SilentHost& operator=(const SilentHost&) = delete;
  int port() const { return port_; }

 private:
  int listener_;
  int port_ = 0;
};

const std::string kOnSocket =
    "connection to server on socket \"{FOLDER}/.s.PGSQL.{PORT}\" failed: ";
const std::string kOnTcp =
    "connection to server at \"127.0.0.1\", port {PORT} failed: ";
const std::string kPassword =
    " hint: the password of 'ed' comes from the URL, PGPASSWORD, or libpq's password "
    "file";
const std::string kUser =
    " [28000] hint: the user is the URL's, else PGUSER, else the system's; the "
    "server's "
    "pg_hba.conf says who may connect from where";

}  // namespace

TEST_SUITE("driver/postgresql_connect") {
  TEST_CASE("a wrong password and none at all are told apart") {
    if (!testing::tests_dialect("postgresql")) return;
    const std::string wrong = "password authentication failed for user \"ed\" [28P01]";
    const std::string none = "fe_sendauth: no password supplied";
    CHECK(refusal(guarded().url("ed:geheim1")) == kOnSocket + wrong + kPassword);
    CHECK(refusal(guarded().url("ed")) == kOnSocket + none + kPassword);
    CHECK(refusal(tcp("ed:geheim1", "postgres")) == kOnTcp + wrong + kPassword);
    CHECK(refusal(tcp("ed", "postgres")) == kOnTcp + none + kPassword);
  }

  TEST_CASE("a role that there is not, or may not log in, or not from here, is named") {
    if (!testing::tests_dialect("postgresql")) return;
    CHECK(refusal(guarded().url("nobody")) ==
          kOnSocket + "role \"nobody\" does not exist" + kUser);
    CHECK(refusal(guarded().url("nologin")) ==
          kOnSocket + "role \"nologin\" is not permitted to log in" + kUser);
    CHECK(refusal(guarded().url("peer")) ==
          kOnSocket + "Peer authentication failed for user \"peer\"" + kUser);
    CHECK(refusal(tcp("revise", "postgres")) ==
          kOnTcp +
              "no pg_hba.conf entry for host \"127.0.0.1\", user \"revise\", "
              "database \"postgres\", no encryption" +
              kUser);
  }

  TEST_CASE("a database that there is not, is closed, or is full, is named") {
    if (!testing::tests_dialect("postgresql")) return;
    CHECK(refusal(guarded().url("revise", "nothing")) ==
          kOnSocket +
              "database \"nothing\" does not exist [3D000] hint: create the "
              "database first, or name another in the URL");
    CHECK(refusal(guarded().url("ed:geheim", "closed")) ==
          kOnSocket +
              "permission denied for database \"closed\" [42501] detail: User "
              "does not have CONNECT privilege. hint: GRANT CONNECT ON DATABASE "
              "gives that right");
    CHECK(refusal(guarded().url("crowd:geheim")) ==
          kOnSocket +
              "too many connections for role \"crowd\" [53300] hint: wait until "
              "others have left, or raise the server's max_connections");
  }

  TEST_CASE("where no server is, it is said where none is") {
    if (!testing::tests_dialect("postgresql")) return;
    const testing::TemporaryFolder empty;
    CHECK(refusal("postgresql://u:geheim@/d?host=" + empty.path()) ==
          "connection to server on socket \"" + empty.path() +
              "/.s.PGSQL.5432\" failed: No such file or directory hint: Is the server "
              "running locally and accepting connections on that socket?");
    CHECK(refusal("postgresql://u:geheim@127.0.0.1:1/d") ==
          "connection to server at \"127.0.0.1\", port 1 failed: Connection refused "
          "hint: Is the server running on that host and accepting TCP/IP connections?");
    const std::string unknown = refusal("postgresql://u:geheim@no-such-host.invalid/d");
    CHECK(unknown.starts_with(
        "could not translate host name \"no-such-host.invalid\" to address: "));
  }

  TEST_CASE("connect_timeout ends the wait for a host, and the next one is asked") {
    if (!testing::tests_dialect("postgresql")) return;
    const SilentHost silent;
    const std::string port = std::to_string(silent.port());
    CHECK(refusal("postgresql://u@127.0.0.1:" + port +
                  ",127.0.0.1:1/d?connect_timeout=2") ==
          "connection to server at \"127.0.0.1\", port " + port +
              " failed: timeout expired; connection to server at \"127.0.0.1\", port 1 "
              "failed: Connection refused hint: Is the server running on that host and "
              "accepting TCP/IP connections?");
  }

  TEST_CASE("of several hosts the one is taken that answers and is what is asked for") {
    if (!testing::tests_dialect("postgresql")) return;
    const std::string good = "127.0.0.1:" + std::to_string(guarded().port());
    CHECK(session_of("postgresql://ed:geheim@127.0.0.1:1," + good + "/postgres") ==
          "ed@postgres");
    CHECK(
        session_of("postgresql+psycopg2://ed:geheim@/postgres?host=127.0.0.1:1&host=" +
                   good + "&target_session_attrs=read-write") == "ed@postgres");
    CHECK(refusal("postgresql://ed:geheim@127.0.0.1:1," + good +
                  "/postgres?target_session_attrs=standby") ==
          "connection to server at \"127.0.0.1\", port 1 failed: Connection refused; " +
              kOnTcp +
              "server is not in hot standby mode hint: Is the server running on "
              "that host and accepting TCP/IP connections?");
  }

  TEST_CASE("each Python driver's URL leads to the same server") {
    if (!testing::tests_dialect("postgresql")) return;
    for (const std::string driver :
         {"", "+psycopg2", "+psycopg", "+asyncpg", "+pg8000", "+psycopg2cffi"}) {
      CAPTURE(driver);
      CHECK(session_of("postgresql" + driver +
                       "://ed:geheim@127.0.0.1:" + std::to_string(guarded().port()) +
                       "/postgres") == "ed@postgres");
    }
    CHECK(session_of(tcp("ed:geheim", "postgres?prepared_statement_cache_size=0")) ==
          "ed@postgres");
  }

  TEST_CASE("escapes are taken out of each part of a URL") {
    if (!testing::tests_dialect("postgresql")) return;
    guarded().execute(
        "CREATE ROLE \"a@b/c:d e%\" LOGIN PASSWORD 'p@/:? %&ü'; "
        "CREATE DATABASE \"d/e%f g?h\"");
    CHECK(session_of(guarded().url("a%40b%2Fc%3Ad%20e%25:p%40%2F%3A%3F%20%25%26%C3%BC",
                                   "d%2Fe%25f%20g%3Fh")) == "a@b/c:d e%@d/e%f g?h");
    const auto folder = replace_all(guarded().folder(), "/", "%2F");
    CHECK(session_of("postgresql://revise@" + folder + ":" +
                     std::to_string(guarded().port()) + "/postgres") ==
          "revise@postgres");
  }

  TEST_CASE("a parameter that libpq does not know is refused before anything is sent") {
    const auto open = [](const std::string& url) {
      driver::connect(driver::parse_url(url));
    };
    CHECK_THROWS_WITH_AS(
        open("postgresql://u:geheim@/d?host=/nowhere&sslmod=require"),
        "the database's URL has a parameter 'sslmod', which libpq does not know; see "
        "https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-PARAMKEYWORDS",
        ConfigError);
    CHECK_THROWS_WITH_AS(open("postgresql://u@/d?host=/nowhere&sslmode=perhaps"),
                         "invalid sslmode value: \"perhaps\"", DatabaseError);
  }

  TEST_CASE("what the URL leaves out comes from libpq's environment") {
    if (!testing::tests_dialect("postgresql")) return;
    const Environment host("PGHOST", "127.0.0.1");
    const Environment port("PGPORT", std::to_string(guarded().port()));
    const Environment user("PGUSER", "ed");
    const Environment database("PGDATABASE", "postgres");
    {
      const Environment password("PGPASSWORD", "geheim");
      CHECK(session_of("postgresql://") == "ed@postgres");
      CHECK(session_of("postgresql:///template1") == "ed@template1");
    }
    CHECK(refusal("postgresql://") ==
          kOnTcp + "fe_sendauth: no password supplied" + kPassword);
  }

  TEST_CASE("libpq's service and password files are read") {
    if (!testing::tests_dialect("postgresql")) return;
    const testing::TemporaryFolder folder;
    const std::string port = std::to_string(guarded().port());
    testing::write_text(folder / "services", "[here]\nhost=127.0.0.1\nport=" + port +
                                                 "\nuser=ed\ndbname=postgres\n");
    testing::write_text(folder / "passwords", "127.0.0.1:" + port + ":*:ed:geheim\n");
    chmod((folder / "passwords").c_str(), 0600);
    const Environment services("PGSERVICEFILE", folder / "services");
    const Environment passwords("PGPASSFILE", folder / "passwords");
    CHECK(session_of("postgresql://?service=here") == "ed@postgres");
    CHECK(session_of("postgresql:///template1?service=here") == "ed@template1");
    CHECK(refusal("postgresql://?service=there") ==
          "definition of service \"there\" not found");
    const Environment service("PGSERVICE", "here");
    CHECK(session_of("postgresql://") == "ed@postgres");
  }

  TEST_CASE("text is UTF-8 on the way, whatever the database or PGCLIENTENCODING say") {
    if (!testing::tests_dialect("postgresql")) return;
    guarded().execute(
        "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");
    const Environment encoding("PGCLIENTENCODING", "LATIN1");
    for (const std::string query : {"", "&client_encoding=latin1"}) {
      const auto connection =
          driver::connect(driver::parse_url(guarded().url("revise", "latin", query)));
      const driver::Row given = {std::string("ü")};
      CHECK(testing::text_of_rows(connection->query("SELECT $1, ascii($1), chr(228)",
                                                    given)) == "ü 252 ä");
    }
  }
}
