/// Every text in which this layer refuses something, each in one place.
///
/// They are Alembic's API texts (script/revision.py 1.19) where it has one. What a
/// command prints instead is commands/revision_message's business.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/graph/revision.hpp"
#include "engine/graph/target.hpp"

namespace revise::graph {

using Ids = std::vector<RevisionId>;

RevisionError self_loop(const Revision& revision);
RevisionError dependency_self_loop(const Revision& revision);
RevisionError cycle(const Ids& ids, RevisionErrorKind kind);
RevisionError illegal_characters(const Revision& revision, std::string_view illegal);
RevisionError empty_id(const Revision& revision);
RevisionError repeated_id(const Revision& first, const Revision& second);
RevisionError repeated_label(const std::string& label, const Revision& revision,
                             const Revision& user);
RevisionError absent_reference(const Revision& revision, const std::string& reference);

RevisionError no_such_revision(const std::string& name);
RevisionError several_start_with(const std::string& name, const Ids& candidates);
RevisionError no_such_branch(const std::string& label);
RevisionError not_on_branch(const RevisionId& id, const std::string& label,
                            const std::string& name);
RevisionError multiple_heads(const std::string& argument, const Ids& heads);
RevisionError not_an_ancestor(const std::string& lower, const std::string& upper);
RevisionError overlaps(const RevisionId& id, const Ids& others);
/// `offset` as spelt, "+5".
RevisionError relative_too_far(std::string_view offset);
RevisionError walked_too_far();
RevisionError ambiguous_walk(const Ids& candidates);
RevisionError ambiguous_upgrade(const Ids& rows);
RevisionError ambiguous_downgrade(const Relative& target, const Ids& rows);
RevisionError ambiguous_branch_tip(const Relative& target, const Ids& tips);
RevisionError no_branch_to_drop();
RevisionError no_label_to_filter(const RevisionId& id, std::size_t labels);
RevisionError nothing_named(std::string_view text);
RevisionError no_such_range();
RevisionError stamp_overlap(const RevisionId& upper, const RevisionId& lower);
RevisionError stamp_base_and_more();
RevisionError step_out_of_turn(const RevisionId& id, const std::string& why);
RevisionError row_not_met(const std::string& row, std::string_view why);

}  // namespace revise::graph
