#include "engine/graph/revision_map.hpp"

#include <doctest/doctest.h>

#include "engine/core/error.hpp"
#include "tests/graph/graph_text.hpp"

TEST_SUITE("graph/revision_map") {
  using namespace revise;
  using namespace revise::graph;

  TEST_CASE("a branch point opens a head for each branch, a merge point joins them") {
    CHECK(joined(map_of({"-> a", "a -> b", "a -> c"}).heads(Edges::Versioned)) ==
          "b c");
    CHECK(joined(map_of({"-> a", "a -> b", "a -> c", "b c -> m"})
                     .heads(Edges::Versioned)) == "m");
  }

  TEST_CASE("what others depend on is a head by down_revision, and no real one") {
    const auto map = map_of({"-> a", "-> x", "x (a) -> y"});
    CHECK(joined(map.heads(Edges::Versioned)) == "a y");
    CHECK(joined(map.heads(Edges::All)) == "y");
    CHECK(map.is_head("a", Edges::Versioned));
    CHECK_FALSE(map.is_head("a", Edges::All));
    CHECK(joined(map.bases(Edges::Versioned)) == "a x");
  }

  TEST_CASE("a dependency that an ancestor lists already is no parent") {
    const auto map = map_of({"-> d", "-> a", "a (d) -> b", "b (d) -> c", "c -> e"});
    CHECK(joined(map.parents("b", Edges::All)) == "a d");
    CHECK(joined(map.parents("c", Edges::All)) == "b");
    CHECK(joined(map.children("d", Edges::All)) == "b c");
  }

  TEST_CASE("a label goes up its branch, and down until a branch or merge point") {
    const auto map = map_of(
        {"-> a", "a -> b", "b -> l [left]", "b -> r", "r -> r2 [rt]", "r2 -> r3"});
    CHECK(joined(map.labels("l")) == "left");
    CHECK(joined(map.labels("b")) == "");
    CHECK(joined(map.labels("r")) == "rt");
    CHECK(joined(map.labels("r3")) == "rt");
    CHECK(map.find_labelled("rt")->revision == "r2");
    CHECK(map.find_labelled("r2") == nullptr);
  }

  TEST_CASE("a map that is no DAG is refused, and what is wrong with it named") {
    const struct {
      std::string name;
      std::vector<std::string> lines;
      RevisionErrorKind kind;
      std::string message;
    } rows[] = {
        {"cycle",
         {"-> a", "c -> b", "b -> c"},
         RevisionErrorKind::Cycle,
         "Cycle is detected in revisions (b, c)"                      },
        {"hidden cycle",
         {"-> a", "b1 a -> a1", "a1 -> b1", "b1 -> h"},
         RevisionErrorKind::Cycle,
         "Cycle is detected in revisions (a1, b1)"                    },
        {"dependency cycle",
         {"(c) -> a", "a -> b", "b -> c"},
         RevisionErrorKind::DependencyCycle,
         "Dependency cycle is detected in revisions (a, b, c)"        },
        {"self-loop",
         {"a -> a"},
         RevisionErrorKind::Loop,
         "Self-loop is detected in revisions (a)"                     },
        {"absent",
         {"-> a", "zz -> b"},
         RevisionErrorKind::Revision,
         "revision 'b' (b.cpp:1) refers to 'zz', which is not present"},
        {"twice",
         {"-> a", "-> a"},
         RevisionErrorKind::Revision,
         "Revision a is present more than once"                       },
        {"label is an id",
         {"-> a", "a -> b [a]"},
         RevisionErrorKind::Revision,
         "Branch name 'a' in revision b already used by revision a"   },
        {"character",
         {"-> a-b"},
         RevisionErrorKind::Revision,
         "Character(s) '-' not allowed in revision identifier 'a-b'"  },
    };
    for (const auto& row : rows) {
      CAPTURE(row.name);
      try {
        map_of(row.lines);
        FAIL_CHECK("was taken");
      } catch (const RevisionError& error) {
        CHECK(std::string(error.what()) == row.message);
        CHECK(error.kind() == row.kind);
      }
    }
  }

  TEST_CASE("both places of a repeated id are told") {
    try {
      RevisionMap({
          {.revision = "a", .origin = "one.cpp:3"},
          {.revision = "a", .origin = "two.cpp:4"}
      });
      FAIL_CHECK("was taken");
    } catch (const RevisionError& error) {
      CHECK(join(error.notes(), "; ") == "in one.cpp:3; in two.cpp:4");
    }
  }
}
