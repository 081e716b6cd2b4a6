/// How PostgreSQL spells identity columns, and what changes of one.

#pragma once

#include <string>

#include "engine/schema/table.hpp"

namespace revise::postgresql {

/// "ALWAYS AS IDENTITY (START WITH 3)".
std::string identity_clause(const schema::Identity& identity);

/// What ALTER COLUMN takes to get from one identity to another: only what differs, in
/// the order of SQLAlchemy's names of the attributes. What `to` is silent on stays, as
/// in Alembic. Empty: nothing differs.
std::string identity_changes(const schema::Identity& from, const schema::Identity& to);

}  // namespace revise::postgresql
