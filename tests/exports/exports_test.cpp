/// What the tool shows of itself to units, held against a kept list: a unit must
/// never find a library of the tool's where it has its own.

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "engine/core/process.hpp"
#include "engine/core/text.hpp"

namespace {

// The names after address and letter, demangled.
std::set<std::string> names_in(const std::string& file, const std::string& which) {
  const auto nm = revise::run_process({
      .arguments = {revise::find_program("nm"), "-D", which, "-C",
                    std::string(REVISE_BINARY_DIR) + "/" + file}
  });
  REQUIRE(nm.succeeded());
  std::set<std::string> names;
  for (const auto& line : revise::split(nm.output, '\n')) {
    // The address column is blank where there is none.
    const auto letter = line.find_first_of("TtWwUVvBbDdRri", 16);
    if (letter != std::string::npos) names.insert(line.substr(letter + 2));
  }
  return names;
}

std::set<std::string> exported_names() { return names_in("revise", "--defined-only"); }

std::set<std::string> kept_names() {
  std::ifstream list(std::string(REVISE_SOURCE_DIR) + "/tests/exports/exports.txt");
  std::set<std::string> names;
  for (std::string line; std::getline(list, line);) names.insert(line);
  return names;
}

}  // namespace

TEST_SUITE("exports") {
  TEST_CASE("what the PostgreSQL module needs of the tool is exported") {
    const std::string module = "librevise_postgresql.so";
    // Built without PostgreSQL, there is none.
    if (!std::filesystem::exists(REVISE_BINARY_DIR "/" + module)) return;
    const auto exported = exported_names();
    for (const auto& name : names_in(module, "--undefined-only")) {
      if (name.find("revise::") == std::string::npos) continue;
      CHECK_MESSAGE(exported.count(name) == 1, name << " is needed, not exported");
    }
  }

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
