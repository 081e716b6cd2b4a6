/// Commands that tests start: the built tool, and what stands beside it.
///
/// The two streams are kept apart, which the engine's own processes do not do. What
/// a status or an output should be is the tests' business.

#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace revise::testing {

struct Command {
  /// Program first; without a slash it is looked for in the PATH. Never empty.
  std::vector<std::string> arguments = {};
  std::string folder = {};  ///< where it runs; empty: the test's own
  /// Added to the test's environment: "NAME=value", or "NAME" to take one away.
  std::vector<std::string> environment = {};
  std::string input = {};  ///< what it reads
};

struct Outcome {
  int status = 0;  ///< as a shell has it: 128 + n when signal n ended it
  std::string output = {};
  std::string errors = {};
};

/// A started command. Destroying one that was not waited for kills and reaps it.
class Running {
 public:
  /// Throws std::runtime_error when it cannot be started.
  explicit Running(const Command& command);
  Running(Running&& other) noexcept;
  Running& operator=(Running&& other) = delete;
  ~Running();

  pid_t pid() const { return pid_; }

  /// What it has written to standard error so far.
  std::string errors_so_far() const;

  void kill(int signal) const;

  /// Its outcome when it has ended, else nothing. Not to be called after it told.
  std::optional<Outcome> poll();

  /// Blocks until it ends. To be called once.
  Outcome wait();

 private:
  Outcome finish(int status);

  pid_t pid_ = 0;  // 0: reaped
  int output_ = -1;
  int errors_ = -1;
};

/// Starts `command` and waits for it.
Outcome run(const Command& command);

}  // namespace revise::testing
