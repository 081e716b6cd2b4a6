/// Stands between a client and a PostgreSQL server, on a socket of its own, and stops
/// everything at one statement: so that a test can do at that moment what it wants.
///
/// Reads what libpq sends without TLS, and nothing of what the server answers.
/// https://www.postgresql.org/docs/15/protocol-message-formats.html

#pragma once

#include <memory>
#include <string>

namespace revise::testing {

enum class HoldBack {
  Statement,  ///< the server does not get it
  Answer,     ///< the server has done it, and the client does not know
};

class StatementProxy {
 public:
  /// Before the server on the Unix socket `server`, a path.
  explicit StatementProxy(const std::string& server);
  /// Ends all connections.
  ~StatementProxy();
  StatementProxy(const StatementProxy&) = delete;
  StatementProxy& operator=(const StatementProxy&) = delete;

  /// The folder of its socket, which has the usual port.
  const std::string& folder() const;

  /// Stops at the first statement from now on that begins with `words`.
  void stop_at(const std::string& words, HoldBack what);

  /// Blocks until it has stopped. False: it did not within a minute.
  bool wait_until_stopped();

  /// Ends the connection that it stopped on, for client and server, and lets all others
  /// pass.
  void cut();

 private:
  class Relay;
  std::unique_ptr<Relay> relay_;
};

}  // namespace revise::testing
