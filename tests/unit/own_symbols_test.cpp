/// What a unit defines stays its own, however units are put together.

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "engine/core/process.hpp"
#include "engine/core/text.hpp"
#include "engine/unit/elf.hpp"
#include "tests/unit/unit_project.hpp"

namespace {

using namespace revise;
using namespace revise::testing;

constexpr const char* kExpected = "x x x x y y y y";

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t number = 0;
  for (auto found = text.find(part); found != std::string::npos;
       found = text.find(part, found + 1)) {
    ++number;
  }
  return number;
}

}  // namespace

TEST_SUITE("unit/own_symbols") {
  TEST_CASE("units that define the same names run their own code") {
    for (const std::string compiler : {"g++", "clang++"}) {
      CAPTURE(compiler);
      UnitProject project;
      project.settings.compiler = compiler;
      const auto x = project.write("x", copy_with("x"));
      const auto y = project.write("y", copy_with("y"));
      SUBCASE("in a group") {
        const auto built = unit::build_units({x, y}, project.settings);
        CHECK(built.libraries.size() == 1);
        CHECK(upgraded(unit::load_units(built)) == kExpected);
      }
      SUBCASE("singly") {
        unit::build_units({x}, project.settings);
        unit::build_units({y}, project.settings);
        const auto built = unit::build_units({x, y}, project.settings);
        CHECK(built.libraries.size() == 2);
        CHECK(upgraded(unit::load_units(built)) == kExpected);
      }
    }
  }

  TEST_CASE("an object shows its entry, and so does a library; nothing else") {
    UnitProject project;
    const auto x = project.write("x", copy_with("x"));
    const auto y = project.write("y", copy_with("y"));
    const auto built = unit::build_units({x, y}, project.settings);
    for (const auto& unit : built.units) {
      CAPTURE(unit.path);
      CHECK(join(unit::read_symbols(bytes_of(unit.object)).defined, " ") ==
            unit::entry_symbol(unit.name));
    }
    const auto shown = run_process({
        .arguments = {"nm", "-D", "--defined-only", "-j",
                      built.libraries.front().path}
    });
    std::string entries;
    for (const std::string name : {"x", "y"})
      entries += unit::entry_symbol(name) + "\n";
    CHECK(shown.output == entries);
  }

  TEST_CASE("what ld and objcopy would make of an object is what is made of it") {
    UnitProject project;
    project.settings.cxxflags = {"-DUNUSED", "-ffunction-sections"};
    const auto x = project.write("x", copy_with("x"));
    const auto built = unit::compile_units({x}, project.settings);
    // Readers that check more than the linker does find nothing to complain of.
    const auto checked = run_process({
        .arguments = {"readelf", "--lint", "-aW", built.units.front().object}
    });
    CHECK(checked.succeeded());
    CHECK(count(checked.output, "arning:") ==
          count(checked.output, "has a size of zero"));
    const auto& object = built.units.front().object;
    const auto again = project.path("again.o");
    CHECK(run_process({
                          .arguments = {"ld", "-r", "--force-group-allocation", object,
                                        "-o", again}
    })
              .succeeded());
    CHECK(join(unit::read_symbols(bytes_of(again)).defined, " ") ==
          unit::entry_symbol("x"));
  }

  TEST_CASE("a revision's id, whatever its characters, gives an entry's name") {
    const std::string rows[] = {"1975ea83b712", "\xc3\xa4.b", std::string(255, 'x'),
                                "*;{}"};
    for (const auto& row : rows) {
      CAPTURE(row);
      const auto symbol = unit::entry_symbol(row);
      CHECK(symbol.size() == unit::entry_symbol("a").size());
      CHECK(symbol.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789") ==
            std::string::npos);
    }
  }
}
