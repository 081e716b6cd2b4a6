/// Expected text, with holes for what differs from run to run.
///
/// A line `...` stands for any lines, also none; `{*}` in a line for any text.

#pragma once

#include <string>
#include <string_view>

namespace revise::testing {

/// Nothing, or where and how `text` departs from `pattern`, as a person reads it.
/// The ends of both are compared with trailing newlines taken off.
std::string mismatch(std::string_view pattern, std::string_view text);

}  // namespace revise::testing
