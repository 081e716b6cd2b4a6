/// A folder of units for a test, with a cache and a compiler that counts its starts.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/unit/build.hpp"
#include "engine/unit/load.hpp"
#include "tests/support/temporary_folder.hpp"

namespace revise::testing {

/// What a unit is made of; the rest is as a template has it.
struct UnitText {
  std::string upgrade = {};  ///< the body of its function
  std::string before = {};   ///< between the include and the revision
  std::string include = "#include <revise/op.hpp>";
};

/// A unit that defines, outside the anonymous namespace, what another call of this
/// defines under the same names, and executes `word` four times by way of them.
UnitText copy_with(const std::string& word);

class UnitProject {
 public:
  UnitProject();

  /// Writes `versions/<name>.cpp` of the revision `name`.
  unit::UnitSource write(const std::string& name, const UnitText& text) const;

  std::string path(std::string_view name) const { return folder_ / name; }

  unit::BuildSettings settings = {};

  /// Puts a script before the compiler that notes each start with its arguments.
  void count_compiler_starts();
  /// How often a unit or header was compiled, or units were linked, since the last
  /// call; questions for the version and the like count too.
  std::size_t compiler_starts() const;

 private:
  TemporaryFolder folder_;
};

/// The statements that the units' upgrades execute, one after the other, joined by
/// a blank.
std::string upgraded(const std::vector<unit::LoadedUnit>& units);

/// Builds, loads and upgrades.
std::string built_and_upgraded(const std::vector<unit::UnitSource>& sources,
                               const unit::BuildSettings& settings);

/// The error of `action` as `revise` would print it: message, then output. Empty when
/// it does not throw.
template <typename Action>
std::string unit_error_of(const Action& action);

}  // namespace revise::testing

#include "engine/core/error.hpp"

template <typename Action>
std::string revise::testing::unit_error_of(const Action& action) {
  try {
    action();
  } catch (const UnitError& error) {
    return std::string(error.what()) + "\n" + error.output();
  }
  return {};
}
