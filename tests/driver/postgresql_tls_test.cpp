/// Connections that TLS keeps, with a certificate made for the test.

#include <doctest/doctest.h>

#include "engine/core/error.hpp"
#include "engine/driver/connect.hpp"
#include "tests/support/command.hpp"
#include "tests/support/postgresql_cluster.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_database.hpp"

namespace {

using namespace revise;
using testing::PostgresqlCluster;

void openssl(const std::vector<std::string>& arguments) {
  testing::Command command{.arguments = arguments};
  command.arguments.insert(command.arguments.begin(), "openssl");
  const auto outcome = testing::run(command);
  REQUIRE_MESSAGE(outcome.status == 0, outcome.errors);
}

// A certificate that vouches for itself as `name`, in `folder`/`file`.crt and .key.
void make_certificate(const std::string& folder, const std::string& file,
                      const std::string& name, const std::string& alternative) {
  openssl({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
           "-nodes", "-days", "2", "-subj", "/CN=" + name, "-addext",
           "subjectAltName=" + alternative, "-keyout", folder + "/" + file + ".key",
           "-out", folder + "/" + file + ".crt"});
}

// A server whose certificate is for "localhost", and a user "cert" who needs one; one
// for all tests.
struct Server {
  static Server& instance() {
    static Server server;
    return server;
  }

  Server() : cluster(PostgresqlCluster::Listen::Loopback) {
    make_certificate(folder.path(), "server", "localhost", "DNS:localhost");
    make_certificate(folder.path(), "client", "cert", "DNS:client");
    const auto copy = [&](const std::string& name) {
      return cluster.write(name, testing::read_text(folder / name));
    };
    const auto certificate = copy("server.crt");
    const auto key = copy("server.key");
    const auto clients = copy("client.crt");
    cluster.write_hba(
        "local all all trust\n"
        "hostssl all cert 127.0.0.1/32 cert\n"
        "host all revise 127.0.0.1/32 trust\n");
    cluster.start({"ssl=on", "ssl_cert_file=" + certificate, "ssl_key_file=" + key,
                   "ssl_ca_file=" + clients});
    cluster.execute("CREATE ROLE cert LOGIN");
  }

  testing::TemporaryFolder folder;
  PostgresqlCluster cluster;
};

// Whether the session is encrypted, or why there is none.
std::string outcome(const PostgresqlCluster& cluster, const std::string& user,
                    const std::string& host, const std::string& query) {
  try {
    const auto connection = driver::connect(driver::parse_url(
        "postgresql://" + user + "@" + host + ":" + std::to_string(cluster.port()) +
        "/postgres?hostaddr=127.0.0.1&" + query));
    return testing::text_of_rows(
        connection->query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"));
  } catch (const DatabaseError& error) {
    const std::string what = error.what();
    const auto failed = what.find("failed: ");
    return failed == what.npos ? what : what.substr(failed + 8);
  }
}

}  // namespace

TEST_SUITE("driver/postgresql_tls") {
  TEST_CASE("TLS that is wanted and not there is an error, not a plain connection") {
    if (!testing::tests_dialect("postgresql")) return;
    PostgresqlCluster cluster(PostgresqlCluster::Listen::Loopback);
    cluster.start();  // as it comes: ssl = off
    const std::string missing = "server does not support SSL, but SSL was required";
    CHECK(outcome(cluster, "revise", "localhost", "sslmode=disable") == "false");
    CHECK(outcome(cluster, "revise", "localhost", "sslmode=prefer") == "false");
    CHECK(outcome(cluster, "revise", "localhost", "sslmode=require") == missing);
    CHECK(outcome(cluster, "revise", "localhost", "ssl=true") == missing);  // asyncpg
    CHECK(outcome(cluster, "revise", "localhost", "ssl=require") == missing);
  }

  TEST_CASE("a server's certificate is checked as far as sslmode says") {
    if (!testing::tests_dialect("postgresql")) return;
    const auto& server = Server::instance();
    const auto root = "sslrootcert=" + server.folder / "server.crt";
    const auto other = "sslrootcert=" + server.folder / "client.crt";
    const auto try_as = [&](const std::string& host, const std::string& query) {
      return outcome(server.cluster, "revise", host, query);
    };
    CHECK(try_as("localhost", "sslmode=disable") == "false");
    CHECK(try_as("localhost", "sslmode=require") == "true");
    CHECK(try_as("localhost", "sslmode=verify-full&" + root) == "true");
    CHECK(try_as("localhost", "sslmode=verify-full&" + other) ==
          "SSL error: certificate verify failed");
    CHECK(try_as("elsewhere", "sslmode=verify-ca&" + root) == "true");
    CHECK(
        try_as("elsewhere", "sslmode=verify-full&" + root) ==
        "server certificate for \"localhost\" does not match host name \"elsewhere\"");
    CHECK(try_as("localhost", "sslmode=verify-full&sslrootcert=/nowhere/root.crt") ==
          "root certificate file \"/nowhere/root.crt\" does not exist; Either provide "
          "the "
          "file or change sslmode to disable server certificate verification.");
  }

  TEST_CASE("a client's certificate and key are handed on") {
    if (!testing::tests_dialect("postgresql")) return;
    const auto& server = Server::instance();
    const auto certificate = "sslcert=" + server.folder / "client.crt";
    const auto key = "&sslkey=" + server.folder / "client.key";
    CHECK(outcome(server.cluster, "cert", "localhost", certificate + key) == "true");
    CHECK(outcome(server.cluster, "cert", "localhost", "sslmode=require") ==
          "connection requires a valid client certificate");
  }
}
