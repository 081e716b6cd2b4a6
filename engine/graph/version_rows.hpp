/// What the version table holds, and how a step changes it.
///
/// The invariant: the rows are the maximal elements of what is applied, dependencies
/// counted. How rows are read and written is engine/migration's business.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/graph/revision_map.hpp"

namespace revise::graph {

/// The content of the version table, in the table's order.
using Rows = std::vector<std::string>;

/// One statement on the version table.
struct RowChange {
  enum class Kind { Insert, Delete, Update };
  Kind kind = Kind::Insert;
  std::string from = {};  ///< the row deleted or updated; empty: none
  std::string to = {};    ///< the row inserted or written; empty: none

  bool operator==(const RowChange&) const = default;
};

using RowChanges = std::vector<RowChange>;

/// `rows` after `changes`, an updated row keeping its place, as databases do it.
/// Throws RevisionError on a change that meets no row, or a row that is there already.
Rows apply_changes(Rows rows, const RowChanges& changes);

/// Follows the rows step by step. Cost: linear to build, then the edges of each step.
class VersionRows {
 public:
  /// `rows` are ids, or what resolves to one (changes then name the row as it is).
  /// Throws RevisionError on a row that names no revision.
  VersionRows(const RevisionMap& map, const Rows& rows);

  bool is_applied(Vertex vertex) const { return applied_[vertex] != 0; }

  /// The statements that bring the rows from before to after `vertex` ran up: the
  /// rows that it takes over in the order of its parents, all but the last deleted,
  /// the last updated. Throws RevisionError if it is applied, or a parent is not.
  RowChanges upgrade(Vertex vertex);

  /// The same down: the parents that nothing else applied stands on appear, all but
  /// the last inserted, the row updated to the last. Throws RevisionError if it is
  /// not applied, or if something applied stands on it.
  RowChanges downgrade(Vertex vertex);

  /// The rows as they are now, in load order of what they name.
  Rows rows() const;

 private:
  void delete_redundant(RowChanges& changes);

  const RevisionMap* map_;
  std::vector<std::uint8_t> applied_;
  std::vector<std::uint32_t> applied_children_;
  std::unordered_map<Vertex, std::vector<std::string>> rows_;  // as spelt in the table
  bool redundant_ = false;  // rows that stand below others have yet to go
};

}  // namespace revise::graph
