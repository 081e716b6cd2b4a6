/// The small parts that a build is made of: the compiler's rule, the index, the hint.

#include <doctest/doctest.h>

#include "engine/core/text.hpp"
#include "engine/unit/dependencies.hpp"
#include "engine/unit/designator_order.hpp"
#include "engine/unit/index.hpp"
#include "tests/support/temporary_folder.hpp"

TEST_SUITE("unit/parts") {
  using namespace revise;
  using namespace revise::unit;

  TEST_CASE("the rule of -MD gives its files") {
    const struct {
      std::string rule;
      std::string files;
    } rows[] = {
        {"unit: a.cpp\n",                        "a.cpp"                  },
        {"unit: a.cpp b.hpp \\\n c.hpp\n",       "a.cpp|b.hpp|c.hpp"      },
        {"unit: \\\n a.cpp\n",                   "a.cpp"                  },
        {"unit: a\\ b.cpp c\\#d.hpp e$$f.hpp\n", "a b.cpp|c#d.hpp|e$f.hpp"},
        {"unit: a.cpp\n\nb.hpp:\n",              "a.cpp"                  },
        {"unit: c:d.hpp\n",                      "c:d.hpp"                },
        {"",                                     ""                       },
    };
    for (const auto& row : rows) {
      CAPTURE(row.rule);
      CHECK(join(parse_dependencies(row.rule), "|") == row.files);
    }
  }

  TEST_CASE("a rule is read as it was written") {
    const std::vector<std::string> files = {"/a b", "/c#d", "/e$f", "/g"};
    CHECK(join(parse_dependencies(render_dependencies("/o p", files)), "|") ==
          join(files, "|"));
  }

  TEST_CASE("an index is read as it was written, odd paths included") {
    Index index;
    const std::string odd = "/a b\t\\t\n/\\";
    index.files[odd] = {
        {1, 2, 3, 4},
        "h1"
    };
    const auto list = std::make_shared<const Dependencies>(Dependencies{
        {odd,  "h2"},
        {"/x", ""  }
    });
    index.units = {
        {odd,  "e", "s", "h1", list, "o1"},
        {"/y", "e", "s", "h3", list, "o2"}
    };
    index.libraries = {
        {"l", "e", {"o1", "o2"}}
    };
    index.compilers = {
        {"/g++", {5, 6, 7, 8}, "", {}, "version\nof it"}
    };
    const auto text = render_index(index);
    const auto again = parse_index(text);
    CHECK(render_index(again) == text);
    CHECK(again.units.size() == 2);
    CHECK(again.units.front().path == odd);
    CHECK(again.units.front().dependencies == again.units.back().dependencies);
    CHECK(again.compilers.front().version == "version\nof it");
    CHECK(parse_index(text.substr(0, text.size() - 2)).units.empty());
  }

  TEST_CASE("of one source the index keeps the newest few builds") {
    Index index;
    const auto list = std::make_shared<const Dependencies>();
    std::vector<std::string> dropped;
    for (int i = 0; i < 6; ++i) {
      Index news;
      news.units = {
          {"/a", "e", "s", "h", list, "o" + std::to_string(i)}
      };
      index = merge_index(index, news, dropped);
    }
    CHECK(join(dropped, " ") == "o0.o o1.o");
    CHECK(index.units.size() == 4);
    CHECK(index.units.back().object == "o5");
  }

  TEST_CASE("the hint gives the order of each struct complained of, once") {
    const testing::TemporaryFolder headers;
    testing::write_text(headers / "op.hpp",
                        "struct AOptions {\n"
                        "  Flag one = {};  ///< a note; with a mark\n"
                        "  Pair<int, int> two = {1, 2}, ignored_in_a_list;\n"
                        "  constexpr int method() const { return 1; }\n"
                        "  Characters long_name =\n      {};\n"
                        "};\n"
                        "struct BOptions {\n  int x = 0;\n};\n");
    const std::string a =
        "a.cpp:3: error: designator order for field \xe2\x80\x98revise::AOptions::one"
        "\xe2\x80\x99 does not match declaration order in \xe2\x80\x98"
        "const "
        "revise::AOptions\xe2\x80\x99\n";
    const std::string b =
        "a.cpp:4: error: designator order for field 'revise::BOptions::x' does not "
        "match "
        "declaration order in 'revise::BOptions'\n";
    const std::string foreign =
        "a.cpp:4: error: designator order for field 'Own::x' does not match "
        "declaration order in 'Own'\n";
    CHECK(
        designator_order_hint(a + a + b, headers.path()) ==
        "members are given in this order: AOptions: one, two, long_name; BOptions: x");
    CHECK(designator_order_hint(
              "a.cpp:4: error: cannot convert '<brace-enclosed initializer list>' to "
              "'const revise::BOptions&'\n"
              "note:   no known conversion for argument 2 from '<brace-enclosed "
              "initializer list>' to 'const revise::Names&'\n",
              headers.path()) == "members are given in this order: BOptions: x");
    CHECK(designator_order_hint(foreign, headers.path()) == "");
    CHECK(designator_order_hint("error: what", headers.path()) == "");
  }
}
