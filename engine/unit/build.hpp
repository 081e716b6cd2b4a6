/// From units' sources to libraries that can be loaded, through a private cache.
///
/// Which units a run needs is the plan's business; loading is load.hpp's.

#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/unit/engine_paths.hpp"

namespace revise::unit {

/// Which entry a source ends with.
enum class UnitKind {
  Revision,     ///< REVISE_UNIT
  Environment,  ///< REVISE_ENV
};

/// A unit to build.
struct UnitSource {
  std::string name;  ///< full revision id; unique in a call, and names the entry
  std::string path;
  UnitKind kind = UnitKind::Revision;
};

/// How units are compiled; the keys of the same name in the ini's `[revise]`.
struct BuildSettings {
  std::string compiler = "g++";  ///< a path, or a name that is looked for on PATH
  std::vector<std::string> cxxflags = {};             ///< after the engine's own
  std::vector<std::string> include_directories = {};  ///< before the engine's
  std::vector<std::string> libraries = {};  ///< paths, `-l…` or bare names, in order
  /// The cache's folder (`.revise` beside the ini), made when it is not there. Where
  /// it cannot be written, one below $XDG_CACHE_HOME or ~/.cache stands in.
  std::string build_directory = ".revise";
  std::size_t jobs = 0;  ///< compilers at a time; 0: one a processor
  EnginePaths engine = {};
};

/// Told once a unit, before it is compiled: how many are done, how many in all.
using BuildProgress =
    std::function<void(std::size_t done, std::size_t all, const UnitSource& unit)>;

/// A shared object that holds the entries of one or more units.
struct UnitLibrary {
  std::string path;
  std::vector<std::size_t> units;  ///< places in BuiltUnits::units; those asked for
};

/// Paths and content hashes of what the compiler read besides the source, the
/// engine's and the system's headers among them; many units share one list.
using Dependencies = std::vector<std::pair<std::string, std::string>>;

struct BuiltUnit {
  std::string name;
  std::string path;
  std::string object;  ///< relocatable file that shows nothing but the entry
  std::shared_ptr<const Dependencies> dependencies;
};

/// What a call of build_units yields; `units` in the order asked for.
struct BuiltUnits {
  std::vector<BuiltUnit> units;
  std::vector<UnitLibrary> libraries;
  std::size_t compiled = 0;  ///< how many of `units` the cache did not have
};

/// Compiles those of `sources` that the cache does not have, `jobs` at a time, links
/// what is new, and loads that once in a child process. With all in the cache no
/// process is started. Throws UnitError for the first unit, in the order given, that
/// does not compile or link, has no entry, or crashes when it is loaded; units that
/// did compile stay cached. An empty list touches nothing.
BuiltUnits build_units(const std::vector<UnitSource>& sources,
                       const BuildSettings& settings,
                       const BuildProgress& progress = {});

/// Same, but stops at objects: nothing is linked or loaded (for bundles).
BuiltUnits compile_units(const std::vector<UnitSource>& sources,
                         const BuildSettings& settings,
                         const BuildProgress& progress = {});

/// Those headers of `unit` that lie outside `script_directory`, the engine's and the
/// system's left out: what a unit of long life should not include.
std::vector<std::string> foreign_headers(const BuiltUnit& unit,
                                         const std::string& script_directory,
                                         const BuildSettings& settings);

/// The text of a compile_commands.json for `sources`, as clangd reads it
/// (https://clang.llvm.org/docs/JSONCompilationDatabase.html).
std::string compile_commands(const std::vector<UnitSource>& sources,
                             const BuildSettings& settings);

}  // namespace revise::unit
