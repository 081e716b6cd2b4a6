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

bool names_badly(const std::vector<graph::Revision>& revisions) {
  IdSet names;
  for (const auto& revision : revisions) {
    const auto& id = revision.revision;
    const auto has = [&](const std::vector<std::string>& texts) {
      return std::find(texts.begin(), texts.end(), id) != texts.end();
    };
    if (id.empty() || id.find_first_of("+-:@") != std::string::npos) return true;
    if (has(revision.down_revisions) || has(revision.depends_on)) return true;
    if (!names.insert(id).second) return true;
  }
  for (const auto& revision : revisions) {
    for (const auto& label : revision.branch_labels) {
      if (!names.insert(label).second) return true;
    }
  }
  return false;
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
      if (!below_.contains(parent) && absent_.first.empty()) absent_ = {id, parent};
      all_above_[parent].insert(id);
    }
  }
  bad_names_ = names_badly(revisions);
  sound_ = !bad_names_ && absent_.first.empty() && can_be_sorted();
}

// Takes away what has no parents left, until nothing is left or nothing can be.
bool Oracle::can_be_sorted() const {
  std::map<std::string, std::size_t> open;
  std::vector<std::string> free;
  for (const auto& [id, parents] : all_below_) {
    open[id] = parents.size();
    if (parents.empty()) free.push_back(id);
  }
  std::size_t sorted = 0;
  while (!free.empty()) {
    const std::string id = free.back();
    free.pop_back();
    ++sorted;
    for (const auto& child : children(id, Follow::All)) {
      if (--open[child] == 0) free.push_back(child);
    }
  }
  return sorted == all_below_.size();
}

IdSet Oracle::cyclic() const {
  IdSet found;
  for (const auto& [id, parents] : all_below_) {
    if (ancestors(parents, Follow::All).contains(id)) found.insert(id);
  }
  return found;
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
  IdSet parents_of_all;
  for (const auto& id : ids) {
    if (!has(id)) continue;
    const IdSet& each = parents(id, Follow::All);
    parents_of_all.insert(each.begin(), each.end());
  }
  const IdSet covered = ancestors(parents_of_all, Follow::All);
  IdSet found;
  std::set_difference(ids.begin(), ids.end(), covered.begin(), covered.end(),
                      std::inserter(found, found.end()));
  return found;
}

bool Oracle::has_irregular_merge(const IdSet& ids) const {
  return std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
    return has(id) && parents(id, Follow::All).size() > 1 &&
           !is_antichain(parents(id, Follow::All));
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
  const auto found = starting(name);
  if (found.size() != 1) return {};
  return has(found.front()) ? found.front() : labels_.at(found.front());
}

std::vector<std::string> Oracle::starting(const std::string& prefix) const {
  std::vector<std::string> found;
  for (const auto& key : keys_) {
    if (key.size() >= 4 && key.starts_with(prefix)) found.push_back(key);
  }
  return found;
}

bool Oracle::share_line(const std::string& a, const std::string& b,
                        Follow follow) const {
  return ancestors({a}, follow).contains(b) || descendants({a}, follow).contains(b);
}

}  // namespace revise::conformance
