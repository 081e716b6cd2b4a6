#include "engine/script/python_scanner.hpp"

#include <doctest/doctest.h>

#include "tests/script/scan.hpp"

namespace {

using revise::script::is_python_revision;
using revise::script::line_of;
using revise::script::python;
using revise::script::scan_python;

std::string fault(const std::string& source) {
  const std::string text = python(source);
  const std::string line = text.substr(0, text.find('\n'));
  const std::size_t place = line.find(": ");
  return place == line.npos ? "no fault: " + line : line.substr(place + 2);
}

}  // namespace

// Tables stay as they are written: clang-format 14 cannot align these.
// clang-format off
TEST_SUITE("script/python_scanner") {
  TEST_CASE("the four assignments are read as Python does") {
    const struct {
      std::string source;
      std::string expected;
    } rows[] = {
        {"revision = 'a'\ndown_revision = None\n",                    " -> a"     },
        {"revision: str = 'a'\ndown_revision: Union[str, None] = 'b'", "b -> a"    },
        {"revision = 'a'; down_revision = 'b';",                      "b -> a"    },
        {"revision = 'a'\ndown_revision = ('b', \"c\",)",             "b c -> a"  },
        {"revision = 'a'\ndown_revision = 'b', 'c'",                  "b c -> a"  },
        {"revision = 'a'\ndown_revision = ['b',\n  'c'\n]",           "b c -> a"  },
        {"revision = 'a'\ndown_revision = (\n  'b'  # x\n  'c')",     "bc -> a"   },
        {"revision = ('a')\ndown_revision = ()",                      " -> a"     },
        {"revision = u'a' r'\\b'\ndown_revision = None",              " -> a\\b"  },
        {"revision = '\\x61\\u0062\\143\\q'\ndown_revision = None",   " -> abc\\q"},
        {"revision = \\\n  'a'\ndown_revision = None",                " -> a"     },
        {"revision = '''a'''\r\ndown_revision = None\r\n",            " -> a"     },
        {"revision = 'x'\nrevision = 'a'\ndown_revision = None",      " -> a"     },
        {"# c\n\nrevision='a'\ndown_revision=None\nbranch_labels={'l'}\n"
         "depends_on=['d', 'e']\n",                                   " -> a (l) [d e]"},
        {"def f():\n  revision = 1\n\n  down_revision = 2\nrevision = 'a'\n"
         "down_revision = None\nclass C: revision = 3\n",             " -> a"     },
        {"s = '''\nrevision = 'x'\n'''\nrevision = 'a'\ndown_revision = None\n"
         "f(revision='y')\nx.revision = 'z'\n",                       " -> a"     },
        {"depends_on: list\nrevision = 'a'\ndown_revision = None",    " -> a"     },
        {"\xef\xbb\xbfrevision = 'a'\ndown_revision = None",          " -> a"     },
        {"revision = 'a b/c'\ndown_revision = None",                  " -> a b/c" },
    };
    for (const auto& row : rows) {
      CAPTURE(row.source);
      CHECK(python(row.source) == row.expected);
    }
  }

  TEST_CASE("what only running the file would tell is an error") {
    const std::string unsure =
        " here cannot be told without running this file";
    const std::string literals =
        " is no string literal; only literals can be read without running this file";
    const struct {
      std::string source;
      std::string expected;
    } rows[] = {
        {"revision = make()",                "'make'" + literals                         },
        {"revision = 12",                    "'12'" + literals                           },
        {"revision = f'a'",
         "'f'a'' is no plain string; only running it would tell"                         },
        {"revision = b'a'",
         "'b'a'' is no plain string; only running it would tell"                         },
        {"revision = 'a' + 'b'",
         "'+' cannot be read without running this file; 'revision' must be made of "
         "string literals"                                                               },
        {"revision = 'a'.lower()",
         "'.' cannot be read without running this file; 'revision' must be made of "
         "string literals"                                                               },
        {"revision += 'a'",                  "what becomes of 'revision'" + unsure       },
        {"x = revision = 'a'",               "what becomes of 'revision'" + unsure       },
        {"revision, x = 'a', 'b'",           "what becomes of 'revision'" + unsure       },
        {"if x:\n    revision = 'a'",        "what becomes of 'revision'" + unsure       },
        {"if x: revision = 'a'",             "what becomes of 'revision'" + unsure       },
        {"from x import revision",           "what becomes of 'revision'" + unsure       },
        {"(revision := 'a')",                "what becomes of 'revision'" + unsure       },
        {"for revision in x: pass",          "what becomes of 'revision'" + unsure       },
        {"revision = ('a', None)",
         "the elements of a sequence of ids must be string literals"                     },
        {"revision = None\ndown_revision = None", "'revision' must be one string literal"},
        {"revision = 'a'",
         "this file does not set 'down_revision' (None for a base)"                      },
        {"down_revision = None",
         "Could not determine revision id from filename p.py. Be sure the 'revision' "
         "variable is declared inside the script"                                        },
        {"revision = 'a\ndown_revision = None", "this string does not end"               },
        {"revision = '''a",                  "this string does not end"                  },
        {"revision = ('a'",                  "a ')' is missing at the file's end"        },
        {"revision = 'a')",                  "this bracket closes none"                  },
        {"revision = '\\N{DIGIT ONE}'", "an escape in ''\\N{DIGIT ONE}'' cannot be read" },
        {"revision = {}",         "'{}' is a dictionary, which holds no ids"             },
        {"revision = 'a'\ndown_revision = ''",
         "'down_revision' holds '', which is empty, longer than 255 characters or holds "
         "a NUL"                                                                         },
    };
    for (const auto& row : rows) {
      CAPTURE(row.source);
      CHECK(fault(row.source) == row.expected);
    }
  }

  TEST_CASE("the docstring is the first statement, its first paragraph the doc") {
    const std::string rest = "\nrevision = 'a'\ndown_revision = None\n";
    const auto scan = [&rest](const std::string& top) {
      return scan_python(top + rest, "p.py");
    };
    CHECK(scan("\"\"\"add\n\nRevises: \n\"\"\"").longdoc == "add\n\nRevises:");
    CHECK(scan("\"\"\"add\nit\r\n\r\nmore\"\"\"").doc == "add\nit");
    CHECK(scan("# x\n'a' \\\n 'b'").doc == "ab");
    CHECK(scan("import x\n'no'").doc.empty());
    CHECK(scan("f'no'").doc.empty());
    CHECK(scan("'no' + x").doc.empty());
    CHECK(scan("r'a\\n'").doc == "a\\n");
    // Names are Python's to know.
    CHECK(scan("'20 \\N{DEGREE SIGN}C'").doc == "20 \\N{DEGREE SIGN}C");
  }

  TEST_CASE("an old file's name is its id when it holds none") {
    CHECK(line_of(scan_python("down_revision = 'b'", "/x/12ab.py")) == "b -> 12ab");
  }

  TEST_CASE("Alembic's rules say which files are revisions") {
    CHECK(is_python_revision("a.py"));
    CHECK_FALSE(is_python_revision(".#a.py"));
    CHECK_FALSE(is_python_revision("__init__.py"));
    CHECK_FALSE(is_python_revision("a.pyc"));
  }
}
// clang-format on
