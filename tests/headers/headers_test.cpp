/// That units compile without a warning on each compiler and standard, and that what
/// must not compile does not.

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/support/command.hpp"
#include "tests/support/temporary_folder.hpp"

namespace {

namespace fs = std::filesystem;
using namespace revise::testing;

const std::string kRoot = REVISE_SOURCE_DIR;

Outcome compile(const std::string& compiler, const std::string& standard,
                const std::string& source) {
  return run({
      .arguments = {compiler, "-std=" + standard, "-fsyntax-only", "-Wall", "-Wextra",
                    "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror",
                    "-I" + kRoot + "/engine/include", source}
  });
}

// The samples, and the units that each release is held to.
std::vector<std::string> units() {
  std::vector<std::string> sources;
  for (const char* folder : {"/tests/headers/samples", "/tests/units_of"}) {
    for (const auto& entry : fs::recursive_directory_iterator(kRoot + folder)) {
      const auto& path = entry.path();
      if (path.extension() == ".cpp" && path.filename() != "units_of_test.cpp") {
        sources.push_back(path.string());
      }
    }
  }
  return sources;
}

}  // namespace

TEST_SUITE("headers/units") {
  TEST_CASE("a unit compiles without a warning on both compilers, in C++20 and 23") {
    for (const std::string& source : units()) {
      for (const std::string compiler : {"g++", "clang++-14"}) {
        for (const std::string standard : {"c++20", "c++2b"}) {
          CAPTURE(source);
          CAPTURE(compiler);
          CAPTURE(standard);
          const Outcome outcome = compile(compiler, standard, source);
          CHECK(outcome.errors == "");
          CHECK(outcome.status == 0);
        }
      }
    }
  }

  TEST_CASE("the env.cpp of each template compiles once its two lines are taken out") {
    for (const std::string name : {"generic", "multidb"}) {
      std::ifstream commented(kRoot + "/templates/" + name + "/env.cpp");
      const TemporaryFolder folder;
      const std::string source = folder.path() + "/env.cpp";
      std::ofstream out(source);
      int taken = 0;
      for (std::string line; std::getline(commented, line);) {
        const bool hides = line == "/*" || line == "*/";
        taken += hides;
        out << (hides ? "" : line) << "\n";
      }
      out.close();
      CAPTURE(name);
      CHECK(taken == 2);
      for (const std::string compiler : {"g++", "clang++-14"}) {
        const Outcome outcome = compile(compiler, "c++20", source);
        CHECK(outcome.errors == "");
        CHECK(outcome.status == 0);
      }
    }
  }

  TEST_CASE("the env.cpp that docs/env.md shows compiles") {
    const TemporaryFolder folder;
    const std::string source = folder.path() + "/env.cpp";
    std::ifstream page(kRoot + "/docs/env.md");
    std::ofstream out(source);
    bool is_code = false;
    for (std::string line; std::getline(page, line);) {
      if (is_code && line != "```") out << line << "\n";
      is_code = line == "```cpp" || (is_code && line != "```");
    }
    out.close();
    CHECK(std::filesystem::file_size(source) > 0);
    const Outcome outcome = compile("g++", "c++20", source);
    CHECK(outcome.errors == "");
    CHECK(outcome.status == 0);
  }

  TEST_CASE("what would compile to something else than it says is refused") {
    const TemporaryFolder folder;
    const struct {
      std::string name;
      std::string statement;
      bool compiles;
    } rows[] = {
        {"the frame of these rows",               R"(op.drop_table("t");)",                                     true },
        {"a number as a switch",                  R"(op.drop_table("t", {.if_exists = 1});)",                   false},
        {"a pointer as a switch",                 R"(op.drop_table("t", {.if_exists = "t"});)",                 false},
        {"two literals as one text",              R"(op.drop_table({"a", "b"});)",                              false},
        {"two literals as one option",            R"(op.drop_table("t", {.schema = {"a", "b"}});)",
         false                                                                                                       },
        {"SQL as a name",                         R"(op.drop_table(text("t"));)",                               false},
        {"a truth value as a number",             R"((void)Identity({.start = true});)",                        false},
        {"a word that Alembic has not",           R"(op.drop_table("t", {.cascade = true});)",
         false                                                                                                       },
        {"text in a number's column",
         R"(op.bulk_insert(table("t", column<int>("a")), {{"x"}});)",                                           false},
        {"NULL in a column that is not optional",
         R"(op.bulk_insert(table("t", column<int>("a")), {{none}});)",                                          false},
        {"a date in a column of times",
         R"(op.bulk_insert(table("t", column<std::chrono::seconds>("a")), {{std::chrono::sys_days()}});)",
         false                                                                                                       },
        {"a time that is finer than its column",
         R"(op.bulk_insert(table("t", column<std::chrono::seconds>("a")), {{std::chrono::milliseconds(1)}});)",
         false                                                                                                       },
        {"an array of bytes that are no bytes",
         R"(for (auto [a] : op.query<std::vector<signed char>>("SELECT 1")) {})",                               false},
        {"text as a UUID",
         R"(op.bulk_insert(table("t", column<UuidValue>("a")), {{"x"}});)",                                     false},
        {"two values for one column",
         R"(op.bulk_insert(table("t", column<std::string>("a")), {{"x", "y"}});)",                              false},
    };
    for (const auto& row : rows) {
      CAPTURE(row.name);
      const std::string source = folder.path() + "/unit.cpp";
      std::ofstream(source)
          << "#include <revise/data.hpp>\nvoid f(revise::Operations&);\n"
             "void f(revise::Operations& op) {\n"
             "  using namespace revise;\n  "
          << row.statement << "\n}\n";
      CHECK((compile("g++", "c++20", source).status == 0) == row.compiles);
      CHECK((compile("clang++-14", "c++20", source).status == 0) == row.compiles);
    }
  }
}
