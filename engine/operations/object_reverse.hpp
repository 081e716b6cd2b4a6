/// reverse() for operations on what is no table.

#pragma once

#include <optional>

#include "engine/operations/operation.hpp"

namespace revise::operations {

/// As reverse() of reverse.hpp.
std::optional<Operation> reverse_of(const ObjectOp& op);

}  // namespace revise::operations
