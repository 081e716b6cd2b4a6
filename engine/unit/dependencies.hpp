/// Rules of Make that say what a file was made from: read as compilers write them with
/// -MD, and written for build systems.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace revise::unit {

/// The prerequisites of the one rule in `rule` (Make's syntax as GCC and clang write
/// it), in order; paths as the compiler spelt them.
std::vector<std::string> parse_dependencies(std::string_view rule);

/// The rule that `target` is made from `files`.
std::string render_dependencies(const std::string& target,
                                const std::vector<std::string>& files);

}  // namespace revise::unit
