/// The operations that undo another, where they can be told from the operation alone.
///
/// Running them backwards through a whole function is op.reverse()'s business.

#pragma once

#include <optional>
#include <vector>

#include "engine/operations/operation.hpp"

namespace revise::operations {

/// In the order to run them in; none where what was there before is not known, where
/// the operation may have found things done already (`if_not_exists`, `if_exists`), and
/// for execute and bulk_insert. Nothing in them says CASCADE.
std::optional<std::vector<Operation>> reverse(const Operation& operation);

/// "foreignkey", "primary", "unique" or "check", as drop_constraint takes it; empty for
/// an EXCLUDE, which Alembic has no word for.
const char* type_of_constraint(const schema::Constraint& constraint);

/// "create_table 'account'" and the like, for messages.
std::string name_of(const Operation& operation);

}  // namespace revise::operations
