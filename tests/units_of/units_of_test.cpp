/// Units of each release, kept as they were: they must compile, and render the same
/// SQL, for good. A folder is added with each release; what is in one never changes.

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <revise/operations.hpp>

#include "engine/core/text.hpp"
#include "engine/dialects/dialect.hpp"
#include "engine/unit/build.hpp"
#include "engine/unit/engine_paths.hpp"
#include "engine/unit/load.hpp"
#include "tests/support/collecting_sink.hpp"
#include "tests/support/temporary_folder.hpp"

namespace {

namespace fs = std::filesystem;
using namespace revise;
using namespace revise::testing;

// `folder/create_account`, ...: paths without their endings.
std::vector<std::string> kept_units() {
  std::vector<std::string> units;
  for (const auto& entry :
       fs::recursive_directory_iterator(REVISE_SOURCE_DIR "/tests/units_of")) {
    const std::string path = entry.path().string();
    const bool is_unit = path.ends_with(".cpp") && !path.ends_with("_test.cpp");
    if (is_unit) units.push_back(path.substr(0, path.size() - 4));
  }
  std::sort(units.begin(), units.end());
  return units;
}

// Kept units ask for an id and a name, and get one row.
std::string rendered(const unit::UnitFunction& function, const std::string& dialect) {
  CollectingSink sink(dialect);
  sink.result = {
      .columns = {"id", "name"},
        .rows = {{std::int64_t{7}, "o'neil"}   }
  };
  Operations op(sink);
  function(op);
  std::string script;
  for (const auto& operation : sink.operations) {
    for (const auto& text : dialects::dialect_named(dialect).render_script(operation)) {
      script += text + ";\n";
    }
  }
  return script;
}

}  // namespace

TEST_SUITE("units_of") {
  TEST_CASE("units of each release compile and render what they did then") {
    const TemporaryFolder folder;
    unit::BuildSettings settings;
    settings.build_directory = folder / "cache";
    settings.engine = unit::engine_paths();
    const auto paths = kept_units();
    REQUIRE(paths.size() >= 4);
    std::vector<unit::UnitSource> sources;
    for (std::size_t i = 0; i < paths.size(); ++i) {
      sources.push_back({"unit" + std::to_string(i), paths[i] + ".cpp"});
    }
    const auto units = unit::load_units(unit::build_units(sources, settings));
    REQUIRE(units.size() == paths.size());
    for (std::size_t i = 0; i < paths.size(); ++i) {
      for (const std::string dialect : {"sqlite", "postgresql"}) {
        const std::string file = paths[i] + "." + dialect + ".sql";
        CAPTURE(file);
        CHECK("-- up\n" + rendered(unit::upgrade_of(units[i]), dialect) + "-- down\n" +
                  rendered(unit::downgrade_of(units[i]), dialect) ==
              read_text(file));
      }
    }
  }
}
