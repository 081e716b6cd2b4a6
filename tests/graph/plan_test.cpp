#include "engine/graph/plan.hpp"

#include <doctest/doctest.h>

#include "engine/core/error.hpp"
#include "tests/graph/graph_text.hpp"

namespace {

using namespace revise;
using namespace revise::graph;

std::string text(const RowChange& change) {
  switch (change.kind) {
    case RowChange::Kind::Insert:
      return "+" + change.to;
    case RowChange::Kind::Delete:
      return "-" + change.from;
    case RowChange::Kind::Update:
      return change.from + ">" + change.to;
  }
  return {};
}

// "a: +a; b: a>b => b".
std::string text(const Plan& plan) {
  std::vector<std::string> steps;
  for (const Step& step : plan.steps) {
    std::string line = step.revision + ":";
    for (const auto& change : step.changes) line += " " + text(change);
    steps.push_back(line);
  }
  return join(steps, "; ") + " => " + joined(plan.after);
}

std::string up(const RevisionMap& map, const std::string& rows, const std::string& to) {
  return text(plan_upgrade(map, words(rows),
                           resolve_upgrade(map, words(rows), parse_target(to))));
}

std::string down(const RevisionMap& map, const std::string& rows,
                 const std::string& to) {
  return text(plan_downgrade(map, words(rows),
                             resolve_downgrade(map, words(rows), parse_target(to))));
}

std::string stamp(const RevisionMap& map, const std::string& rows,
                  const std::string& to) {
  const auto targets = resolve_stamp(map, words(rows), parse_symbols(words(to)));
  return text(plan_stamp(map, words(rows), targets));
}

//  aaaa - bbbb - l1l1 - l2l2 - mmmm - nnnn
//            \__ r1r1 _______/
RevisionMap diamond() {
  return map_of({"-> aaaa", "aaaa -> bbbb", "bbbb -> l1l1 [left]", "l1l1 -> l2l2",
                 "bbbb -> r1r1", "l2l2 r1r1 -> mmmm", "mmmm -> nnnn"});
}

}  // namespace

