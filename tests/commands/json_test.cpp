/// The JSON of the listing commands: its shape is kept, so it stands here in full.

#include <doctest/doctest.h>

#include "tests/commands/command_project.hpp"

using namespace revise::testing;

namespace {

// One revision of the chain "a1a1" -> "b2b2", as every command has it.
std::string first(const std::string& is_current) {
  return R"(    {
      "revision": "a1a1",
      "down_revisions": [],
      "depends_on": [],
      "branch_labels": [
        "lib"
      ],
      "doc": "about a1a1",
      "path": "{DIR}/migrations/versions/a1a1_.cpp",
      "is_head": false,
      "is_effective_head": false,
      "is_base": true,
      "is_branch_point": false,
      "is_merge_point": false,
      "children": [
        "b2b2"
      ],
      "is_current": )" +
         is_current + "\n    }";
}

std::string second(const std::string& is_current) {
  return R"(    {
      "revision": "b2b2",
      "down_revisions": [
        "a1a1"
      ],
      "depends_on": [],
      "branch_labels": [
        "lib"
      ],
      "doc": "about b2b2",
      "path": "{DIR}/migrations/versions/b2b2_.cpp",
      "is_head": true,
      "is_effective_head": false,
      "is_base": false,
      "is_branch_point": false,
      "is_merge_point": false,
      "children": [],
      "is_current": )" +
         is_current + "\n    }";
}

std::string document(const std::string& command, const std::string& revisions) {
  return "{\n  \"version\": 1,\n  \"command\": \"" + command +
         "\",\n  \"revisions\": [" +
         (revisions.empty() ? "]" : "\n" + revisions + "\n  ]") + "\n}\n";
}

}  // namespace

TEST_SUITE("commands/json") {
  TEST_CASE("every command that lists has the one shape") {
    CommandProject project;
    project.add({"a1a1", {}, {"lib"}});
    project.add({"b2b2", {"a1a1"}});
    const struct {
      std::string words;
      std::string expected;
    } rows[] = {
        {"heads --json",             document("heads",    second("null"))                          },
        {"show a1a1 --json",         document("show",     first("null"))                           },
        {"history --json",           document("history",  second("null") + ",\n" + first("null"))  },
        {"branches --json",          document("branches", "")                                      },
        {"current --json",           document("current",  "")                                      },
        {"history --json -i",
         document("history",                              second("false") + ",\n" + first("false"))},
        {"history --json --pending",
         document("history",                              second("false") + ",\n" + first("false"))},
    };
    for (const auto& row : rows) {
      CAPTURE(row.words);
      const auto result = project.run(row.words);
      CHECK(result.output == row.expected);
      CHECK(result.status == 0);
    }
  }

  TEST_CASE("the rows of the version table are current") {
    CommandProject project;
    project.add({"a1a1", {}, {"lib"}});
    project.add({"b2b2", {"a1a1"}});
    REQUIRE(project.run("stamp a1a1").status == 0);
    CHECK(project.run("current --json").output == document("current", first("true")));
    CHECK(project.run("show current --json").output == document("show", first("true")));
    CHECK(project.run("history --json -i").output ==
          document("history", second("false") + ",\n" + first("true")));
  }
}
