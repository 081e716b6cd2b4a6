/// One executable with units linked in, and the table by which it knows them.
///
/// What is in the rows besides entries comes from commands, and goes back there
/// unread; where a bundle's settings come from is commands' business too.

#pragma once

#include <revise/bundle.hpp>
#include <string>
#include <vector>

#include "engine/unit/abi.hpp"
#include "engine/unit/build.hpp"
#include "engine/unit/environment.hpp"

namespace revise::unit {

/// A revision as commands hands it over to be written into the table.
struct BundleRevision {
  std::string revision;
  std::vector<std::string> down_revisions = {};
  std::vector<std::string> branch_labels = {};
  std::vector<std::string> depends_on = {};
  std::string path = {};  ///< as listings shall show it
  std::string doc = {};
  std::string notes = {};
  std::string source = {};  ///< the unit's file; empty: not a C++ unit
};

struct BundleRequest {
  std::string output;
  std::string name = {};
  std::string ini = {};
  std::vector<BundleRevision> revisions = {};  ///< in the order that listings use
  std::string environment = {};                ///< path of the env.cpp; empty: none
  std::vector<std::string> drivers = {};       ///< "sqlite", "postgresql"
  std::string depfile = {};  ///< empty: none; else what the bundle was made from, as a
                             ///< rule of Make for build systems
};

/// Compiles what is not cached, writes the table's source, and links the executable
/// under a temporary name that is then renamed to `request.output`. Same inputs, same
/// bytes. Throws UnitError when the compiler or linker refuses, or a library that
/// bundles need is not installed.
void write_bundle(const BundleRequest& request, const BuildSettings& settings,
                  const BuildProgress& progress = {});

/// The shared libraries that `executable` asks the loader for, as it names them, in
/// the order of its dynamic section. Throws UnitError when it is no ELF executable.
std::vector<std::string> needed_libraries(const std::string& executable);

/// The unit of `row`; `row.entry` must be there. Throws UnitError on another ABI.
LoadedUnit unit_of(const BundleRow& row);

/// The env.cpp of `table`, which has one. Throws UnitError on another ABI.
LoadedEnvironment environment_of(const BundleTable& table);

}  // namespace revise::unit

/// Defined by a bundle's generated source; absent (null) in the plain tool. Its main
/// says: `const auto* table = revise_bundle_table ? revise_bundle_table() : nullptr`.
extern "C" __attribute__((weak)) const revise::unit::BundleTable* revise_bundle_table();