TEST_SUITE("graph/plan") {
  TEST_CASE("the rows of an upgrade and a downgrade over a branch and a merge point") {
    const auto map = diamond();
    CHECK(
        up(map, "", "heads") ==
        "aaaa: +aaaa; bbbb: aaaa>bbbb; r1r1: bbbb>r1r1; l1l1: +l1l1; l2l2: l1l1>l2l2; "
        "mmmm: -l2l2 r1r1>mmmm; nnnn: mmmm>nnnn => nnnn");
    CHECK(down(map, "mmmm", "r1r1") == "mmmm: +l2l2 mmmm>r1r1 => l2l2 r1r1");
    CHECK(down(map, "l2l2 r1r1", "bbbb") ==
          "l2l2: l2l2>l1l1; l1l1: -l1l1; r1r1: r1r1>bbbb => bbbb");
    CHECK(down(map, "l2l2 r1r1", "left@bbbb") ==
          "l2l2: l2l2>l1l1; l1l1: -l1l1 => r1r1");
  }

  TEST_CASE("a dependency's row is taken over, and comes back") {
    const auto map = map_of({"-> a2a2", "-> b1b1", "b1b1 (a2a2) -> b2b2"});
    CHECK(up(map, "a2a2 b1b1", "b2b2") == "b2b2: -b1b1 a2a2>b2b2 => b2b2");
    CHECK(down(map, "b2b2", "b1b1") == "b2b2: +b1b1 b2b2>a2a2 => a2a2 b1b1");
  }

  TEST_CASE("a parent that is another parent's ancestor leaves no row") {
    const auto map =
        map_of({"-> r00x", "r00x -> r03x", "-> r05x", "r03x (r00x r05x) -> r09x"});
    CHECK(up(map, "r03x r05x", "heads") == "r09x: -r03x r05x>r09x => r09x");
    CHECK(down(map, "r09x", "r03x") == "r09x: +r03x r09x>r05x => r03x r05x");
  }

  TEST_CASE("redundant rows go with the first step of a downgrade") {
    const auto map = map_of({"-> aaaa", "aaaa -> bbbb", "bbbb -> cccc", "-> zzzz"});
    CHECK(down(map, "aaaa cccc", "bbbb") == "cccc: cccc>bbbb -aaaa => bbbb");
  }

  TEST_CASE("a row spelt short is replaced as it is spelt") {
    const auto map = map_of({"-> aaaa1", "aaaa1 -> bbbb1"});
    CHECK(up(map, "aaaa", "head") == "bbbb1: aaaa>bbbb1 => bbbb1");
  }

  TEST_CASE("a stamp replaces the rows on its line, and no others") {
    const auto map = diamond();
    CHECK(stamp(map, "l2l2 r1r1", "nnnn") == "nnnn: -l2l2 r1r1>nnnn => nnnn");
    CHECK(stamp(map, "l2l2 r1r1", "l1l1") == "l1l1: l2l2>l1l1 => l1l1 r1r1");
    CHECK(stamp(map, "bbbb", "l2l2 r1r1") ==
          "l2l2: bbbb>l2l2; r1r1: +r1r1 => l2l2 r1r1");
    CHECK(stamp(map, "mmmm", "l2l2 r1r1") ==
          "l2l2: mmmm>l2l2; r1r1: +r1r1 => l2l2 r1r1");
    CHECK(stamp(map, "mmmm", "base") == ": -mmmm => ");
    const auto two = map_of({"-> a1a1", "a1a1 -> a2a2", "-> b1b1", "b1b1 -> b2b2"});
    CHECK(stamp(two, "a1a1 b2b2", "heads") == "a2a2: a1a1>a2a2 => a2a2 b2b2");
    CHECK(stamp(two, "a2a2 b2b2", "a1a1 b1b1") ==
          "a1a1: a2a2>a1a1; b1b1: b2b2>b1b1 => a1a1 b1b1");
  }

  TEST_CASE("what cannot be planned says why") {
    const auto map = diamond();
    const struct {
      std::string (*plan)(const RevisionMap&, const std::string&, const std::string&);
      std::string rows;
      std::string target;
      std::string message;
    } rows[] = {
        {down,  "l2l2 r1r1", "-1",
         "Ambiguous downgrade from multiple current revisions"                               },
        {down,  "mmmm",      "-1",        "Ambiguous walk"                                   },
        {down,  "nnnn",      "left@zzzz", "No such revision or branch 'zzzz'"                },
        {down,  "aaaa",      "bbbb",      "Revision bbbb is not an ancestor of revision aaaa"},
        {up,    "aaaa bbbb", "head",
         "Requested revision bbbb overlaps with other requested revisions aaaa"              },
        {up,    "mmmm",      "+9",        "Relative revision +9 didn't produce 9 migrations" },
        {up,    "",          "base-1",    "Relative revision -1 didn't produce 1 migrations" },
        {up,    "",          "aaaa-1x",   "No such revision or branch 'aaaa-1x'"             },
        {up,    "gone",      "head",      "No such revision or branch 'gone'"                },
        {stamp, "",          "aaaa bbbb",
         "revision 'bbbb' contains revision 'aaaa'; stamp 'bbbb' alone"                      },
        {stamp, "",          "base aaaa",
         "'base' stands for no revision at all and cannot be stamped together with "
         "others"                                                                            },
    };
    for (const auto& row : rows) {
      CAPTURE(row.rows);
      CAPTURE(row.target);
      CHECK_THROWS_WITH_AS(row.plan(map, row.rows, row.target), row.message.c_str(),
                           RevisionError);
    }
  }

  TEST_CASE("the candidates of an ambiguous beginning follow the message") {
    const auto map = map_of({"-> abcd1", "abcd1 -> abcd2"});
    try {
      up(map, "", "abcd");
      FAIL_CHECK("was taken");
    } catch (const RevisionError& error) {
      CHECK(error.kind() == RevisionErrorKind::Resolution);
      CHECK(join(error.notes(), "") == "it could be: abcd1, abcd2");
    }
  }
}
