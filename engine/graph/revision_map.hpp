/// The graph of all revisions of a script directory, fixed once built.
///
/// Only full ids are known here; abbreviations and words such as "head" are the
/// business of resolve.hpp, the order of a listing that of order.hpp.

#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/graph/revision.hpp"

namespace revise::graph {

class Topology;
struct References;

/// Which edges are followed.
enum class Edges {
  Versioned,  ///< down_revision alone: the history of a branch
  All,        ///< dependencies too: everything that must have run before
};

/// A place in load order, from 0. For those that walk; good for one map.
using Vertex = std::size_t;

/// Map and graph in one: a map that exists is a DAG whose every reference is met.
class RevisionMap {
 public:
  /// Links `revisions`. Their order is kept ("load order") and settles ties in
  /// every walk. Linear, but for what labels and dependencies repeat.
  /// Throws RevisionError on an id, label or reference that cannot stand (repeated,
  /// illegal, absent) and on any cycle; the texts are those of Alembic's
  /// script/revision.py 1.19 where it has one.
  explicit RevisionMap(std::vector<Revision> revisions);
  ~RevisionMap();
  RevisionMap(RevisionMap&&) noexcept;
  RevisionMap& operator=(RevisionMap&&) noexcept;

  std::size_t size() const noexcept { return revisions_.size(); }

  /// All, in load order, as they were given.
  const std::vector<Revision>& revisions() const noexcept { return revisions_; }

  /// The revision of that full id, or nullptr; good while the map lives.
  const Revision* find(std::string_view id) const;

  /// The revision of that full id. Throws RevisionError (Resolution).
  const Revision& at(std::string_view id) const;

  /// The revision that declares this branch label, or nullptr.
  const Revision* find_labelled(std::string_view label) const;

  /// Ids that none follows, in load order. Edges::Versioned: Alembic's heads;
  /// Edges::All: its real heads, which `heads` as a word means.
  std::vector<RevisionId> heads(Edges edges) const;

  /// Ids that follow none, in load order; Edges::All: and depend on none.
  std::vector<RevisionId> bases(Edges edges) const;

  /// The ids that follow `id` (Edges::All: or depend on it), in load order.
  /// Throws RevisionError on an unknown id, as all below do.
  std::vector<RevisionId> children(std::string_view id, Edges edges) const;

  /// Edges::Versioned: the down_revisions, each once. Edges::All: and after them the
  /// normalised dependencies (as ids), which are those that no ancestor by
  /// down_revision lists already. Declared order.
  std::vector<RevisionId> parents(std::string_view id, Edges edges) const;

  /// The labels of the branches that `id` is on, declared or inherited, sorted.
  std::vector<std::string> labels(std::string_view id) const;

  /// No one's down_revision; Edges::All: and no one's dependency. A head that is
  /// none by Edges::All is what listings call an effective head.
  bool is_head(std::string_view id, Edges edges) const;

  /// Has several children by down_revision.
  bool is_branch_point(std::string_view id) const;

  /// Has several down_revisions.
  bool is_merge_point(std::string_view id) const;

  /// For walks within this layer.
  const Topology& topology() const noexcept { return *topology_; }
  std::optional<Vertex> find_vertex(std::string_view id) const;
  /// An id or a label, exactly; ids win, as no label may equal one.
  std::optional<Vertex> find_key(std::string_view key) const;
  const RevisionId& id(Vertex vertex) const { return revisions_[vertex].revision; }
  std::vector<RevisionId> ids(const std::vector<Vertex>& vertices) const;
  bool carries_label(Vertex vertex, std::string_view label) const;
  /// Labels as declared, with the revision that declares each; load order.
  const std::vector<std::pair<std::string, Vertex>>& declared_labels() const noexcept {
    return declared_labels_;
  }

 private:
  Vertex vertex(std::string_view id) const;
  void declare_labels();
  References resolve_references() const;

  std::vector<Revision> revisions_;
  std::unordered_map<std::string_view, Vertex> index_;  // views into revisions_
  std::vector<std::pair<std::string, Vertex>> declared_labels_;
  std::unordered_map<std::string_view, Vertex> labelled_;  // label -> declaring one
  std::unique_ptr<const Topology> topology_;
  std::vector<std::vector<std::string_view>> labels_;  // effective, sorted
};

}  // namespace revise::graph
