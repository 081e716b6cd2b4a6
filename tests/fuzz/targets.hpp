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

/// Reads `sql` as what SQLite stores of a table, an index or a trigger. Whatever it
/// holds, there is a table whose pieces add up to it, and which edits leave one that is
/// read again, or UnsupportedError.
void check_create_table(std::string_view sql);

}  // namespace revise::fuzz
