#include "tests/conformance/oracle.hpp"

#include <algorithm>

#include "tests/conformance/vectors.hpp"

namespace revise::conformance {

namespace {

IdSet reach(const std::map<std::string, IdSet>& next, const IdSet& from) {
  IdSet seen;
  std::vector<std::string> open(from.begin(), from.end());
  while (!open.empty()) {
    const std::string id = open.back();
    open.pop_back();
    if (!seen.insert(id).second) continue;
    const auto place = next.find(id);
    if (place == next.end()) continue;
    open.insert(open.end(), place->second.begin(), place->second.end());
  }
  return seen;
}

}  // namespace

Oracle::Oracle(const GraphData& data) : Oracle(data.revisions) {}

Oracle::Oracle(const std::vector<graph::Revision>& revisions) {
  for (const auto& revision : revisions) {
    repeats_ = repeats_ || below_.contains(revision.revision);
    below_[revision.revision] = {};
    above_[revision.revision] = {};
    keys_.push_back(revision.revision);
    for (const auto& label : revision.branch_labels) {
      labels_.emplace(label, revision.revision);
    }
  }
  for (const auto& label : labels_) keys_.push_back(label.first);
  all_above_ = above_;
  for (const auto& revision : revisions) {
    const auto& id = revision.revision;
    below_[id] = {revision.down_revisions.begin(), revision.down_revisions.end()};
    all_below_[id] = below_[id];
    for (const auto& key : revision.depends_on) {
      const auto label = labels_.find(key);
      const bool is_label = !below_.contains(key) && label != labels_.end();
      all_below_[id].insert(is_label ? label->second : key);
    }
    for (const auto& parent : below_[id]) above_[parent].insert(id);
    for (const auto& parent : all_below_[id]) {
      lacks_ = lacks_ || !below_.contains(parent);
      all_above_[parent].insert(id);
    }
  }
}

bool Oracle::has_cycle() const {
  return std::any_of(all_below_.begin(), all_below_.end(), [&](const auto& row) {
    return ancestors(row.second, Follow::All).contains(row.first);
  });
}

const IdSet& Oracle::parents(const std::string& id, Follow follow) const {
  return (follow == Follow::All ? all_below_ : below_).at(id);
}

IdSet Oracle::children(const std::string& id, Follow follow) const {
  return (follow == Follow::All ? all_above_ : above_).at(id);
}

IdSet Oracle::ancestors(const IdSet& from, Follow follow) const {
  return reach(follow == Follow::All ? all_below_ : below_, from);
}

IdSet Oracle::descendants(const IdSet& from, Follow follow) const {
  return reach(follow == Follow::All ? all_above_ : above_, from);
}

IdSet Oracle::maximal(const IdSet& ids) const {
  IdSet covered;
  for (const auto& id : ids) {
    if (!has(id)) continue;
    for (const auto& below : ancestors(parents(id, Follow::All), Follow::All)) {
      covered.insert(below);
    }
  }
  IdSet found;
  std::set_difference(ids.begin(), ids.end(), covered.begin(), covered.end(),
                      std::inserter(found, found.end()));
  return found;
}

bool Oracle::has_irregular_merge(const IdSet& ids) const {
  return std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
    return has(id) && !is_antichain(parents(id, Follow::All));
  });
}

bool Oracle::is_topological(const std::vector<std::string>& ids, Sorted sorted) const {
  std::map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < ids.size(); ++i) place[ids[i]] = i;
  for (const auto& id : ids) {
    for (const auto& parent : parents(id, Follow::All)) {
      const auto other = place.find(parent);
      if (other == place.end()) continue;
      if ((other->second < place[id]) != (sorted == Sorted::ParentsFirst)) return false;
    }
  }
  return true;
}

IdSet Oracle::heads(Follow follow) const {
  IdSet found;
  for (const auto& [id, parents] : below_) {
    if (children(id, follow).empty()) found.insert(id);
  }
  return found;
}

IdSet Oracle::bases() const {
  IdSet found;
  for (const auto& [id, parents] : below_) {
    if (parents.empty()) found.insert(id);
  }
  return found;
}

IdSet Oracle::all() const {
  IdSet found;
  for (const auto& row : below_) found.insert(row.first);
  return found;
}

std::string Oracle::named(const std::string& name) const {
  if (has(name)) return name;
  if (const auto label = labels_.find(name); label != labels_.end()) {
    return label->second;
  }
  std::string found;
  for (const auto& key : keys_) {
    if (key.size() < 4 || !key.starts_with(name)) continue;
    if (!found.empty()) return {};
    found = has(key) ? key : labels_.at(key);
  }
  return found;
}

bool Oracle::share_line(const std::string& a, const std::string& b,
                        Follow follow) const {
  return ancestors({a}, follow).contains(b) || descendants({a}, follow).contains(b);
}

}  // namespace revise::conformance
