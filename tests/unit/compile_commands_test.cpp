#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/core/process.hpp"
#include "tests/unit/unit_project.hpp"

TEST_SUITE("unit/compile_commands") {
  using namespace revise;
  using namespace revise::testing;

  TEST_CASE("each command, run as it stands in its folder, compiles its unit") {
    UnitProject project;
    project.settings.cxxflags = {"-DWORD=\"a b\""};
    const auto a = project.write("a", {.upgrade = "op.execute(WORD);"});
    const auto b = project.write("b", {.upgrade = "op.execute(WORD);"});
    const auto entries =
        nlohmann::json::parse(unit::compile_commands({a, b}, project.settings));
    REQUIRE(entries.size() == 2);
    CHECK(entries[0]["file"] == a.path);
    CHECK(entries[1]["file"] == b.path);
    for (const auto& entry : entries) {
      auto arguments = entry["arguments"].get<std::vector<std::string>>();
      arguments.push_back("-fsyntax-only");
      const auto result = run_process(
          {.arguments = arguments, .working_directory = entry["directory"]});
      CAPTURE(result.output);
      CHECK(result.succeeded());
    }
  }
}
