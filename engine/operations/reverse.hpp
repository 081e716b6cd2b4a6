/// The operation that undoes another, where it can be told from the operation alone.

#pragma once

#include <optional>

#include "engine/operations/operation.hpp"

namespace revise::operations {

/// None where what was there before is not known, and for execute and bulk_insert.
std::optional<Operation> reverse(const Operation& operation);

}  // namespace revise::operations
