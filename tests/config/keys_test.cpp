#include "engine/config/keys.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>

#include "engine/config/file.hpp"
#include "engine/core/text.hpp"

namespace {

using namespace revise;
using namespace revise::config;

struct Setting {
  std::string value;
  bool is_comment = false;
};

// "name = value" lines of a section, those that a '#' makes an example too.
std::map<std::string, Setting> settings_of(const std::string& ini,
                                           const std::string& section) {
  std::map<std::string, Setting> found;
  std::string current;
  for (const auto& line : split(ini, '\n')) {
    if (!line.empty() && line[0] == '[') current = line;
    const bool is_comment = line.substr(0, 2) == "# ";
    const auto text = is_comment ? line.substr(2) : line;
    const auto equals = text.find(" =");
    if (current != "[" + section + "]" || equals == std::string::npos) continue;
    const auto name = text.substr(0, equals);
    if (name.find(' ') != std::string::npos) continue;  // prose
    found[name] = {std::string(strip(text.substr(equals + 2))), is_comment};
  }
  return found;
}

std::string names_of(const std::map<std::string, Setting>& settings) {
  std::vector<std::string> names;
  for (const auto& [name, setting] : settings) names.push_back(name);
  return join(names, " ");
}

std::string names_of(Key::Where where) {
  std::set<std::string> names;
  for (const auto& key : keys()) {
    if (key.where == where) names.emplace(key.name);
  }
  return join({names.begin(), names.end()}, " ");
}

}  // namespace

TEST_SUITE("config/keys") {
  TEST_CASE("the template's alembic.ini has every key, and no others") {
    const std::string path =
        REVISE_SOURCE_DIR "/templates/generic/alembic.ini.mustache";
    const auto ini = read_file_if_there(path, path);
    REQUIRE(ini.has_value());
    CHECK(names_of(settings_of(*ini, "alembic")) == names_of(Key::Where::Alembic));
    CHECK(names_of(settings_of(*ini, "revise")) == names_of(Key::Where::Revise));
  }

  TEST_CASE("what the template leaves commented out is the default") {
    const std::string path =
        REVISE_SOURCE_DIR "/templates/generic/alembic.ini.mustache";
    const auto ini = read_file_if_there(path, path).value_or("");
    for (const auto& [name, setting] : settings_of(ini, "revise")) {
      CAPTURE(name);
      const auto* key = find_key(Key::Where::Revise, name);
      REQUIRE(key != nullptr);
      CHECK(setting.is_comment);
      CHECK(setting.value == key->default_value);
    }
  }

  TEST_CASE("a misspelt key is near the one it was meant to be, or to none") {
    const struct {
      std::string misspelt;
      std::string expected;
    } rows[] = {
        {"versiontable",  "version_table"  },
        {"job",           "jobs"           },
        {"wait-lock",     "wait_lock"      },
        {"cxx_flags",     "cxxflags"       },
        {"include_dirs",  ""             },
        {"q",             ""               },
        {"nothing_alike", ""               },
    };
    for (const auto& row : rows) {
      CAPTURE(row.misspelt);
      CHECK(nearest_key(Key::Where::Revise, row.misspelt) == row.expected);
    }
  }
}
