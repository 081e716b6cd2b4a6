/// A crash inside a step says which unit it was, and what became of the database.

#include <doctest/doctest.h>
#include <signal.h>

#include "engine/core/process.hpp"
#include "engine/unit/bundle.hpp"
#include "tests/unit/unit_project.hpp"

TEST_SUITE("unit/crash_notice") {
  using namespace revise;
  using namespace revise::testing;

  // In a bundle, because the test framework catches these signals in this process.
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
      project.settings.engine.library = REVISE_TEST_ENGINE;
      unit::BundleRequest request;
      request.output = project.path("bundle");
      request.revisions = {
          {.revision = "a", .path = "versions/a.cpp", .source = a.path}
      };
      unit::write_bundle(request, project.settings);
      const auto ran = run_process({.arguments = {request.output}});
      CHECK(ran.signal == row.signal);
      CHECK(ran.output ==
            "FAILED: the unit 'versions/a.cpp' (a) crashed; the transaction was not "
            "committed\n");
    }
  }

  TEST_CASE("a unit that ends the process is named, and it counts as a failure") {
    for (const std::string call : {"__builtin_exit(0);", "std::quick_exit(0);",
                                   "std::_Exit(0);", "::_exit(0);"}) {
      CAPTURE(call);
      UnitProject project;
      const auto a = project.write(
          "a", {.upgrade = call, .before = "#include <cstdlib>\n#include <unistd.h>"});
      project.settings.engine.library = REVISE_TEST_ENGINE;
      unit::BundleRequest request;
      request.output = project.path("bundle");
      request.revisions = {
          {.revision = "a", .path = "versions/a.cpp", .source = a.path}
      };
      unit::write_bundle(request, project.settings);
      const auto ran = run_process({.arguments = {request.output}});
      CHECK(ran.exit_status == 1);
      CHECK(ran.output ==
            "FAILED: the unit 'versions/a.cpp' (a) ended the process; the transaction "
            "was not committed\n");
    }
  }
}
