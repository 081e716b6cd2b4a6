/// Child processes: started with posix_spawn, never through a shell.
///
/// A child gets default signal dispositions, an empty signal mask and no descriptor
/// but 0, 1 and 2. What the output means, and whether a status is a failure, is the
/// caller's business.

#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace revise {

/// Where a child's standard output and error go.
enum class ProcessOutput {
  Capture,  ///< both, in the order written, into ProcessResult::output
  Inherit,  ///< where the parent's go
  Discard,  ///< /dev/null
};

/// Where a child's standard input comes from.
enum class ProcessInput {
  Given,    ///< ProcessOptions::input
  Inherit,  ///< the parent's: an editor needs it
};

struct ProcessOptions {
  /// Program first; without a slash it is looked for in the PATH. Never empty.
  std::vector<std::string> arguments = {};
  /// "NAME=value" each, the whole environment; absent: the parent's.
  std::optional<std::vector<std::string>> environment = {};
  std::string working_directory = {};     ///< empty: the parent's
  std::optional<std::string> input = {};  ///< what it reads; absent: /dev/null
  ProcessOutput output = ProcessOutput::Capture;
  ProcessInput input_from = ProcessInput::Given;
};

struct ProcessResult {
  int exit_status = 0;      ///< as a shell would have it: 128 + signal when killed
  int signal = 0;           ///< that ended it; 0: it exited by itself
  std::string output = {};  ///< standard output and error, as captured

  bool succeeded() const noexcept { return exit_status == 0 && signal == 0; }
};

/// Runs a child and waits for it. Throws Error when it cannot be started (names the
/// program and why); a status other than 0 is no error here.
ProcessResult run_process(const ProcessOptions& options);

/// A started child. Its captured output is held in a file in memory, so that
/// it never waits for its parent to read. Destroying one that was not waited
/// for kills it (SIGKILL) and reaps it.
class Process {
 public:
  /// Throws Error as run_process does.
  explicit Process(const ProcessOptions& options);
  Process(Process&& other) noexcept;
  Process& operator=(Process&& other) noexcept;
  ~Process();

  pid_t pid() const noexcept { return pid_; }  ///< 0: already waited for

  /// Blocks until it ends. To be called once.
  ProcessResult wait();

  /// Its result when it has ended, else nothing. Not to be called after it told.
  std::optional<ProcessResult> poll();

  /// Sends `signal`; nothing happens once it was waited for.
  void kill(int signal) noexcept;

 private:
  ProcessResult finish(int status);
  void close_files() noexcept;

  pid_t pid_ = 0;
  int captured_ = -1;  ///< descriptor of the file in memory; -1: nothing captured
  int ended_ = -1;     ///< pidfd, readable once the child has ended
  friend std::optional<std::size_t> wait_any(const std::vector<const Process*>& running,
                                             std::chrono::milliseconds at_most);
};

/// The place in `running` (not empty) of one that has ended and can be waited for
/// without blocking; nothing when `at_most` passes first, or a signal arrives.
std::optional<std::size_t> wait_any(const std::vector<const Process*>& running,
                                    std::chrono::milliseconds at_most);

/// Where `program` is found in the PATH, empty when it is not; as it is when it has a
/// slash in it.
std::string find_program(const std::string& program);

/// Ends this process at once, without a word to anybody; may be called from a signal
/// handler. _exit() is not for the engine: units are caught by it (unit/exits.cpp).
[[noreturn]] void end_at_once(int status) noexcept;

}  // namespace revise
