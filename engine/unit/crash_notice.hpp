/// The last words of a process that a unit crashes.
///
/// Ending by a signal on request (SIGINT and its like) is the runner's business.

#pragma once

#include <string>

namespace revise::unit {

/// While it lives, SIGSEGV, SIGBUS, SIGFPE, SIGILL and SIGABRT write "FAILED: the
/// unit … crashed" with name and path and `state` (what became of the database) to
/// stderr, from bytes prepared here, and then end the process as they would have; a
/// unit that ends the process (exits.cpp) is told of likewise, and the status is 1.
/// In one thread; an inner one takes the outer one's place for as long as it lives.
class CrashNotice {
 public:
  CrashNotice(const std::string& name, const std::string& path);
  ~CrashNotice();
  CrashNotice(const CrashNotice&) = delete;
  CrashNotice& operator=(const CrashNotice&) = delete;

 private:
  std::string outer_;  // what the notice named before; empty: nothing
};

/// To be called when the process is about to end: where a unit runs, it ends here, with
/// words and the status 1.
void tell_unit_exit();

/// What a crash notice says of the database; the default is that the transaction
/// was not committed. Set anew when steps stay committed, also while a unit runs.
void set_crash_state(const std::string& state);

}  // namespace revise::unit
