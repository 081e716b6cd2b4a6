/// A crash inside a step says which unit it was, and what became of the database.

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>

#include "engine/core/text.hpp"
#include "engine/unit/crash_notice.hpp"
#include "tests/unit/unit_project.hpp"

namespace {

using namespace revise;
using namespace revise::testing;

struct Ending {
  int signal;
  std::string errors;
};

// How a process ends that does `action`, and what it says on standard error.
Ending ending_of(const UnitProject& project, const std::function<void()>& action) {
  const auto file = project.path("errors");
  const pid_t child = ::fork();
  if (child == 0) {
    // The test framework has handlers of its own.
    for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) {
      ::signal(signal, SIG_DFL);
    }
    ::dup2(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 2);
    action();
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return {WIFSIGNALED(status) ? WTERMSIG(status) : 0,
          replace_all(read_text(file), project.path("versions/"), "")};
}

}  // namespace

TEST_SUITE("unit/crash_notice") {
  TEST_CASE("a unit that crashes is named, and the process ends by its signal") {
    const struct {
      std::string name;
      std::string upgrade;
      int signal;
    } rows[] = {
        {"segmentation fault", "*(volatile int*)nullptr = 0;",   SIGSEGV},
        {"endless recursion",
         "struct F { static int f(volatile int* p) { volatile int "
         "a[999]; return f(a) + *p + a[1]; } }; F::f(nullptr);", SIGSEGV},
        {"division by zero",   "volatile int z = 0; z = 2 / z;", SIGFPE },
        {"illegal",            "__builtin_trap();",              SIGILL },
        {"abort",              "__builtin_abort();",             SIGABRT},
    };
    for (const auto& row : rows) {
      CAPTURE(row.name);
      UnitProject project;
      const auto a = project.write("a", {.upgrade = row.upgrade});
      const auto units = unit::load_units(unit::build_units({a}, project.settings));
      const auto ending = ending_of(project, [&units] { upgraded(units); });
      CHECK(ending.signal == row.signal);
      CHECK(
          ending.errors ==
          "FAILED: the unit 'a.cpp' (a) crashed; the transaction was not committed\n");
    }
  }

  TEST_CASE("the state told is the one that was set last") {
    const UnitProject project;
    const auto ending = ending_of(project, [] {
      unit::set_crash_state("one step stays committed");
      const unit::CrashNotice notice("a", "a.cpp");
      ::raise(SIGSEGV);
    });
    CHECK(ending.errors ==
          "FAILED: the unit 'a.cpp' (a) crashed; one step stays committed\n");
  }

  TEST_CASE("a crash outside any unit is told as ever") {
    const UnitProject project;
    const auto ending = ending_of(project, [] {
      { const unit::CrashNotice notice("a", "a.cpp"); }
      ::raise(SIGSEGV);
    });
    CHECK(ending.signal == SIGSEGV);
    CHECK(ending.errors == "");
  }
}
