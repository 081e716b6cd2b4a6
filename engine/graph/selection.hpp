/// Which revisions lie between two ends: the general form of what commands ask for.
///
/// Follows _collect_upgrade_revisions and _collect_downgrade_revisions of Alembic's
/// script/revision.py 1.19; resolve.hpp has the commands' forms of it.

#pragma once

#include "engine/graph/resolve.hpp"
#include "engine/graph/symbols.hpp"
#include "engine/graph/target.hpp"

namespace revise::graph {

/// Whether what an end names is part of what lies between.
enum class Ends { Exclusive, Inclusive };

/// How far a selection goes.
enum class Scope {
  Downstream,  ///< what stands on the lower end, by down_revision alone
  Everything,  ///< all that the upper end needs, whatever branch it is on
};

struct SelectionOptions {
  Ends ends = Ends::Exclusive;
  Scope scope = Scope::Downstream;
  Overrun overrun = Overrun::Refuse;
};

/// What a downgrade is to leave, and the branch that it keeps to.
struct DowngradeEnd {
  std::string branch = {};  ///< empty: all
  Place place = {};
};

/// `lower` as a downgrade from `upper` reads it.
DowngradeEnd downgrade_end(const RevisionMap& map, const Target& upper,
                           const Target& lower, Overrun overrun);

/// What `upper` needs and `lower` does not have.
Selection select_upward(const RevisionMap& map, const Target& upper,
                        const Target& lower, const SelectionOptions& options);

/// What of `upper` has to go for `lower` to be the state. Of `options.scope`,
/// Everything winds other branches back to base, too.
Selection select_downward(const RevisionMap& map, const Target& upper,
                          const Target& lower, const SelectionOptions& options);

}  // namespace revise::graph
