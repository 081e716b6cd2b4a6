/// From what was asked for to ids: Target + graph + version rows -> ids.
///
/// What order they run in is order.hpp's business, what that does to the version
/// rows plan.hpp's. Throws RevisionError with Alembic's API text throughout: kind
/// Resolution (with candidates in the notes), MultipleHeads, RangeNotAncestor, or
/// Revision.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/graph/revision_map.hpp"
#include "engine/graph/target.hpp"
#include "engine/graph/version_rows.hpp"

namespace revise::graph {

/// A revision, or nothing for base.
using Resolved = std::optional<RevisionId>;

/// The one revision that `symbol` names. Throws MultipleHeads when it names several.
Resolved resolve_one(const RevisionMap& map, const Symbol& symbol);

/// All that `symbol` names, in load order; none for base. `-N` counts down from each
/// real head (of the label's branch), and may land on base.
std::vector<Resolved> resolve_all(const RevisionMap& map, const Symbol& symbol);
std::vector<Resolved> resolve_all(const RevisionMap& map, const Symbols& symbols);

/// The full ids of version rows (abbreviated ones are found too), in their order.
std::vector<RevisionId> resolve_rows(const RevisionMap& map, const Rows& rows);

/// The only head by down_revision, of the branch `label` if not empty; nothing when
/// there is no revision.
Resolved resolve_head(const RevisionMap& map, const std::string& label = {});

/// The bases on a line with what `symbol` names.
std::vector<RevisionId> resolve_bases(const RevisionMap& map, const Symbol& symbol);

/// What `current` lists: the rows and the tips that they stand on, by down_revision,
/// in load order.
std::vector<RevisionId> resolve_current(const RevisionMap& map, const Rows& rows);

/// A set of revisions to run or list.
struct Selection {
  std::vector<RevisionId> revisions = {};  ///< in load order
  std::vector<RevisionId> tips = {};       ///< where a walk through them starts
};

/// What lies between `rows` and `target`, dependencies included; empty: nothing to
/// do. Throws besides on targets, or rows, one of which contains the other.
Selection resolve_upgrade(const RevisionMap& map, const Rows& rows,
                          const Target& target);

/// What is applied above `target`, with all that depends on it. Throws besides on
/// `-N` from several rows, with the forms that would do in the notes.
Selection resolve_downgrade(const RevisionMap& map, const Rows& rows,
                            const Target& target);

/// One end of a listing: as spelt (empty: base or heads), or rows for "current".
using RangeEnd = std::variant<std::string, Rows>;

/// What `history -r start:end` lists, both ends included.
Selection resolve_history(const RevisionMap& map, const RangeEnd& start,
                          const RangeEnd& end);

/// What an upgrade to heads would run.
Selection resolve_pending(const RevisionMap& map, const Rows& rows);

/// Where a stamp leads.
struct StampTargets {
  std::vector<RevisionId> revisions = {};  ///< each once, none contains another
  /// What is to hold no row any more, besides what is comparable with `revisions`.
  std::vector<RevisionId> cleared = {};
  bool all_cleared = false;  ///< base: no row stays
};

/// Throws besides on revisions one of which contains the other (it says which), and
/// on base together with revisions.
StampTargets resolve_stamp(const RevisionMap& map, const Rows& rows,
                           const Symbols& symbols);

}  // namespace revise::graph
