/// What a person can do about a statement that a database refused.
///
/// What the server itself says of it, its hint too, is failure.hpp's business.

#pragma once

#include <string>

#include "engine/core/error.hpp"
#include "engine/graph/plan.hpp"

namespace revise::migration {

/// One sentence, or nothing where the server's words say it all. `step` is the one
/// whose unit asked for the statement; null: the engine did.
std::string way_out(const DatabaseError& error, const graph::Step* step);

}  // namespace revise::migration
