/// The graph worked on by brute force, on sets of ids: what the departure rules and
/// the property tests hold the engine against. Shares no code with it.

#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/graph/revision.hpp"

namespace revise::conformance {

struct GraphData;

using IdSet = std::set<std::string>;

enum class Sorted { ParentsFirst, ChildrenFirst };
enum class Follow { Versioned, All };

class Oracle {
 public:
  explicit Oracle(const GraphData& data);
  explicit Oracle(const std::vector<graph::Revision>& revisions);

  bool has(const std::string& id) const { return below_.contains(id); }
  bool repeats_an_id() const { return repeats_; }
  /// A revision and what it refers to that is not there, or two empty texts.
  const std::pair<std::string, std::string>& absent() const { return absent_; }
  bool has_label(const std::string& name) const { return labels_.contains(name); }
  /// An illegal or repeated id or label, or a revision that refers to itself.
  bool has_bad_names() const { return bad_names_; }
  /// Names are good, references are met, and there is no cycle.
  bool is_sound() const { return sound_; }
  /// Revisions that are their own ancestors.
  IdSet cyclic() const;

  const IdSet& parents(const std::string& id, Follow follow) const;
  IdSet children(const std::string& id, Follow follow) const;
  /// `from` and all below, or above, it.
  IdSet ancestors(const IdSet& from, Follow follow) const;
  IdSet descendants(const IdSet& from, Follow follow) const;

  /// Those of `ids` that no other of them stands on.
  IdSet maximal(const IdSet& ids) const;
  /// Whether no two of `ids` stand on one another.
  bool is_antichain(const IdSet& ids) const { return maximal(ids) == ids; }
  /// A revision of `ids` has a parent that is another parent's ancestor.
  bool has_irregular_merge(const IdSet& ids) const;
  bool is_topological(const std::vector<std::string>& ids, Sorted sorted) const;

  IdSet heads(Follow follow) const;
  IdSet bases() const;
  IdSet all() const;

  /// The revision that an id, a label or a beginning of one names; empty: none or
  /// several.
  std::string named(const std::string& name) const;
  /// All that start so, as named() counts them.
  std::vector<std::string> starting(const std::string& prefix) const;
  /// Equal, above or below.
  bool share_line(const std::string& a, const std::string& b, Follow follow) const;

 private:
  bool can_be_sorted() const;

  std::map<std::string, IdSet> below_;      // by down_revision
  std::map<std::string, IdSet> all_below_;  // dependencies too
  std::map<std::string, IdSet> above_;
  std::map<std::string, IdSet> all_above_;
  std::map<std::string, std::string> labels_;
  std::vector<std::string> keys_;
  bool repeats_ = false;
  bool bad_names_ = false;
  bool sound_ = false;
  std::pair<std::string, std::string> absent_;
};

}  // namespace revise::conformance
