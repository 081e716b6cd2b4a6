/// A PostgreSQL server for tests, and a transaction pooler in front of it.
///
/// The server is one of its own in a temporary folder, or the one whose URL stands in
/// REVISE_TEST_POSTGRESQL, where the user must be allowed to create databases. Without
/// server programs the tests fail: they are not skipped.

#pragma once

#include <memory>
#include <string>

namespace revise::testing {

class PostgresqlCluster;
class ServerProcess;

class PostgresqlServer {
 public:
  /// Started at the first call, once in a process.
  static PostgresqlServer& instance();
  ~PostgresqlServer();

  /// Creates an empty database, dropped with the server; gives its URL.
  std::string create_database();

  /// The same database through pgbouncer in transaction mode, started at the first
  /// call. Not for a server of REVISE_TEST_POSTGRESQL.
  std::string pooled(const std::string& url);

  /// Runs SQL in the server's own database, "postgres".
  void execute(const std::string& sql);

 private:
  PostgresqlServer();
  void start();

  std::unique_ptr<PostgresqlCluster> server_;
  std::unique_ptr<ServerProcess> pooler_;
  std::string administration_;  // URL of the database "postgres"
  int databases_ = 0;
};

}  // namespace revise::testing
