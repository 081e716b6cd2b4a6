#include "tests/end_to_end/case_file.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "tests/end_to_end/tour.hpp"

namespace revise::testing {

TEST_SUITE("end_to_end/case_file") {
  TEST_CASE("a case is read as steps with what they expect") {
    const auto steps = parse_case(
        "The rule.\n\n=== write a.txt\nfirst\n\nlast\n\n# why\n=== run cat "
        "{DIR}/a.txt\n"
        "--- exit 3\n--- stdout\nfirst\n--- stderr\n\n=== absent b.txt\n",
        {
            {"{DIR}", "/d"}
    });
    REQUIRE(steps.size() == 3);
    CHECK(steps[0].body == "first\n\nlast\n");
    CHECK(steps[1].argument == "cat /d/a.txt");
    CHECK(steps[1].status == 3);
    CHECK(steps[1].output == "first\n");
    CHECK(steps[1].errors.has_value());
    CHECK(steps[2].kind == StepKind::Absent);
    CHECK(steps[2].line == 15);
  }

  TEST_CASE("what is no step is refused") {
    CHECK_THROWS_AS(parse_case("=== jump\n", {}), std::runtime_error);
    CHECK_THROWS_AS(parse_case("=== run x\n--- stdin\n", {}), std::runtime_error);
    CHECK_THROWS_AS(parse_case("=== run x\nloose\n", {}), std::runtime_error);
  }

  TEST_CASE("a tour's commands and files are steps, its prose is not") {
    const auto steps = parse_tour(
        "```console\n$ no\n```\n<!-- tour -->\nText\n```cpp a.cpp\nint a;\n```\n"
        "```console\n$ cat a.cpp\nint a;\n$ true\n```\n<!-- end of tour -->\n");
    REQUIRE(steps.size() == 3);
    CHECK(steps[0].argument == "a.cpp");
    CHECK(steps[0].body == "int a;\n");
    CHECK(steps[1].argument == "cat a.cpp 2>&1");
    CHECK(steps[1].output == "int a;\n");
    CHECK(steps[2].output.empty());
    CHECK_THROWS_AS(parse_tour("nothing"), std::runtime_error);
  }
}

}  // namespace revise::testing
