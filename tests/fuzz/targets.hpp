/// What must hold for every input of a scanner: libFuzzer and the suite both ask it.

#pragma once

#include <string_view>

namespace revise::fuzz {

/// Scans `source` as a unit. Whatever it holds, the scanner gives a Script or throws
/// UnitError; a Script written anew in the plainest form scans to the same. Aborts
/// when that does not hold.
void check_unit(std::string_view source);

/// The same for a Python revision.
void check_python(std::string_view source);

}  // namespace revise::fuzz
