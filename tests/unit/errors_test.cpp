/// One clear error for each thing that can be wrong with a unit.

#include <doctest/doctest.h>

#include <cstdint>
#include <stdexcept>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "tests/support/holds.hpp"
#include "tests/unit/unit_project.hpp"

namespace {

using namespace revise;
using namespace revise::testing;

std::string error_of(const UnitProject& project,
                     const std::vector<unit::UnitSource>& sources) {
  const auto error =
      unit_error_of([&] { built_and_upgraded(sources, project.settings); });
  return replace_all(error, project.path("versions/"), "");
}

}  // namespace

TEST_SUITE("unit/errors") {
  TEST_CASE("a unit at fault is named among others, and the fault said") {
    const struct {
      std::string name;
      UnitText text;
      std::string first_line;
      std::string output;
    } rows[] = {
        {"does not compile",
         {.upgrade = "op.no_such_operation();"},
         "the unit 'bad.cpp' does not compile",                               "'class revise::Operations' has no member named 'no_such_operation'"},
        {"misses a symbol",
         {.upgrade = "helper(1);", .before = "void helper(int);"},
         "the unit 'bad.cpp' does not link: nothing defines 'helper(int)'",   "undefined symbol: _Z6helperi"                                      },
        {"crashes on load",
         {.before =
              "const int loaded = [] { *(volatile int*)nullptr = 0; return 1; }();"},
         "the unit 'bad.cpp' crashes when it is loaded (Segmentation fault)", ""                                                                  },
        {"throws on load",
         {.before = "const int loaded = [] { throw 1; return 1; }();"},
         "the unit 'bad.cpp' crashes when it is loaded (Aborted)",            "terminate called after throwing an instance of 'int'"              },
        {"exits on load",
         {.before = "const int loaded = (exit(0), 1);",
          .include = "#include <revise/op.hpp>\n#include <cstdlib>"},
         "the unit 'bad.cpp' ends the process when it is loaded",             ""                                                                  },
        {"throws",
         {.upgrade = "throw std::runtime_error(\"no luck\");",
          .include = "#include <revise/op.hpp>\n#include <stdexcept>"},
         "the unit 'bad.cpp' threw std::runtime_error: no luck",              ""                                                                  },
        {"throws what no one knows",
         {.upgrade = "throw Odd();", .before = "struct Odd {};"},
         "the unit 'bad.cpp' threw Odd",                                      ""                                                                  },
    };
    ::setenv("LC_ALL", "C", 1);
    for (const auto& row : rows) {
      CAPTURE(row.name);
      UnitProject project;
      const auto error =
          error_of(project, {project.write("a", {}), project.write("bad", row.text),
                             project.write("c", {})});
      CHECK(error.substr(0, error.find('\n')) == row.first_line);
      CHECK(holds(error, row.output));
    }
  }

  TEST_CASE("the first of several units that do not compile is the one told of") {
    UnitProject project;
    project.settings.jobs = 3;
    const UnitText wrong{.upgrade = "wrong"};
    const auto error = error_of(
        project,
        {project.write("a", {}), project.write("b", wrong), project.write("c", wrong)});
    CHECK(holds(error, "the unit 'b.cpp' does not compile"));
  }

  TEST_CASE("units that did compile beside one that does not stay cached") {
    UnitProject project;
    const auto a = project.write("a", {});
    const auto b = project.write("b", {.upgrade = "wrong"});
    CHECK(!error_of(project, {a, b}).empty());
    project.count_compiler_starts();
    project.settings.compiler = "g++";
    CHECK(unit::build_units({a}, project.settings).compiled == 0);
  }

  TEST_CASE("a unit without an entry is told how it must end") {
    UnitProject project;
    const auto path = project.path("versions/a.cpp");
    write_text(path, "#include <revise/op.hpp>\n");
    CHECK(holds(error_of(project,
                         {
                             {"a", path}
    }),
                "the unit 'a.cpp' declares no revision; it must end with "
                "REVISE_UNIT(revision, upgrade, downgrade)"));
  }

  TEST_CASE("a unit of another ABI is refused") {
    UnitProject project;
    const auto path = project.path("versions/a.cpp");
    write_text(path,
               "#include <revise/unit.hpp>\n"
               "namespace { constexpr revise::Revision r{.revision = \"a\"};\n"
               "void f(revise::Operations&) {} }\n"
               "extern \"C\" __attribute__((visibility(\"default\"))) const\n"
               "revise::UnitEntry REVISE_UNIT_SYMBOL;\n"
               "const revise::UnitEntry REVISE_UNIT_SYMBOL{99, &r, &f, &f};\n");
    CHECK(holds(error_of(project,
                         {
                             {"a", path}
    }),
                "was compiled for unit ABI 99"));
  }

  TEST_CASE("an error of the engine passes through a unit as it is") {
    UnitProject project;
    const auto a =
        project.write("a", {.upgrade = "refuse();", .before = "void refuse();"});
    CHECK(holds(error_of(project, {a}), "nothing defines 'refuse()'"));
    const auto b =
        project.write("b", {.upgrade = "op.autocommit_block([&] { throw 7; });"});
    CHECK(holds(error_of(project, {b}), "the unit 'b.cpp' threw int"));
    // The sink of this test takes statements alone, by std::get.
    const auto c = project.write("c", {.upgrade = "op.drop_table(\"t\");"});
    CHECK(holds(error_of(project, {c}), "threw std::bad_variant_access"));
  }

  TEST_CASE("a library that the linker does not find is no unit's fault") {
    UnitProject project;
    project.settings.libraries = {"nowhere_to_be_found"};
    const auto error = error_of(project, {project.write("a", {})});
    CHECK(holds(error, "the libraries of the setting do not link"));
    CHECK(holds(error, "nowhere_to_be_found"));
  }

  TEST_CASE("a compiler that is not there is named") {
    UnitProject project;
    project.settings.compiler = "no-such-compiler";
    CHECK(
        holds(error_of(project, {project.write("a", {})}),
              "there is no compiler 'no-such-compiler'; install g++, or name another"));
  }

  TEST_CASE("designators out of order: one line gives the order") {
    UnitProject project;
    const auto a = project.write(
        "a",
        {.upgrade = "op.drop_table(\"t\", {.if_exists = true, .schema = \"s\"});"});
    const auto error = error_of(project, {a});
    CHECK(holds(error, "designator order for field"));
    const auto lines = split(strip(error), '\n');
    CHECK(lines.back().starts_with(
        "members are given in this order: DropTableOptions: schema, if_exists"));
  }

  TEST_CASE("the compiled revision comes back as plain values") {
    UnitProject project;
    const auto path = project.path("versions/m.cpp");
    write_text(path,
               "#include <revise/op.hpp>\nusing namespace revise;\n"
               "namespace { constexpr Revision r{.revision = \"m\", .down_revision = "
               "{\"a\", \"b\"}, .branch_labels = \"l\", .depends_on = {\"x\"}};\n"
               "void f(Operations&) {} }\nREVISE_UNIT(r, f, f)\n");
    const auto units = unit::load_units(unit::build_units(
        {
            {"m", path}
    },
        project.settings));
    const auto revision = unit::compiled_revision(units.front());
    CHECK(revision.revision == "m");
    CHECK(join(revision.down_revisions, " ") == "a b");
    CHECK(join(revision.branch_labels, " ") == "l");
    CHECK(join(revision.depends_on, " ") == "x");
  }
}
