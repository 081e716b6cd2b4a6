#include "engine/config/toml.hpp"

#include <doctest/doctest.h>

#include <string>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace {

using namespace revise;
using namespace revise::config;

std::string shown(const TomlValue& value) {
  struct Show {
    std::string operator()(std::monostate) const { return "nothing"; }
    std::string operator()(const std::string& text) const { return "text " + text; }
    std::string operator()(std::int64_t number) const {
      return "number " + std::to_string(number);
    }
    std::string operator()(bool truth) const { return truth ? "true" : "false"; }
    std::string operator()(const std::vector<std::string>& list) const {
      return "list " + join(list, "|");
    }
  };
  return std::visit(Show{}, value);
}

std::string value_of(const std::string& line) {
  const auto toml = parse_toml("[tool.alembic]\n" + line + "\n", "p.toml", "/he re");
  return shown(toml.alembic.at(0).value);
}

std::string message(const std::string& text) {
  try {
    parse_toml(text, "p.toml", "/here");
  } catch (const ConfigError& error) {
    return error.file() + ":" + std::to_string(error.line()) + ": " + error.what();
  }
  return "no error";
}

}  // namespace

TEST_SUITE("config/toml") {
  TEST_CASE("text and lists are formatted, numbers and truths are as they are") {
    const struct {
      std::string line;
      std::string expected;
    } rows[] = {
        {"x = '%(here)s/%%(rev)s'",   "text /he re/%(rev)s"},
        {"x = ['%(here)s/a', 'b%%']", "list /he re/a|b%"   },
        {"x = []",                    "list "              },
        {"x = 40",                    "number 40"          },
        {"x = true",                  "true"               },
        {"x = 1.5",                   "nothing"            },
        {"x = 2026-11-20",            "nothing"            },
        {"x = [1]",                   "nothing"            },
    };
    for (const auto& row : rows) {
      CAPTURE(row.line);
      CHECK(value_of(row.line) == row.expected);
    }
  }

  TEST_CASE("hooks are an array of tables, in order") {
    const auto toml = parse_toml(R"(
[[tool.alembic.post_write_hooks]]
name = "a"
type = "exec"
[[tool.alembic.post_write_hooks]]
name = "b"
executable = "%(here)s/b"
)",
                                 "p.toml", "/here");
    REQUIRE(toml.hooks.size() == 2);
    CHECK(shown(find(toml.hooks[0], "name")->value) == "text a");
    CHECK(shown(find(toml.hooks[1], "executable")->value) == "text /here/b");
    CHECK(find(toml.hooks[1], "type") == nullptr);
    CHECK(toml.alembic.empty());
  }

  TEST_CASE("a project that says nothing of ours is an empty one") {
    CHECK(parse_toml("", "p.toml", "/").alembic.empty());
    CHECK(parse_toml("[tool.black]\nx = 1.5", "p.toml", "/").revise.empty());
  }

  TEST_CASE("an error says where") {
    const struct {
      std::string text;
      std::string expected;
    } rows[] = {
        {"[tool]\nalembic = 1",                  "p.toml:2: Incorrect TOML format"},
        {"tool = 1",                             "p.toml:1: Incorrect TOML format"},
        {"[tool.alembic]\n\nx = '%(rev)s'",
         "p.toml:3: key 'x' has a '%' that begins neither '%%' nor '%(here)s'; write "
         "'%%' for a '%'"                                                         },
        {"[tool.alembic]\npost_write_hooks = 1",
         "p.toml:2: 'post_write_hooks' is no array of tables"                     },
    };
    for (const auto& row : rows) {
      CAPTURE(row.text);
      CHECK(message(row.text) == row.expected);
    }
    CHECK(message("[[=").find("p.toml:0: this is no TOML: ") == 0);
    CHECK(message("[tool.alembic]\nx = ").find("p.toml:2: this is no TOML: ") == 0);
  }
}
