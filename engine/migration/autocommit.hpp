/// Where a block outside any transaction may stand.

#pragma once

#include "engine/operations/sink.hpp"

namespace revise::migration {

/// Throws UnitError when a block that must be its function's first change is not.
void check_autocommit_place(operations::AutocommitPlace place, bool has_changed);

/// Throws UnitError: a block begins inside another.
[[noreturn]] void refuse_nested_autocommit();

}  // namespace revise::migration
