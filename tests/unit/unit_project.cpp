#include "tests/unit/unit_project.hpp"

#include <algorithm>
#include <filesystem>
#include <revise/operations.hpp>
#include <variant>

#include "engine/core/process.hpp"
#include "engine/core/text.hpp"
#include "engine/operations/sink.hpp"
#include "engine/unit/engine_paths.hpp"

namespace revise::testing {

namespace {

namespace fs = std::filesystem;

class StatementSink : public operations::OperationSink {
 public:
  std::string_view dialect() const override { return "sqlite"; }
  void apply(const operations::Operation& operation) override {
    statements.push_back(std::get<operations::ExecuteOp>(operation).sql);
  }
  driver::Result query(std::string_view,
                       std::span<const operations::NamedValue>) override {
    return {};
  }
  void begin_autocommit_block(operations::AutocommitPlace) override {}
  void end_autocommit_block() override {}

  std::vector<std::string> statements;
};

}  // namespace

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
