/// Finds what somebody probably meant by a word that does not exist.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace revise::commands {

/// "; did you mean 'history'?" for the closest of `known`, or nothing when none is
/// close: at most a third of the letters differ.
std::string suggestion(std::string_view word, const std::vector<std::string>& known);

}  // namespace revise::commands
