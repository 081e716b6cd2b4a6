#include <doctest/doctest.h>

#include "tests/end_to_end/project.hpp"
#include "tests/support/test_database.hpp"

// As many units as a long-lived project may have, all in one run.

namespace revise::testing {
namespace {

std::string id_of(int number) { return "r" + std::to_string(number); }

}  // namespace

TEST_SUITE("end_to_end/many") {
  TEST_CASE("all units of a long history are built, loaded and run in one go") {
    const int count = times(100, 10'000);
    const TestDatabase database("sqlite");
    const Project project(database.url());
    for (int i = 1; i <= count; ++i) {
      project.add({.id = id_of(i), .down = i > 1 ? id_of(i - 1) : "", .upgrade = ""});
    }
    const auto up = project.revise({"-q", "upgrade", "head"});
    REQUIRE_MESSAGE(up.status == 0, up.errors);
    CHECK(database.select("SELECT version_num FROM alembic_version") == id_of(count));
    const auto down = project.revise({"-q", "downgrade", "base"});
    CHECK_MESSAGE(down.status == 0, down.errors);
    CHECK(database.select("SELECT count(*) FROM alembic_version") == "0");
  }
}

}  // namespace revise::testing
