/// Revisions as JSON, for machines: one shape for every command that lists.
///
///   {"version": 1, "command": "heads", "revisions": [
///     {"revision": "b2", "down_revisions": ["a1"], "depends_on": [],
///      "branch_labels": ["lib"], "doc": "add b", "path": "/…/b2_add_b.cpp",
///      "is_head": true, "is_effective_head": false, "is_base": false,
///      "is_branch_point": false, "is_merge_point": false, "children": [],
///      "is_current": true}]}
///
/// Of several databases, each has its own revisions:
///
///   {"version": 1, "command": "current", "databases": [
///     {"database": "engine1", "revisions": [...]}]}
///
/// Members are only ever added; a change of what is there raises "version".
/// "branch_labels" holds inherited ones too, "depends_on" is as declared.
/// "is_current" is null where the command did not look at a database.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/graph/revision_map.hpp"
#include "engine/output/listing.hpp"
#include "engine/script/script.hpp"

namespace revise::output {

inline constexpr int kJsonVersion = 1;

/// `scripts` in their order, as text of several lines, ended by a newline. Bytes that
/// are not UTF-8 become U+FFFD.
std::string render_json(std::string_view command, const graph::RevisionMap& map,
                        const std::vector<const script::Script*>& scripts,
                        const std::optional<CurrentIds>& current);

/// What is listed for one of several databases.
struct DatabaseRevisions {
  std::string database;
  std::vector<const script::Script*> scripts;
  std::optional<CurrentIds> current;
};

/// The same for each of `databases`, in their order.
std::string render_json(std::string_view command, const graph::RevisionMap& map,
                        const std::vector<DatabaseRevisions>& databases);

}  // namespace revise::output
