/// Small functions on text that more than one layer needs.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace revise {

/// `parts` in order with `separator` between; empty for none.
std::string join(const std::vector<std::string>& parts, std::string_view separator);

/// The pieces between each `separator`; one empty piece for empty `text`.
std::vector<std::string> split(std::string_view text, char separator);

/// Without leading and trailing ASCII white space.
std::string_view strip(std::string_view text);

/// ASCII letters lowered, all else as it is.
std::string lower(std::string_view text);

/// ASCII letters raised, all else as it is.
std::string upper(std::string_view text);

/// Each `from` (not empty) replaced by `to`, left to right, not rescanned.
std::string replace_all(std::string_view text, std::string_view from,
                        std::string_view to);

/// Between single quotes, as the project's messages name things.
std::string quoted(std::string_view text);

}  // namespace revise
