/// What a compiled unit shows: its entry, the revision in it as plain values, and
/// its two functions as callables.
///
/// How an entry came to be in this process is the business of load.hpp and
/// bundle.hpp; whether its revision is the one that the scanner read, of commands.

#pragma once

#include <functional>
#include <string>
#include <vector>

namespace revise {
class Operations;
struct UnitEntry;
}  // namespace revise

namespace revise::unit {

/// A unit that is in this process and ready to run.
struct LoadedUnit {
  std::string name;                  ///< full revision id, as it was asked for
  std::string path;                  ///< of its source, as it was asked for
  const UnitEntry* entry = nullptr;  ///< good while the process lives
};

/// The revision as the compiler saw it.
struct CompiledRevision {
  std::string revision;
  std::vector<std::string> down_revisions;
  std::vector<std::string> branch_labels;
  std::vector<std::string> depends_on;
};

CompiledRevision compiled_revision(const LoadedUnit& unit);

/// Runs one of a unit's functions.
using UnitFunction = std::function<void(Operations&)>;

/// The unit's `upgrade`. Errors of the engine pass through it; whatever else the
/// unit throws becomes a UnitError that names the unit and holds the text of it.
/// While it runs, a crash is told by crash_notice.hpp. Good while the process lives.
UnitFunction upgrade_of(const LoadedUnit& unit);
UnitFunction downgrade_of(const LoadedUnit& unit);

/// The name under which the object of the unit `name` shows its entry: an
/// identifier of fixed length, whatever characters `name` holds.
std::string entry_symbol(const std::string& name);

/// Throws UnitError when `unit` was compiled against headers of another ABI.
void check_abi(const LoadedUnit& unit);

}  // namespace revise::unit
