#include "engine/unit/build.hpp"

#include <doctest/doctest.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "engine/core/text.hpp"
#include "tests/unit/unit_project.hpp"

TEST_SUITE("unit/build") {
  using namespace revise;
  using namespace revise::testing;
  using unit::build_units;

  TEST_CASE("units are built, loaded and run in the order asked for") {
    UnitProject project;
    const auto a = project.write("a", {.upgrade = "op.execute(\"one\");"});
    const auto b = project.write("b", {.upgrade = "op.execute(\"two\");"});
    CHECK(built_and_upgraded({a, b}, project.settings) == "one two");
    CHECK(built_and_upgraded({b, a}, project.settings) == "two one");
    CHECK(built_and_upgraded({b}, project.settings) == "two");
  }

  TEST_CASE("with all in the cache no process is started") {
    UnitProject project;
    project.count_compiler_starts();
    const auto a = project.write("a", {});
    const auto b = project.write("b", {});
    CHECK(build_units({a, b}, project.settings).compiled == 2);
    CHECK(project.compiler_starts() > 0);
    CHECK(build_units({a, b}, project.settings).compiled == 0);
    CHECK(build_units({b}, project.settings).compiled == 0);
    CHECK(project.compiler_starts() == 0);
  }

  TEST_CASE("with nothing to build no cache is made") {
    UnitProject project;
    CHECK(build_units({}, project.settings).units.empty());
    CHECK(!std::filesystem::exists(project.settings.build_directory));
  }

  TEST_CASE("a new unit beside cached ones costs one compilation and one link") {
    UnitProject project;
    project.count_compiler_starts();
    const auto a = project.write("a", {});
    build_units({a}, project.settings);
    const auto b = project.write("b", {});
    project.compiler_starts();
    CHECK(build_units({a, b}, project.settings).compiled == 1);
    CHECK(project.compiler_starts() == 2);
  }

  TEST_CASE("a changed source is built anew, and its earlier text is remembered") {
    UnitProject project;
    auto a = project.write("a", {.upgrade = "op.execute(\"old\");"});
    CHECK(built_and_upgraded({a}, project.settings) == "old");
    project.write("a", {.upgrade = "op.execute(\"new\");"});
    CHECK(built_and_upgraded({a}, project.settings) == "new");
    project.write("a", {.upgrade = "op.execute(\"old\");"});
    CHECK(build_units({a}, project.settings).compiled == 0);
    CHECK(built_and_upgraded({a}, project.settings) == "old");
  }

  TEST_CASE("a changed header builds those units anew that read it") {
    UnitProject project;
    write_text(project.path("versions/words.hpp"), "#define WORD \"old\"\n");
    const auto a = project.write(
        "a", {.upgrade = "op.execute(WORD);",
              .include = "#include <revise/op.hpp>\n#include \"words.hpp\""});
    const auto b = project.write("b", {.upgrade = "op.execute(\"b\");"});
    CHECK(built_and_upgraded({a, b}, project.settings) == "old b");
    write_text(project.path("versions/words.hpp"), "#define WORD \"new\"\n");
    const auto built = build_units({a, b}, project.settings);
    CHECK(built.compiled == 1);
    CHECK(upgraded(unit::load_units(built)) == "new b");
  }

  TEST_CASE("a touched file with the same text is not built anew") {
    UnitProject project;
    const auto a = project.write("a", {});
    build_units({a}, project.settings);
    project.write("a", {});
    CHECK(build_units({a}, project.settings).compiled == 0);
  }

  TEST_CASE("another flag, include folder, compiler or variable builds anew") {
    UnitProject project;
    const auto a = project.write("a", {});
    build_units({a}, project.settings);
    auto flags = project.settings;
    flags.cxxflags = {"-DSOMETHING"};
    auto folders = project.settings;
    folders.include_directories = {"/opt"};
    CHECK(build_units({a}, flags).compiled == 1);
    CHECK(build_units({a}, folders).compiled == 1);
    project.count_compiler_starts();
    CHECK(build_units({a}, project.settings).compiled == 1);
    // The same path, another compiler behind it.
    write_text(project.settings.compiler,
               read_text(project.settings.compiler) + "# newer\n");
    CHECK(build_units({a}, project.settings).compiled == 1);
    ::setenv("CPATH", "/opt", 1);
    CHECK(build_units({a}, project.settings).compiled == 1);
    ::unsetenv("CPATH");
    CHECK(build_units({a}, project.settings).compiled == 0);
  }

  TEST_CASE("a compiler is given no variable that compilers do not read") {
    UnitProject project;
    project.settings.compiler = project.path("compiler");
    write_text(project.settings.compiler,
               "#!/bin/sh\nenv >> '" + project.path("env") + "'\nexec g++ \"$@\"\n");
    std::filesystem::permissions(project.settings.compiler,
                                 std::filesystem::perms::owner_all);
    ::setenv("SECRET_PASSWORD", "hunter2", 1);
    build_units({project.write("a", {})}, project.settings);
    ::unsetenv("SECRET_PASSWORD");
    const auto environment = read_text(project.path("env"));
    CHECK(environment.find("PATH=") != std::string::npos);
    CHECK(environment.find("hunter2") == std::string::npos);
  }

  TEST_CASE("two processes on one cache each get what they asked for") {
    UnitProject project;
    std::vector<unit::UnitSource> sources;
    std::string expected;
    for (const std::string name : {"a", "b", "c", "d"}) {
      sources.push_back(
          project.write(name, {.upgrade = "op.execute(\"" + name + "\");"}));
      expected += (expected.empty() ? "" : " ") + name;
    }
    std::vector<pid_t> children;
    for (int i = 0; i < 3; ++i) {
      const pid_t child = ::fork();
      if (child == 0) {
        const bool same = built_and_upgraded(sources, project.settings) == expected;
        ::_exit(same ? 0 : 1);
      }
      children.push_back(child);
    }
    for (const auto child : children) {
      int status = -1;
      ::waitpid(child, &status, 0);
      CHECK(status == 0);
    }
    CHECK(build_units(sources, project.settings).compiled == 0);
  }

  TEST_CASE("many libraries of few units each become one") {
    UnitProject project;
    std::vector<unit::UnitSource> sources;
    for (int i = 0; i < 12; ++i) {
      sources.push_back(project.write("r" + std::to_string(i), {}));
      build_units({sources.back()}, project.settings);
    }
    CHECK(build_units(sources, project.settings).libraries.size() <= 9);
    CHECK(unit::load_units(build_units(sources, project.settings)).size() == 12);
  }

  TEST_CASE("a damaged index is an empty one") {
    UnitProject project;
    const auto a = project.write("a", {.upgrade = "op.execute(\"a\");"});
    build_units({a}, project.settings);
    const auto index = project.settings.build_directory + "/index";
    const auto text = read_text(index);
    for (const auto& damaged :
         {std::string(), std::string("x"), text.substr(0, text.size() / 2),
          replace_all(text, "\t", " ")}) {
      write_text(index, damaged);
      CHECK(built_and_upgraded({a}, project.settings) == "a");
    }
  }

  TEST_CASE("what a killed process left in the cache goes with the next compilation") {
    UnitProject project;
    const auto left = project.settings.build_directory + "/tmp-2147483647-1.o";
    build_units({project.write("a", {})}, project.settings);
    write_text(left, "");
    build_units({project.write("b", {})}, project.settings);
    CHECK(!std::filesystem::exists(left));
  }

  TEST_CASE("what the cache lost is built again") {
    UnitProject project;
    const auto a = project.write("a", {.upgrade = "op.execute(\"a\");"});
    build_units({a}, project.settings);
    for (const std::string extension : {".so", ".o"}) {
      for (const auto& entry :
           std::filesystem::directory_iterator(project.settings.build_directory)) {
        if (entry.path().extension() == extension) std::filesystem::remove(entry);
      }
      CHECK(built_and_upgraded({a}, project.settings) == "a");
    }
  }

  TEST_CASE("headers outside the script directory are told, the system's are not") {
    UnitProject project;
    write_text(project.path("outside/far.hpp"), "#pragma once\n");
    write_text(project.path("versions/near.hpp"), "#pragma once\n");
    project.settings.include_directories = {project.path("outside")};
    const auto a =
        project.write("a", {.include = "#include <revise/op.hpp>\n#include <string>\n"
                                       "#include <far.hpp>\n#include \"near.hpp\""});
    const auto built = build_units({a}, project.settings);
    CHECK(join(unit::foreign_headers(built.units.front(), project.path(""),
                                     project.settings),
               " ") == "");
    CHECK(join(unit::foreign_headers(built.units.front(), project.path("versions"),
                                     project.settings),
               " ") == project.path("outside/far.hpp"));
  }

  TEST_CASE("paths may hold what shells, linkers and Make take for their own") {
    UnitProject project;
    project.settings.build_directory = project.path("a,b $c #d \"e\" 'f' =g");
    write_text(project.path("versions/odd $x #y,z.hpp"), "#define WORD \"old\"\n");
    const auto a = project.write(
        "a,b$d", {.upgrade = "op.execute(WORD);",
                  .include = "#include <revise/op.hpp>\n#include \"odd $x #y,z.hpp\""});
    CHECK(built_and_upgraded({a}, project.settings) == "old");
    CHECK(build_units({a}, project.settings).compiled == 0);
    write_text(project.path("versions/odd $x #y,z.hpp"), "#define WORD \"new\"\n");
    CHECK(built_and_upgraded({a}, project.settings) == "new");
  }

  TEST_CASE("another compiler serves too") {
    UnitProject project;
    project.settings.compiler = "clang++";
    const auto a = project.write("a", {.upgrade = "op.execute(\"a\");"});
    const auto b = project.write("b", {.upgrade = "op.execute(\"b\");"});
    CHECK(built_and_upgraded({a, b}, project.settings) == "a b");
  }
}
