#include "tests/unit/unit_project.hpp"

#include <algorithm>
#include <filesystem>
#include <revise/operations.hpp>

#include "engine/core/process.hpp"
#include "engine/core/text.hpp"
#include "engine/unit/engine_paths.hpp"
#include "tests/unit/statement_sink.hpp"

namespace revise::testing {

namespace {

namespace fs = std::filesystem;

}  // namespace

// An inline function with a static, a type with inline members and a table of virtual
// functions, a template's instance, an inline variable.
UnitText copy_with(const std::string& word) {
  return {
      .upgrade =
          "Row row;\n"
          "op.execute(row.text());\n"
          "op.execute(greeting());\n"
          "op.execute(kept<Row>());\n"
          "op.execute(shared_word);\n",
      .before =
          "struct Row {\n"
          "  const char* word = \"" +
          word +
          "\";\n"
          "  virtual ~Row() {}\n"
          "  virtual const char* text() { return word; }\n"
          "};\n"
          "inline const char* shared_word = \"" +
          word +
          "\";\n"
          "inline const char* greeting() { static const char* w = \"" +
          word +
          "\"; return w; }\n"
          "template <typename T> const char* kept() { return T().word; }\n",
  };
}

UnitProject::UnitProject() {
  settings.build_directory = folder_ / ".revise";
  settings.engine = unit::engine_paths();
}

unit::UnitSource UnitProject::write(const std::string& name,
                                    const UnitText& text) const {
  unit::UnitSource source{name, folder_ / ("versions/" + name + ".cpp")};
  write_text(source.path, text.include +
                              "\n"
                              "using namespace revise;\n" +
                              text.before +
                              "\n"
                              "namespace {\n"
                              "constexpr Revision revision{.revision = \"" +
                              name +
                              "\"};\n"
                              "void upgrade([[maybe_unused]] Operations& op) {\n" +
                              text.upgrade +
                              "\n}\n"
                              "void downgrade(Operations&) {}\n"
                              "}  // namespace\n"
                              "REVISE_UNIT(revision, upgrade, downgrade)\n");
  return source;
}

void UnitProject::count_compiler_starts() {
  const auto compiler = find_program("g++");
  settings.compiler = folder_ / "counting-compiler";
  write_text(settings.compiler, "#!/bin/sh\necho \"$@\" >> '" + (folder_ / "starts") +
                                    "'\nexec " + compiler + " \"$@\"\n");
  fs::permissions(settings.compiler, fs::perms::owner_all);
}

std::size_t UnitProject::compiler_starts() const {
  const auto file = folder_ / "starts";
  if (!fs::exists(file)) return 0;
  const auto text = read_text(file);
  fs::remove(file);
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

std::string upgraded(const std::vector<unit::LoadedUnit>& units) {
  StatementSink sink;
  for (const auto& unit : units) {
    Operations operations(sink);
    unit::upgrade_of(unit)(operations);
  }
  return join(sink.statements, " ");
}

std::string built_and_upgraded(const std::vector<unit::UnitSource>& sources,
                               const unit::BuildSettings& settings) {
  return upgraded(unit::load_units(unit::build_units(sources, settings)));
}

}  // namespace revise::testing
