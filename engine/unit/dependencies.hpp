/// The rule that a compiler writes with -MD, as a list of files.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace revise::unit {

/// The prerequisites of the one rule in `rule` (Make's syntax as GCC and clang write
/// it), in order; paths as the compiler spelt them.
std::vector<std::string> parse_dependencies(std::string_view rule);

}  // namespace revise::unit
