/// Command lines as argparse's users write them.

#include "engine/commands/arguments.hpp"

#include <doctest/doctest.h>

#include <string>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

using namespace revise;
using namespace revise::commands;

namespace {

// "history rev-range=a:b verbose | word word": options by name, then the words.
std::string read(const std::string& words) {
  const auto line = parse_command_line(words.empty() ? std::vector<std::string>()
                                                     : split(words, ' '));
  std::string text(line.command ? line.command->name : "-");
  for (const auto& [name, values] : line.arguments.options) {
    text += " " + name;
    const auto joined = join(values, ",");
    if (!joined.empty()) text += "=" + joined;
  }
  if (!line.arguments.positionals.empty()) {
    text += " | " + join(line.arguments.positionals, " ");
  }
  return text;
}

std::string refused(const std::string& words) {
  try {
    return "taken: " + read(words);
  } catch (const UsageError& error) {
    return error.what();
  }
}

}  // namespace

TEST_SUITE("commands/arguments") {
  TEST_CASE("options and words are told apart as argparse does it") {
    const struct {
      std::string words;
      std::string expected;
    } rows[] = {
        {"heads",                      "heads"                                         },
        {"history -r a:b -v",          "history rev-range=a:b verbose"                 },
        {"history -ra:b -vi",          "history indicate-current rev-range=a:b verbose"},
        {"history -r=a:b",             "history rev-range=a:b"                         },
        {"history --rev-range=-2:",    "history rev-range=-2:"                         },
        {"history -r-2:",              "history rev-range=-2:"                         },
        {"history --rev a:b",          "history rev-range=a:b"                         },
        {"downgrade -1",               "downgrade | -1"                                },
        {"downgrade -- -1",            "downgrade | -1"                                },
        {"downgrade --sql a:-1",       "downgrade sql | a:-1"                          },
        {"upgrade --sql head --tag t", "upgrade sql tag=t | head"                      },
        {"upgrade head --sql",         "upgrade sql | head"                            },
        {"show -1",                    "show | -1"                                     },
        {"stamp a b --purge",          "stamp purge | a b"                             },
    };
    for (const auto& row : rows) {
      CAPTURE(row.words);
      CHECK(read(row.words) == row.expected);
    }
  }

  TEST_CASE("a global option stands before the command, or after it where it is free") {
    CHECK(read("-c a.ini -c pyproject.toml -n x heads -v") ==
          "heads config=a.ini,pyproject.toml name=x verbose");
    CHECK(read("-x a=1 -x b upgrade head") == "upgrade x=a=1,b | head");
    CHECK(read("-n heads heads") == "heads name=heads");
    CHECK(read("upgrade head -n x --url sqlite:///f") ==
          "upgrade name=x url=sqlite:///f | head");
    CHECK(read("-c a.ini current -c") == "current check-heads config=a.ini");
    CHECK(read("history --ver") == "history verbose");
  }

  TEST_CASE("a value may be called as an option is") {
    CHECK(read("revision --head head -m message") ==
          "revision head=head message=message");
    CHECK(read("revision -m sql") == "revision message=sql");
    CHECK(read("--name name heads") == "heads name=name");
  }

  TEST_CASE("a repeated option keeps all its values, and the last one counts alone") {
    const auto line =
        parse_command_line({"revision", "--depends-on", "a", "--depends-on", "b",
                            "--head", "x", "--head", "y"});
    CHECK(join(line.arguments.values("depends-on"), " ") == "a b");
    CHECK(*line.arguments.value("head") == "y");
    CHECK_FALSE(line.arguments.value("message"));
  }

  TEST_CASE("help and version ask for no words and no settings") {
    CHECK(parse_command_line({"--help"}).request == Request::Help);
    CHECK(parse_command_line({"--ver"}).request == Request::Version);
    const auto line = parse_command_line({"upgrade", "-h"});
    CHECK(line.request == Request::Help);
    CHECK(line.command->name == "upgrade");
  }

  TEST_CASE("what does not fit is refused in one line that says what would") {
    const struct {
      std::string words;
      std::string expected;
    } rows[] = {
        {"",                          "no command given; see 'revise --help'"                },
        {"upgrad head",
         "unknown command 'upgrad'; did you mean 'upgrade'?; see 'revise --help'"            },
        {"frobnicate",                "unknown command 'frobnicate'; see 'revise --help'"    },
        {"upgrade",                   "'upgrade' needs revision; see 'revise upgrade --help'"},
        {"upgrade a b",               "unexpected argument 'b'; see 'revise upgrade --help'" },
        {"heads x",                   "unexpected argument 'x'; see 'revise heads --help'"   },
        {"heads --verbos=1",
         "option '--verbose' does not take any arguments; see 'revise heads --help'"         },
        {"history -r -2:",
         "option '-r' needs a value, and '-2:' looks like an option; write '-r-2:'"          },
        {"history --indicate-curent",
         "unknown option '--indicate-curent'; did you mean '--indicate-current'?; see "
         "'revise history --help'"                                                           },
        {"--nonsense heads",          "unknown option '--nonsense'; see 'revise --help'"     },
    };
    for (const auto& row : rows) {
      CAPTURE(row.words);
      CHECK(refused(row.words) == row.expected);
    }
  }
}
