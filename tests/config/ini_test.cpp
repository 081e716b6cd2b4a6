#include "engine/config/ini.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "engine/core/error.hpp"

namespace {

using namespace revise;
using namespace revise::config;
using Json = nlohmann::json;

// The vectors write bytes as U+0000 to U+00FF.
std::string bytes(const std::string& utf8) {
  std::string out;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    if (byte < 0x80) {
      out += utf8[i];
    } else {
      out += static_cast<char>(((byte & 3) << 6) | (utf8[++i] & 0x3F));
    }
  }
  return out;
}

// The class that Python raises for what our message says.
std::string python_class(const std::string& message) {
  const struct {
    std::string words;
    std::string name;
  } rows[] = {
      {"not valid UTF-8",               "UnicodeDecodeError"             },
      {"no [section] above",            "MissingSectionHeaderError"      },
      {"neither a [section]",           "ParsingError"                   },
      {"contains an interpolation key", "InterpolationMissingOptionError"},
      {"nested too deeply",             "InterpolationDepthError"        },
      {"has a '%",                      "InterpolationSyntaxError"       },
      {"option",                        "DuplicateOptionError"           },
      {"section",                       "DuplicateSectionError"          },
  };
  for (const auto& row : rows) {
    if (message.find(row.words) != std::string::npos) return row.name;
  }
  return message;
}

Json options_of(const Ini& ini, const IniSection& section) {
  std::map<std::string, Json> options;
  const auto add = [&](const IniOption& option) {
    Json value;
    try {
      value = *ini.get(section.name, option.name);
    } catch (const ConfigError& error) {
      value = {
          {"error", python_class(error.what())}
      };
    }
    options[option.name] = {option.name, *ini.raw(section.name, option.name), value};
  };
  for (const auto& option : ini.defaults().options) add(option);
  for (const auto& option : section.options) add(option);
  Json list = Json::array();
  for (const auto& [name, option] : options) list.push_back(option);
  return list;
}

Json result_of(const std::string& text) {
  try {
    const Ini ini = Ini::parse(text, "x.ini", "/he re");
    Json sections = Json::array();
    sections.push_back({"DEFAULT", options_of(ini, ini.defaults())});
    for (const auto& section : ini.sections()) {
      sections.push_back({section.name, options_of(ini, section)});
    }
    return {
        {"sections", sections}
    };
  } catch (const ConfigError& error) {
    return {
        {"error", python_class(error.what())},
        {"line",  error.line()              }
    };
  }
}

std::string shown(const Json& json) {
  return json.dump(-1, ' ', true, Json::error_handler_t::replace);
}

std::string message(const std::string& text) {
  try {
    const Ini ini = Ini::parse(text, "x.ini", "/here");
    ini.get("a", "x");
  } catch (const ConfigError& error) {
    return error.file() + ":" + std::to_string(error.line()) + ": " + error.what();
  }
  return "no error";
}

}  // namespace

TEST_SUITE("config/ini") {
  TEST_CASE("every odd input is read as Python's configparser reads it") {
    std::ifstream file(REVISE_SOURCE_DIR "/tests/data/ini_vectors.jsonl");
    int count = 0;
    for (std::string line; std::getline(file, line); ++count) {
      Json expected = Json::parse(line);
      const std::string text = bytes(expected["text"]);
      expected.erase("text");
      Json actual = result_of(text);
      if (expected.contains("error")) {
        // Python does not tell the line of a wrong byte.
        const auto lines = expected["lines"];
        expected.erase("lines");
        if (!lines.empty()) expected["line"] = lines[0];
        if (lines.empty()) actual.erase("line");
      }
      CAPTURE(line);
      CHECK(shown(actual) == shown(expected));
    }
    CHECK(count >= 120);
  }

  TEST_CASE("an error says where, and what to write instead, but never the value") {
    const struct {
      std::string text;
      std::string expected;
    } rows[] = {
        {"[a]\n\nx = secret%word",
         "x.ini:3: option 'x' in section 'a' has a '%' that no '%' or '(' follows; "
         "write '%%' for a '%'"                                                        },
        {"[a]\nx = %(secret",
         "x.ini:2: option 'x' in section 'a' has a '%(' that no 'name)s' follows; "
         "write '%%' for a '%'"                                                        },
        {"[a]\nx = %(rev)s_secret",
         "x.ini:2: option 'x' in section 'a' contains an interpolation key 'rev' which "
         "is not a valid option name; write '%%' for a '%'"                            },
        {"[a]\nx = 1\n[a]",         "x.ini:3: section 'a' already exists"              },
        {"[a]\nx = 1\nX = 2",       "x.ini:3: option 'x' in section 'a' already exists"},
        {"\xEF\xBB\xBF[a]",
         "x.ini:1: there is no [section] above this line; the file begins with a byte "
         "order mark, save it without"                                                 },
        {"[a]\nx = \xFF",           "x.ini:2: this line is not valid UTF-8"            },
    };
    for (const auto& row : rows) {
      CAPTURE(row.text);
      CHECK(message(row.text) == row.expected);
    }
  }

  TEST_CASE("all lines that cannot be parsed are named") {
    try {
      Ini::parse("[a]\nb\nx = 1\nc\nd\n", "x.ini", "");
      FAIL("no error");
    } catch (const ConfigError& error) {
      CHECK(error.line() == 2);
      REQUIRE(error.notes().size() == 1);
      CHECK(error.notes()[0] == "the same is true of line 4, 5");
    }
  }

  TEST_CASE("a folder with a '%' in its name is no interpolation") {
    const Ini ini = Ini::parse("[a]\nx = %(here)s/b", "x.ini", "/100%/%(s)");
    CHECK(ini.get("a", "x").value() == "/100%/%(s)/b");
  }

  TEST_CASE("what is absent is nothing, and no error") {
    const Ini ini = Ini::parse("[DEFAULT]\ny = 1\n[a]\nx = 1", "x.ini", "");
    CHECK(!ini.get("b", "y").has_value());
    CHECK(!ini.get("a", "z").has_value());
    CHECK(ini.get("a", "Y").value() == "1");
    CHECK(ini.line_of("a", "y") == 2);
    CHECK(ini.line_of("a", "z") == 0);
  }
}
