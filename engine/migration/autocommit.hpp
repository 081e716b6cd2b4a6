/// Where a block outside any transaction may stand.

#pragma once

#include <string>
#include <string_view>

namespace revise::migration {

/// Whether a query may change something, by its words, that is not counted among the
/// rows it touched. What a function that it calls does is not known. Linear.
bool may_change(std::string_view query);

/// Throws UnitError: a block that must be its function's first change is not.
[[noreturn]] void refuse_late_block();

/// Throws UnsupportedError: a block, of `step` where that is named, cannot be here, for
/// the reason `why`.
[[noreturn]] void refuse_block(const std::string& step, const std::string& why);

/// Throws UnitError: a block begins inside another.
[[noreturn]] void refuse_nested_autocommit();

}  // namespace revise::migration
