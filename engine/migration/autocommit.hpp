/// Where a block outside any transaction may stand.

#pragma once

#include <string>

#include "engine/operations/sink.hpp"

namespace revise::migration {

/// Throws UnitError when a block that must be its function's first change is not.
void check_autocommit_place(operations::AutocommitPlace place, bool has_changed);

/// Throws UnsupportedError: a block, of `step` where that is named, needs a session
/// that a pooler does not give.
[[noreturn]] void refuse_block(const std::string& step);

/// Throws UnitError: a block begins inside another.
[[noreturn]] void refuse_nested_autocommit();

}  // namespace revise::migration
