/// What the tool shows of itself to units, held against a kept list: a unit must
/// never find a library of the tool's where it has its own.

#include <doctest/doctest.h>

#include <fstream>
#include <set>
#include <string>

#include "engine/core/process.hpp"
#include "engine/core/text.hpp"

namespace {

// The names after address and letter, demangled.
std::set<std::string> exported_names() {
  const auto nm = revise::run_process({
      .arguments = {revise::find_program("nm"), "-D", "--defined-only", "-C",
                    std::string(REVISE_BINARY_DIR) + "/revise"}
  });
  REQUIRE(nm.succeeded());
  std::set<std::string> names;
  for (const auto& line : revise::split(nm.output, '\n')) {
    const auto name = line.find(' ', line.find(' ') + 1);
    if (name != std::string::npos) names.insert(line.substr(name + 1));
  }
  return names;
}

std::set<std::string> kept_names() {
  std::ifstream list(std::string(REVISE_SOURCE_DIR) + "/tests/exports/exports.txt");
  std::set<std::string> names;
  for (std::string line; std::getline(list, line);) names.insert(line);
  return names;
}

}  // namespace

TEST_SUITE("exports") {
  TEST_CASE("the tool exports what its public headers declare, and nothing else") {
    const auto exported = exported_names();
    const auto kept = kept_names();
    for (const auto& name : exported) {
      CHECK_MESSAGE(kept.count(name) == 1, name << " is exported and not in the list");
    }
    for (const auto& name : kept) {
      CHECK_MESSAGE(exported.count(name) == 1, name << " is in the list, not exported");
    }
  }
}
