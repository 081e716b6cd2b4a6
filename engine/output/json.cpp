#include "engine/output/json.hpp"

#include <nlohmann/json.hpp>

namespace revise::output {

namespace {

using graph::Edges;
using nlohmann::ordered_json;

ordered_json value_of(const graph::RevisionMap& map, const script::Script& script,
                      const std::optional<CurrentIds>& current) {
  const auto& revision = script.revision;
  const auto& id = revision.revision;
  const bool is_head = map.is_head(id, Edges::All);
  ordered_json value;
  value["revision"] = id;
  value["down_revisions"] = revision.down_revisions;
  value["depends_on"] = revision.depends_on;
  value["branch_labels"] = map.labels(id);
  value["doc"] = script.doc;
  value["path"] = script.path;
  value["is_head"] = is_head;
  value["is_effective_head"] = !is_head && map.is_head(id, Edges::Versioned);
  value["is_base"] = revision.down_revisions.empty();
  value["is_branch_point"] = map.is_branch_point(id);
  value["is_merge_point"] = map.is_merge_point(id);
  value["children"] = map.children(id, Edges::Versioned);
  value["is_current"] = current ? ordered_json(current->contains(id)) : ordered_json();
  return value;
}

ordered_json revisions_of(const graph::RevisionMap& map,
                          const std::vector<const script::Script*>& scripts,
                          const std::optional<CurrentIds>& current) {
  ordered_json revisions = ordered_json::array();
  for (const auto* script : scripts)
    revisions.push_back(value_of(map, *script, current));
  return revisions;
}

ordered_json document_of(std::string_view command) {
  ordered_json document;
  document["version"] = kJsonVersion;
  document["command"] = command;
  return document;
}

std::string text_of(const ordered_json& document) {
  return document.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string render_json(std::string_view command, const graph::RevisionMap& map,
                        const std::vector<const script::Script*>& scripts,
                        const std::optional<CurrentIds>& current) {
  auto document = document_of(command);
  document["revisions"] = revisions_of(map, scripts, current);
  return text_of(document);
}

std::string render_json(std::string_view command, const graph::RevisionMap& map,
                        const std::vector<DatabaseRevisions>& databases) {
  auto document = document_of(command);
  document["databases"] = ordered_json::array();
  for (const auto& each : databases) {
    ordered_json value;
    value["database"] = each.database;
    value["revisions"] = revisions_of(map, each.scripts, each.current);
    document["databases"].push_back(std::move(value));
  }
  return text_of(document);
}

}  // namespace revise::output
