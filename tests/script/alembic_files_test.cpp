/// Revisions as Debian's alembic 1.8.1 wrote them from its generic template: the files
/// in tests/script/alembic, kept as they came.

#include <doctest/doctest.h>

#include "engine/script/script_directory.hpp"
#include "tests/script/scan.hpp"

namespace {

using namespace revise::script;

ScriptDirectory kept_files() {
  const std::string folder = REVISE_SOURCE_DIR "/tests/script/alembic";
  return ScriptDirectory({.directory = folder, .version_locations = {folder}});
}

}  // namespace

TEST_SUITE("script/alembic_files") {
  TEST_CASE("what alembic's template writes is read as alembic reads it") {
    // Without a message what comes first is the doc, as in Alembic.
    const struct {
      std::string id;
      std::string line;
      std::string doc;
    } rows[] = {
        {"1975ea83b712", " -> 1975ea83b712",                                         "create account"            },
        {"27c6a30d7c24", "1975ea83b712 -> 27c6a30d7c24",                             "add \"email\" to 'account'"},
        {"3a3a3a3a3a3a", " -> 3a3a3a3a3a3a",
         "Revision ID: 3a3a3a3a3a3a\nRevises: \nCreate Date: "
         "2026-11-20 19:05:06.187987"                                                                            },
        {"4b4b4b4b4b4b", " -> 4b4b4b4b4b4b (networking) [27c6a30d7c24]",             "networking"                },
        {"5c5c5c5c5c5c", "27c6a30d7c24 3a3a3a3a3a3a -> 5c5c5c5c5c5c",                "both"                      },
        {"6d6d6d6d6d6d", "4b4b4b4b4b4b -> 6d6d6d6d6d6d [1975ea83b712 3a3a3a3a3a3a]",
         "two dependencies"                                                                                      },
    };
    const ScriptDirectory directory = kept_files();
    CHECK(directory.scripts().size() == std::size(rows));
    for (const auto& row : rows) {
      CAPTURE(row.id);
      const Script* script = directory.find(row.id);
      REQUIRE(script != nullptr);
      CHECK(line_of(*script) == row.line);
      CHECK(script->doc == row.doc);
      CHECK((script->language == Language::Python));
    }
  }

  TEST_CASE("a message of several paragraphs comes whole, characters and all") {
    const ScriptDirectory directory = kept_files();
    const Script& script = directory.at("27c6a30d7c24");
    CHECK(script.longdoc ==
          "add \"email\" to 'account'\n\n"
          "With a second paragraph, 100 % \u00e4 \u20ac and a \\ in it.\n\n"
          "Revision ID: 27c6a30d7c24\n"
          "Revises: 1975ea83b712\n"
          "Create Date: 2026-11-20 19:05:05.956347");
  }
}
