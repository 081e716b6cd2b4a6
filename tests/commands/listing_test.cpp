/// The commands that list revisions and need no database.

#include <doctest/doctest.h>

#include "tests/commands/command_project.hpp"

using namespace revise::testing;

TEST_SUITE("commands/listing") {
  TEST_CASE("heads, branches and history are printed as Alembic prints them") {
    CommandProject project;
    project.add_branches();
    const struct {
      std::string words;
      std::string expected;
    } rows[] = {
        {"heads",                        "eeee1111 (left) (head)\nffff1111 (lib) (head)\n"},
        {"branches",
         "bbbb1111 (branchpoint)\n         -> cccc1111 (left)\n         -> "
         "cccc2222\n\n"                                                                   },
        {"history -r cccc1111:",
         "cccc1111, cccc2222 -> eeee1111 (left) (head) (mergepoint), about eeee1111\n"
         "bbbb1111 -> cccc1111 (left), about cccc1111\n"                                  },
        {"history -r lib@base:lib@head",
         "<base> (bbbb1111) -> ffff1111 (lib) (head), about ffff1111\n"
         "aaaa1111 -> bbbb1111 (branchpoint), about bbbb1111\n"
         "<base> -> aaaa1111, about aaaa1111\n"                                           },
        {"show base",                    ""                                               },
    };
    for (const auto& row : rows) {
      CAPTURE(row.words);
      const auto result = project.run(row.words);
      CHECK(result.errors == "");
      CHECK(result.output == row.expected);
      CHECK(result.status == 0);
    }
  }

  TEST_CASE("an effective head is one until dependencies are resolved") {
    CommandProject project;
    project.add({"b1b1"});
    project.add({"c1c1", {}, {"lib"}, {"b1b1"}});
    CHECK(project.run("heads").output == "b1b1 (effective head)\nc1c1 (lib) (head)\n");
    CHECK(project.run("heads --resolve-dependencies").output == "c1c1 (lib) (head)\n");
  }

  TEST_CASE("an entry tells all that is known, the whole doc indented") {
    CommandProject project;
    project.add_branches();
    CHECK(project.run("show ffff").output ==
          "Rev: ffff1111 (head)\nParent: <base>\nAlso depends on: bbbb1111\n"
          "Branch names: lib\nPath: {DIR}/migrations/versions/ffff1111_.cpp\n\n"
          "    about ffff1111\n\n");
    CHECK(project.run("show bbbb1111").output ==
          "Rev: bbbb1111 (branchpoint)\nParent: aaaa1111\n"
          "Branches into: cccc1111, cccc2222\n"
          "Path: {DIR}/migrations/versions/bbbb1111_.cpp\n\n    about bbbb1111\n\n");
    CHECK(project.run("history -v -r eeee1111:").output ==
          "Rev: eeee1111 (head) (mergepoint)\nMerges: cccc1111, cccc2222\n"
          "Branch names: left\nPath: {DIR}/migrations/versions/eeee1111_.cpp\n\n"
          "    about eeee1111\n\n");
  }

  TEST_CASE("what cannot be listed is said with Alembic's words, and ends with 1") {
    CommandProject project;
    project.add_branches();
    const struct {
      std::string words;
      std::string expected;
    } rows[] = {
        {"show zzzz",                    "FAILED: Can't locate revision identified by 'zzzz'\n"},
        {"history -r head",
         "FAILED: History range requires [start]:[end], [start]:, or :[end]\n"                 },
        {"history -r cccc1111:cccc2222",
         "FAILED: Requested range cccc1111:cccc2222 does not refer to "
         "ancestor/descendant revisions along the same branch\n"                               },
    };
    for (const auto& row : rows) {
      CAPTURE(row.words);
      const auto result = project.run(row.words);
      CHECK(result.output == "");
      CHECK(result.errors.substr(0, row.expected.size()) == row.expected);
      CHECK(result.status == 1);
    }
  }

  TEST_CASE("a project without revisions lists nothing and is no failure") {
    const CommandProject project;
    for (const std::string words : {"heads", "branches", "history", "show heads"}) {
      CAPTURE(words);
      const auto result = project.run(words);
      CHECK(result.output == "");
      CHECK(result.errors == "");
      CHECK(result.status == 0);
    }
  }

  TEST_CASE("the graph is drawn as text, for Graphviz and for Mermaid") {
    CommandProject project;
    project.add_branches();
    CHECK(project.run("graph").output == R"(* eeee1111 (left) (head) about eeee1111
|\
* | cccc1111 (left) about cccc1111
| | * ffff1111 (lib) (head) (depends on bbbb1111) about ffff1111
| * cccc2222 about cccc2222
|/
* bbbb1111 about bbbb1111
* aaaa1111 about aaaa1111
)");
    const auto dot = project.run("graph --format dot").output;
    CHECK(dot.find("aaaa1111[label=\"aaaa1111\\nabout aaaa1111\"];") !=
          std::string::npos);
    CHECK(dot.find("bbbb1111->ffff1111 [style=dashed];") != std::string::npos);
    const auto mermaid = project.run("graph --format mermaid").output;
    CHECK(mermaid.find("r2[\"cccc1111 (left)<br>about cccc1111\"]") !=
          std::string::npos);
    CHECK(mermaid.find("r1 -.-> r5\n") != std::string::npos);
    CHECK(project.run("graph --format png").status == 2);
  }
}
