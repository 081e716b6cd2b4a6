#include "engine/unit/crash_notice.hpp"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <cstring>

#include "engine/core/process.hpp"

namespace revise::unit {

namespace {

constexpr std::array kSignals = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

std::array<struct sigaction, kSignals.size()> earlier;

// What the handler writes. It reads the two members alone; the strings that they come
// from are not touched while they are set.
struct Notice {
  const char* volatile bytes = nullptr;
  volatile std::size_t size = 0;
};
Notice notice;

std::string& prepared() {
  static std::string text;
  return text;
}

// "FAILED: the unit 'a.cpp' (a)"
std::string& unit_named() {
  static std::string text;
  return text;
}

std::string& state() {
  static std::string text = "the transaction was not committed";
  return text;
}

void prepare() {
  notice.bytes = nullptr;
  prepared() = unit_named() + " crashed; " + state() + "\n";
  notice.size = prepared().size();
  notice.bytes = prepared().data();
}

// Only what signal-safety(7) allows.
void write_notice(int signal) {
  const char* bytes = notice.bytes;
  if (bytes != nullptr && ::write(STDERR_FILENO, bytes, notice.size) < 0) {
    // Nowhere else to say it.
  }
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    if (kSignals[i] == signal) ::sigaction(signal, &earlier[i], nullptr);
  }
  ::raise(signal);
}

// The process that runs units: not one that a unit made by fork().
pid_t runner = 0;

void tell_exit() { tell_unit_exit(); }

// Once, and not taken back: ten system calls a step would cost more than the step.
void install() {
  static bool is_installed = false;
  if (is_installed) return;
  is_installed = true;
  runner = ::getpid();
  // What was made before is destroyed after: tell_exit() still finds these.
  unit_named();
  state();
  std::atexit(tell_exit);
  std::at_quick_exit(tell_exit);
  // A unit that recurses for ever leaves no room on the usual stack.
  static char stack[64 * 1024];
  stack_t alternative = {};
  alternative.ss_sp = stack;
  alternative.ss_size = sizeof stack;
  ::sigaltstack(&alternative, nullptr);
  struct sigaction action = {};
  action.sa_handler = write_notice;
  action.sa_flags = SA_ONSTACK | SA_NODEFER;
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    ::sigaction(kSignals[i], &action, &earlier[i]);
  }
}

}  // namespace

// A pipeline would take the status that a unit chose for the run's.
void tell_unit_exit() {
  if (notice.bytes == nullptr || ::getpid() != runner) return;
  const auto text = unit_named() + " ended the process; " + state() + "\n";
  if (::write(STDERR_FILENO, text.data(), text.size()) < 0) {
    // Nowhere else to say it.
  }
  end_at_once(1);
}

CrashNotice::CrashNotice(const std::string& name, const std::string& path) {
  install();
  if (notice.bytes != nullptr) outer_ = unit_named();
  unit_named() = "FAILED: the unit '" + path + "' (" + name + ")";
  prepare();
}

CrashNotice::~CrashNotice() {
  notice.bytes = nullptr;
  if (outer_.empty()) return;
  unit_named() = outer_;
  prepare();
}

void set_crash_state(const std::string& text) {
  state() = text;
  if (notice.bytes != nullptr) prepare();
}

}  // namespace revise::unit
