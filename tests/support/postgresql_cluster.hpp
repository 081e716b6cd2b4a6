/// A PostgreSQL server with settings of its own, for tests that need another than the
/// usual one: passwords, TLS, another language, an end.
///
/// Databases for tests that need none of that are postgresql_server.hpp's business.

#pragma once

#include <memory>
#include <string>
#include <vector>

namespace revise::testing {

class ServerProcess;
class TemporaryFolder;

class PostgresqlCluster {
 public:
  enum class Listen {
    Socket,    ///< in its folder, at the usual port
    Loopback,  ///< there and at 127.0.0.1, at a port that was free
  };
  /// Initialised, with a superuser "revise", and not yet started.
  explicit PostgresqlCluster(Listen listen, const std::string& locale = "C.UTF-8");
  ~PostgresqlCluster();

  /// The server's own folder, which its sockets are in too.
  const std::string& folder() const;
  int port() const { return port_; }

  /// Writes a file that only the server may read into its folder; gives its path.
  std::string write(const std::string& name, const std::string& content);
  /// Replaces pg_hba.conf; at first it trusts everybody on the socket.
  void write_hba(const std::string& lines);

  /// Starts, or ends and starts again, with settings as `postgres -c` takes them, and
  /// waits until it answers.
  void start(const std::vector<std::string>& settings = {});
  /// The same without waiting.
  void launch(const std::vector<std::string>& settings = {});
  /// Ends all its processes, or those that are told, as pg_ctl's modes do.
  enum class Stop {
    Fast,       ///< sessions are told, and ended
    Immediate,  ///< the same without clearing up
    Kill,       ///< SIGKILL to the server process alone
  };
  void stop(Stop mode);

  /// Over the socket; `query` begins with "&".
  std::string url(const std::string& user = "revise",
                  const std::string& database = "postgres",
                  const std::string& query = {}) const;
  /// Runs SQL in the database "postgres".
  void execute(const std::string& sql) const;
  /// What the server wrote to its log.
  std::string log() const;

 private:
  std::unique_ptr<TemporaryFolder> folder_;
  std::unique_ptr<ServerProcess> server_;
  Listen listen_;
  int port_;
};

/// Waits until `url` can be opened. Throws std::runtime_error, with the text in the
/// file `log`, when `server` ends or half a minute has gone by.
void wait_until_open(const std::string& url, ServerProcess& server,
                     const std::string& log);

}  // namespace revise::testing
