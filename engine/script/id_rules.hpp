/// What an identifier may be: the rules of <revise/revision.hpp>, for readers and
/// writers of units, who tell which rule was broken.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace revise::script {

inline constexpr std::size_t kMaxIdLength = 255;  ///< in bytes
inline constexpr std::size_t kMaxIds = 32;        ///< in one list

/// What keeps `id` from being one, as "is empty" or "holds ' '"; empty: nothing.
std::string fault_of_id(std::string_view id);

/// The characters of `id` that are not allowed, sorted, each once, printable.
std::vector<std::string> illegal_characters(std::string_view id);

}  // namespace revise::script
