/// From ids to ordered steps, each with its change of the version rows: no effects.
///
/// What a step does to the database is engine/migration's business.

#pragma once

#include <string>
#include <vector>

#include "engine/graph/resolve.hpp"
#include "engine/graph/revision_map.hpp"
#include "engine/graph/version_rows.hpp"

namespace revise::graph {

enum class Direction { Upgrade, Downgrade };

/// One revision, up or down; or one row of a stamp, which runs nothing.
struct Step {
  Direction direction = Direction::Upgrade;
  RevisionId revision = {};           ///< of a stamp: where it leads, empty for base
  std::vector<RevisionId> from = {};  ///< for the log line, without dependencies;
  std::vector<RevisionId> to = {};    ///< empty: base
  RowChanges changes = {};
};

struct Plan {
  Rows before = {};              ///< the rows that the plan was made for
  std::vector<Step> steps = {};  ///< in the order to run them
  Rows after = {};               ///< the rows once all have run
};

/// Parents before children.
Plan plan_upgrade(const RevisionMap& map, const Rows& rows, const Selection& selection);

/// Children before parents.
Plan plan_downgrade(const RevisionMap& map, const Rows& rows,
                    const Selection& selection);

/// One step a revision stamped: it takes the place of the rows comparable with it,
/// all others stay. A row cleared has a step of its own.
Plan plan_stamp(const RevisionMap& map, const Rows& rows, const StampTargets& targets);

/// Steps that somebody chose; `direction` and `revision` of each are read.
/// Throws RevisionError on a step that cannot come next.
Plan plan_steps(const RevisionMap& map, const Rows& rows,
                const std::vector<Step>& chosen);

}  // namespace revise::graph
