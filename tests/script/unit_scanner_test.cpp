#include "engine/script/unit_scanner.hpp"

#include <doctest/doctest.h>

#include "tests/script/scan.hpp"

namespace {

using revise::script::line_of;
using revise::script::scan_unit;
using revise::script::unit;

constexpr const char* kEntry = "\nREVISE_UNIT(revision, upgrade, downgrade)\n";

// A unit whose Revision has this initialiser.
std::string with(const std::string& initialiser) {
  return "constexpr Revision revision" + initialiser + ";" + kEntry;
}

// The first line of what is said, without the place.
std::string fault(const std::string& source) {
  const std::string text = unit(source);
  const std::string line = text.substr(0, text.find('\n'));
  const std::size_t place = line.find(": ");
  return place == line.npos ? "no fault: " + line : line.substr(place + 2);
}

}  // namespace

// Tables stay as they are written: clang-format 14 cannot align these.
// clang-format off
TEST_SUITE("script/unit_scanner") {
  TEST_CASE("string literals and braced lists of them are read as a compiler does") {
    const struct {
      std::string initialiser;
      std::string expected;
    } rows[] = {
        {R"({.revision = "a"})",                                  " -> a"          },
        {R"( = {.revision = "a", .down_revision = "b",})",        "b -> a"         },
        {R"( = Revision{.revision = "a"})",                       " -> a"          },
        {R"( = revise::Revision{.revision = "a"})",               " -> a"          },
        {R"({.revision{"a"}, .down_revision{"b", "c"}})",         "b c -> a"       },
        {R"({"a", {"b", "c"}, "l", {"d"}})",                      "b c -> a (l) [d]"},
        {R"({.revision = {"a"}, .depends_on = {"x", "y",}})",     " -> a [x y]"    },
        {R"({.revision = "1" "9" "75", .branch_labels = "l"})",   " -> 1975 (l)"   },
        {R"({.revision = "\x61" "b\143\u00e9\U00000064"})",       " -> abc\xc3\xa9" "d"},
        {R"x({.revision = R"(a)" "b" R"_(c)_"})x",                " -> abc"        },
        {"{.revision = \"a\\\nb\", .down_\\\n  revision = {}}",   ""               },
        {"{.revi\\\nsion = \"a\\\nb\", .down_revision = {}}",     " -> ab"         },
        {"<% .revision = \"a\" %>",                               " -> a"          },
        {"{ // .revision = \"x\",\n.revision /* = */ = \"a\"}",   " -> a"          },
        {"{\r\n.revision = \"a\",\r\n.down_revision = {},\r\n}",  " -> a"          },
        {"{.revision = \"a?\?/\"}",                                ""               },
        {"{.revision = \"\xc3\xa4\xe2\x82\xac\"}", " -> \xc3\xa4\xe2\x82\xac"      },
    };
    for (const auto& row : rows) {
      CAPTURE(row.initialiser);
      const std::string found = unit(with(row.initialiser));
      if (row.expected.empty()) {
        CHECK(found.find("u.cpp:") == 0);
      } else {
        CHECK(found == row.expected);
      }
    }
  }

  TEST_CASE("what is no plain literal, or no id, is an error that says why") {
    const struct {
      std::string initialiser;
      std::string expected;
    } rows[] = {
        {"{.revision = kId}",
         "'kId' is no string literal; only literals can be read without compiling"},
        {"{.revision = (\"a\")}",
         "'(' is no string literal; only literals can be read without compiling"},
        {"{.revision = u8\"a\"}",
         "'u8\"a\"' has a prefix; an id is a plain string literal"},
        {"{.revision = LR\"(a)\"}",
         "'LR\"(a)\"' has a prefix; an id is a plain string literal"},
        {"{.revision = \"a\"sv}",
         "'\"a\"sv' has a suffix; an id is a plain string literal"},
        {"{.revision = \"a\\q\"}", "an escape in '\"a\\q\"' cannot be read"},
        {"{.revision = \"\\x161\"}", "an escape in '\"\\x161\"' cannot be read"},
        {"{.revision = \"\\ud800\"}", "an escape in '\"\\ud800\"' cannot be read"},
        {"{.revision = \"a\\0b\"}", "'\"a\\0b\"' holds a NUL"},
        {"{.revision = \"a b-\"}", "the id 'a b-' holds ' , -', which an id must not"},
        {"{.revision = \"\"}", "the id '' is empty"},
        {"{.revision = \"" + std::string(256, 'a') + "\"}",
         "the id '" + std::string(40, 'a') + "...' is longer than 255 characters"},
        {"{.revision = \"a\", .down_revision = {{\"b\"}}}",
         "'{' is no string literal; only literals can be read without compiling"},
        {"{.revision = \"a\" + 1}", "',' is missing in the Revision"},
        {"{.revision = {\"a\", \"b\"}}", "'revision' must be one string literal"},
        {"{.down_revision = {}}", "this Revision does not set 'revision'"},
        {"{.revision = \"a\", .owner = \"b\"}", "'owner' is no member of Revision"},
        {"{.revision = \"a\", .revision = \"b\"}",
         "'revision' stands too late; the order is revision, down_revision, "
         "branch_labels, depends_on"},
        {" = make()", "the initialiser of a Revision must be a list in braces"},
        {"{\n#include \"id.inc\"\n.revision = \"a\"}",
         "a directive stands inside this Revision"},
        {"{\n#ifdef A\n.revision = \"a\"\n#else\n.revision = \"b\"\n#endif\n}",
         "this member hangs on a condition that only the compiler can decide"},
    };
    for (const auto& row : rows) {
      CAPTURE(row.initialiser);
      CHECK(fault(with(row.initialiser)) == row.expected);
    }
  }

  TEST_CASE("comments, literals and groups that are taken out hide what is in them") {
    const std::string decoy = with("{.revision = \"decoy\"}");
    const std::string good = with("{.revision = \"a\"}");
    const struct {
      std::string name;
      std::string source;
    } rows[] = {
        {"block comment",  "/*" + decoy + "*/" + good                               },
        {"line splice",    "// \\\nconstexpr Revision revision{\n" + good           },
        {"blank splice",   "// \\ \t\nREVISE_UNIT(a, b, c)\n" + good                },
        {"raw string",     "auto x = R\"__(" + decoy + ")\" )__\";" + good          },
        {"#if 0",          "#if 0\ndon't " + decoy + "#endif\n" + good              },
        {"#else of 1",     "#if 1\n" + good + "#else\n" + decoy + "#endif\n"        },
        {"#elif after 1",  "#if 1\n" + good + "#elif X\n" + decoy + "#endif\n"      },
        {"nested",         "#if 0\n#if 1\n" + decoy + "#else\n#endif\n#endif\n" + good},
        {"digraph",        "%:if 0\n" + decoy + "%:endif\n" + good                  },
        {"macro",          "#define M \\\n" + std::string("Revision r{1}\n") + good },
        {"error text",     "#if 0\n#error don't\n#endif\n#pragma it's\n" + good     },
        {"header name",    "#include <a/*b>\n#include \"c//d\"\n" + good            },
        {"digits",         "int x = 1'000'000; char c = '\"';" + good               },
        {"trigraph",       "// what?\?/\n" + good                                    },
        {"other mentions", "using revise::Revision; void f(const Revision& r);" + good},
        {"mark",           "\xef\xbb\xbf#if 0\n#endif\n" + good                     },
        {"conditional",    "#ifdef A\nint a;\n#endif\n" + good                      },
    };
    for (const auto& row : rows) {
      CAPTURE(row.name);
      CHECK(unit(row.source) == " -> a");
    }
  }

  TEST_CASE("a file that is not one whole unit is refused") {
    const std::string revision = "constexpr Revision revision{.revision = \"a\"};\n";
    const struct {
      std::string source;
      std::string expected;
    } rows[] = {
        {"",
         "this file holds no unit: a .cpp file in a version location declares a "
         "Revision and ends with REVISE_UNIT(revision, upgrade, downgrade); other "
         "files belong elsewhere"},
        {revision, "this Revision has no REVISE_UNIT(revision, upgrade, downgrade)"},
        {kEntry, "this REVISE_UNIT has no Revision that can be read without compiling"},
        {revision + revision + kEntry,
         "this file declares a second Revision; a file holds one unit"},
        {revision + kEntry + kEntry,
         "this file declares a second unit; a file holds one"},
        {revision + "REVISE_UNIT(other, up, down)",
         "REVISE_UNIT names 'other', but the Revision is called 'revision'"},
        {revision + "REVISE_UNIT(revision, up)",
         "REVISE_UNIT takes the names of a Revision and of two functions"},
        {"#ifdef A\n" + revision + "#endif" + kEntry,
         "this Revision hangs on a condition that only the compiler can decide"},
        {revision + "#ifdef A" + kEntry + "#endif\n",
         "this REVISE_UNIT hangs on a condition that only the compiler can decide"},
        {"#define down_revision branch_labels\n" + revision + kEntry,
         "the macro 'down_revision' may change this Revision"},
        {revision + kEntry + "/* ", "this comment does not end"},
        {revision + kEntry + "R\"(", "this raw string does not end"},
        {revision + kEntry + "\"abc\n", "this literal does not end on its line"},
        {revision + kEntry + "#if 1\n", "this conditional has no #endif"},
        {revision + kEntry + "#endif\n", "this #endif has no #if"},
        {revision + std::string("\0", 1) + kEntry,
         "this file holds a NUL byte; a unit is UTF-8 text"},
    };
    for (const auto& row : rows) {
      CAPTURE(row.source);
      CHECK(fault(row.source) == row.expected);
    }
  }

  TEST_CASE("an error shows path, line, column, the line and a caret") {
    CHECK(unit("// \xc3\xa4\r\nconstexpr Revision \xc3\xa4{.revision = id};\r\n") ==
          "u.cpp:2:35: 'id' is no string literal; only literals can be read without "
          "compiling\n"
          "    constexpr Revision \xc3\xa4{.revision = id};\n"
          "                                     ^");
    CHECK(unit("int a; \\\n  Revision r = f();").substr(0, 12) == "u.cpp:2:16: ");
  }

  TEST_CASE("the comment at the top is the docstring, its first paragraph the doc") {
    const auto scan = [](const std::string& top) {
      return scan_unit(top + with("{.revision = \"a\"}"), "u.cpp");
    };
    CHECK(scan("// add it\n//\n//  more\n// Revises: \n\n// else\n").longdoc ==
          "add it\n\n more\nRevises:");
    CHECK(scan("// add it\n// now\n//\n// more\n").doc == "add it\nnow");
    CHECK(scan("\xef\xbb\xbf\r\n//add\r\n//\r\n// more\r\n").longdoc == "add\n\nmore");
    CHECK(scan("/* no */\n").longdoc.empty());
    CHECK(scan("// one \\\ntwo\n").longdoc == "one two");
    CHECK(scan("\n// x\n").line == 3);
    CHECK(scan("").revision.origin == "u.cpp:1");
  }

  TEST_CASE("autocommit blocks are seen, and where they stand in doubt, in both") {
    const std::string block = "{ op.autocommit_block([&] {}); }";
    const struct {
      std::string functions;
      std::string expected;
    } rows[] = {
        {"void upgrade(Operations& op) {} void downgrade(Operations& op) {}",    ""  },
        {"void upgrade(Operations& op)" + block + " void downgrade(O& op) {}",   "u" },
        {"namespace a { void upgrade(O& op) {} void downgrade(O& op)" + block + "}", "d"},
        {"void help(O& op)" + block,                                             "ud"},
        {"#ifdef A\n#endif\nvoid upgrade(O& op)" + block,                        "ud"},
        {"void upgrade(O& op) { op.add_enum_value(\"e\", \"a\"); }", "u"},
        {"// autocommit_block\nvoid upgrade(O& op) {}",                          ""  },
        {"__attribute__((cold)) void upgrade(O& op) noexcept(true)" + block,     "u" },
        {"extern \"C\" { void downgrade(O& op) { if (x) " + block + "}}",        "d" },
    };
    for (const auto& row : rows) {
      CAPTURE(row.functions);
      const auto found =
          scan_unit(row.functions + "\n" + with("{.revision = \"a\"}"), "u.cpp").autocommit;
      CHECK(std::string(found.upgrade ? "u" : "") + (found.downgrade ? "d" : "") ==
            row.expected);
    }
  }

  TEST_CASE("a list holds up to 32 ids") {
    const auto list = [](int size) {
      std::string ids;
      for (int i = 0; i < size; ++i) ids += "\"x" + std::to_string(i) + "\",";
      return with("{.revision = \"a\", .down_revision = {" + ids + "}}");
    };
    CHECK(scan_unit(list(32), "u.cpp").revision.down_revisions.size() == 32);
    CHECK(fault(list(33)) == "'down_revision' holds more than 32 ids");
  }
}
// clang-format on
