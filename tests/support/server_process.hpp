/// A server that a test starts for itself: as another user than root, ended with the
/// test's process whatever becomes of that.

#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace revise::testing {

/// Gives the folder to the user that servers run as, where this process is root.
void give_to_server_user(const std::string& path);

/// Runs a program as that user, output into the file `log`, and waits. Throws
/// std::runtime_error, with the log's text, when it fails.
void run_as_server_user(const std::vector<std::string>& arguments,
                        const std::string& log);

/// A running server; ended by SIGQUIT, also when this process dies.
class ServerProcess {
 public:
  ServerProcess(const std::vector<std::string>& arguments, const std::string& log);
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  bool is_running();
  void wait();  ///< until it has ended by itself
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_;
};

}  // namespace revise::testing
