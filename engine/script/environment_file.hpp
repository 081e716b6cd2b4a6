/// The env.cpp of a script directory, as far as its text shows.
///
/// Building and calling it is the business of engine/unit and commands.

#pragma once

#include <string>

namespace revise::script {

inline constexpr const char* kEnvironmentFile = "env.cpp";

/// The path of the env.cpp in the folder `directory`; empty where there is none, or
/// nothing but comments in it. Throws UnitError on one that cannot be read.
std::string find_environment(const std::string& directory);

}  // namespace revise::script
