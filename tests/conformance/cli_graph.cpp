#include "tests/conformance/cli_graph.hpp"

#include <sstream>

#include "tests/conformance/vectors.hpp"
#include "tests/support/temporary_folder.hpp"

namespace revise::conformance {
namespace {

CliRevision revision_of(const Json& json) {
  return {.id = json.at("id"),
          .down = json.at("down"),
          .depends_on = json.at("depends_on"),
          .labels = json.at("labels"),
          .longdoc = json.value("longdoc", json.value("doc", "")),
          .file = json.at("file")};
}

std::string list_of(const std::vector<std::string>& ids) {
  std::string list = "{";
  for (const auto& id : ids) list += (list.size() > 1 ? ", \"" : "\"") + id + "\"";
  return list + "}";
}

std::string comment_of(const std::string& text) {
  std::string comment;
  std::istringstream lines(text);
  std::string line;
  while (std::getline(lines, line))
    comment += line.empty() ? "//\n" : "// " + line + "\n";
  return comment;
}

std::string unit_of(const CliRevision& revision) {
  return comment_of(revision.longdoc) + R"(
#include <revise/op.hpp>

namespace {

using namespace revise;

constexpr Revision revision{
    .revision = ")" +
         revision.id + R"(",
    .down_revision = )" +
         list_of(revision.down) + R"(,
    .branch_labels = )" +
         list_of(revision.labels) + R"(,
    .depends_on = )" +
         list_of(revision.depends_on) + R"(,
};

void upgrade(Operations&) {}

void downgrade(Operations&) {}

}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
)";
}

}  // namespace

std::map<std::string, CliGraph> read_cli_graphs(const std::string& folder) {
  std::map<std::string, CliGraph> graphs;
  for (const auto& [line, json] : read_lines(folder + "/cli/graphs.jsonl")) {
    CliGraph graph{.name = json.at("name"), .revisions = {}};
    for (const auto& revision : json.at("revisions")) {
      graph.revisions.push_back(revision_of(revision));
    }
    graphs[graph.name] = std::move(graph);
  }
  return graphs;
}

std::string unit_file_of(const std::string& file) {
  return file.substr(0, file.size() - std::string(".py").size()) + ".cpp";
}

void write_project(const CliGraph& graph, const std::string& folder) {
  testing::write_text(folder + "/alembic.ini",
                      "[alembic]\n"
                      "script_location = %(here)s\n"
                      "recursive_version_locations = true\n"
                      "sqlalchemy.url = sqlite:///%(here)s/db.sqlite\n");
  for (const auto& revision : graph.revisions) {
    testing::write_text(folder + "/versions/" + unit_file_of(revision.file),
                        unit_of(revision));
  }
}

}  // namespace revise::conformance
