/// Who may include whom in engine/: the table of layers, held against the sources.

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

using Layers = std::set<std::string>;

// A layer includes itself and these. `include` stands for the public headers.
const std::map<std::string, Layers>& allowed() {
  static const std::map<std::string, Layers> table = {
      {"include",      {}                                                             },
      {"core",         {}                                                             },
      {"graph",        {"core"}                                                       },
      {"schema",       {"core"}                                                       },
      {"driver",       {"core"}                                                       },
      {"config",       {"core"}                                                       },
      {"operations",   {"core", "schema", "driver", "include"}                        },
      {"script",       {"core", "graph"}                                              },
      {"unit",         {"core", "operations", "include"}                              },
      {"dialects",     {"core", "schema", "driver", "operations"}                     },
      {"output",       {"core", "graph", "script"}                                    },
      {"migration",    {"core", "graph", "schema", "driver", "operations", "dialects"}},
      {"autogenerate", {"core", "schema", "driver", "operations", "dialects"}         },
      {"commands",
       {"include", "core", "graph", "schema", "driver", "config", "operations",
        "script", "unit", "dialects", "output", "migration", "autogenerate"}          },
  };
  return table;
}

struct Include {
  std::string where;  // file:line
  std::string path;   // between the quotes or brackets
};

std::vector<Include> includes_of(const fs::path& file) {
  std::vector<Include> found;
  std::ifstream in(file);
  std::string text;
  for (int line = 1; std::getline(in, text); ++line) {
    if (text.rfind("#include", 0) != 0) continue;
    const auto open = text.find_first_of("\"<");
    const auto close = text.find_last_of("\">");
    if (open == std::string::npos || close <= open) continue;
    found.push_back({file.string() + ":" + std::to_string(line),
                     text.substr(open + 1, close - open - 1)});
  }
  return found;
}

// "engine/graph/plan.hpp" -> "graph", "revise/op.hpp" -> "include", else "".
std::string layer_of(const std::string& path) {
  if (path.rfind("revise/", 0) == 0) return "include";
  if (path.rfind("engine/", 0) != 0) return {};
  const auto start = std::string("engine/").size();
  return path.substr(start, path.find('/', start) - start);
}

std::vector<fs::path> sources_of(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const auto extension = entry.path().extension();
    if (extension == ".cpp" || extension == ".hpp") files.push_back(entry.path());
  }
  return files;
}

const fs::path kEngine = fs::path(REVISE_SOURCE_DIR) / "engine";

}  // namespace

TEST_SUITE("layers") {
  TEST_CASE("every folder of engine/ is a row of the table") {
    for (const auto& entry : fs::directory_iterator(kEngine)) {
      CAPTURE(entry.path().string());
      CHECK(allowed().count(entry.path().filename().string()) == 1);
    }
  }

  TEST_CASE("a layer includes itself and those that its row names, and no others") {
    for (const auto& [layer, below] : allowed()) {
      if (!fs::exists(kEngine / layer)) continue;
      for (const auto& file : sources_of(kEngine / layer)) {
        for (const auto& include : includes_of(file)) {
          const auto target = layer_of(include.path);
          const bool fine =
              target.empty() || target == layer || below.count(target) != 0;
          CHECK_MESSAGE(fine, include.where << " includes " << include.path);
        }
      }
    }
  }

  TEST_CASE("a database's and a parser's headers are known to the named files alone") {
    // SQLite's file format is read beside its driver, through the library's own handle.
    const std::map<std::string, std::set<std::string>> rows = {
        {"sqlite3.h",
         {"driver/sqlite.cpp", "driver/sqlite_pages.hpp", "driver/sqlite_pages.cpp"}},
        {"pqxx/pqxx",     {"driver/postgresql.cpp", "driver/postgresql_values.hpp"} },
        {"libpq-fe.h",
         {"driver/postgresql.cpp", "driver/postgresql_answers.hpp",
          "driver/postgresql_open.hpp", "driver/postgresql_rows.hpp"}               },
        {"toml++/toml.h", {"config/toml.cpp"}                                       },
    };
    for (const auto& file : sources_of(kEngine)) {
      for (const auto& include : includes_of(file)) {
        const auto row = rows.find(include.path);
        if (row == rows.end()) continue;
        CAPTURE(include.where);
        CHECK(row->second.count(fs::relative(file, kEngine).string()) == 1);
      }
    }
  }
}
