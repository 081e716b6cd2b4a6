#include <algorithm>
#include <array>
#include <map>

#include "tests/conformance/facts.hpp"
#include "tests/conformance/match.hpp"
#include "tests/conformance/rules.hpp"

namespace revise::conformance {

namespace {

bool repeats_an_id(const Judged& judged) { return judged.oracle.repeats_an_id(); }

std::string names_the_repeated(const Judged& judged) {
  std::map<std::string, int> count;
  for (const auto& revision : judged.data.revisions) ++count[revision.revision];
  for (const auto& [id, times] : count) {
    if (times > 1 && message_of(judged).find(id) != std::string::npos) {
      return no_error_fault(judged, "RevisionError");
    }
  }
  return "the repeated id is not named: " + judged.given.dump();
}

bool lacks_a_reference(const Judged& judged) {
  return !judged.oracle.absent().first.empty() && !judged.oracle.has_bad_names();
}

std::string names_the_absent(const Judged& judged) {
  const std::string text = message_of(judged);
  for (const auto& revision : judged.data.revisions) {
    auto references = revision.down_revisions;
    references.insert(references.end(), revision.depends_on.begin(),
                      revision.depends_on.end());
    for (const auto& each : references) {
      if (text.find("'" + revision.revision + "'") != std::string::npos &&
          text.find("'" + each + "'") != std::string::npos &&
          text.find(revision.origin) != std::string::npos && !judged.oracle.has(each)) {
        return {};
      }
    }
  }
  return "file, revision and what it refers to are not named: " + judged.given.dump();
}

// Each revision is below a head and above a base, both by down_revision alone and
// with dependencies, and yet some are their own ancestors.
bool has_hidden_cycle(const Judged& judged) {
  const Oracle& oracle = judged.oracle;
  if (!oracle.absent().first.empty() || judged.oracle.has_bad_names()) return false;
  if (oracle.cyclic().empty()) return false;
  IdSet real_bases;
  for (const auto& revision : judged.data.revisions) {
    if (revision.down_revisions.empty() && revision.depends_on.empty()) {
      real_bases.insert(revision.revision);
    }
  }
  const auto covers = [&](Follow follow, const IdSet& bases) {
    return oracle.ancestors(oracle.heads(follow), follow) == oracle.all() &&
           oracle.descendants(bases, follow) == oracle.all();
  };
  return covers(Follow::Versioned, oracle.bases()) && covers(Follow::All, real_bases);
}

std::string names_a_cycle(const Judged& judged) {
  const std::string text = message_of(judged);
  const auto open = text.find("Cycle is detected in revisions (");
  const auto open_too = text.find("Dependency cycle is detected in revisions (");
  if (open == std::string::npos && open_too == std::string::npos) {
    return "no cycle is reported: " + judged.given.dump();
  }
  const auto start = text.find('(') + 1;
  std::string list = text.substr(start, text.size() - start - 1) + ", ";
  IdSet named;
  for (auto comma = list.find(", "); comma != std::string::npos;
       comma = list.find(", ")) {
    named.insert(list.substr(0, comma));
    list.erase(0, comma + 2);
  }
  const IdSet cyclic = judged.oracle.cyclic();
  return std::includes(cyclic.begin(), cyclic.end(), named.begin(), named.end()) &&
                 named.size() > 1
             ? ""
             : "named as a cycle: " + text;
}

constexpr std::array kRules = {
    Departure{"one id in two files is refused",           repeats_an_id,     names_the_repeated},
    Departure{"an absent reference is named",             lacks_a_reference, names_the_absent  },
    Departure{"a cycle between head and base is refused", has_hidden_cycle,
              names_a_cycle                                                                    },
};

}  // namespace

std::span<const Departure> graph_rules() { return kRules; }

}  // namespace revise::conformance
