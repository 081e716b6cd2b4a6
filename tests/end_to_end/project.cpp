#include "tests/end_to_end/project.hpp"

#include <cstdlib>

namespace revise::testing {
namespace {

std::string text_of(const UnitText& unit) {
  const std::string down = unit.down.empty() ? "{}" : "\"" + unit.down + "\"";
  return "// step " + unit.id + "\n\n#include <cstdlib>\n#include <revise/op.hpp>\n" +
         unit.includes + "\n" + "namespace {\n\nusing namespace revise;\n\n" +
         "constexpr Revision revision{\n    .revision = \"" + unit.id +
         "\",\n    .down_revision = " + down +
         ",\n    .branch_labels = {},\n    .depends_on = {},\n};\n\n" +
         "void upgrade([[maybe_unused]] Operations& op) {\n" + unit.upgrade +
         "\n}\n\nvoid downgrade([[maybe_unused]] Operations& op) {\n" + unit.downgrade +
         "\n}\n\n}  // namespace\n\nREVISE_UNIT(revision, upgrade, downgrade)\n";
}

// `%` begins a reference in an ini.
std::string escaped(const std::string& value) {
  std::string result;
  for (const char c : value) result += c == '%' ? "%%" : std::string(1, c);
  return result;
}

}  // namespace

Project::Project(const std::string& url, const std::string& settings) {
  write_text(folder_ / "alembic.ini",
             "[alembic]\nscript_location = %(here)s\nsqlalchemy.url = " + escaped(url) +
                 "\n\n[revise]\n" + settings);
}

void Project::add(const UnitText& unit) const {
  write_text(folder_ / ("versions/" + unit.id + ".cpp"), text_of(unit));
}

Command Project::command(const std::vector<std::string>& arguments) const {
  Command command{
      .arguments = {REVISE_BINARY_DIR "/revise"},
      .folder = folder_.path(),
      .environment = { "HOME=" + folder_.path(), "LC_ALL=C.UTF-8", "ALEMBIC_CONFIG",
                    "REVISE_DATABASE_URL", "XDG_CACHE_HOME", "PGHOST", "PGPORT",
                    "PGUSER"}
  };
  command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
  return command;
}

Outcome Project::revise(const std::vector<std::string>& arguments) const {
  return run(command(arguments));
}

int times(int usual, int full) {
  return std::getenv("REVISE_TEST_FULL") == nullptr ? usual : full;
}

}  // namespace revise::testing
