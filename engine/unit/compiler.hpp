/// Runs the compiler over units, several at a time.
///
/// Whether a unit has to be compiled, and what becomes of the object, is build.cpp's
/// business.

#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "engine/unit/build.hpp"
#include "engine/unit/cache_folder.hpp"
#include "engine/unit/toolchain.hpp"

namespace revise::unit {

struct CompileJob {
  UnitSource source;
  std::string symbol;  ///< what the entry is to be called
};

struct CompiledObject {
  std::string file;  ///< a temporary name in the cache; shows nothing but the entry
  std::vector<std::string> dependencies;  ///< absolute, without the source
};

/// Takes an object and the place of its job.
using ObjectSink = std::function<void(std::size_t place, const CompiledObject& object)>;

/// Compiles `work`, at most `settings.jobs` (not 0) at a time, and hands each object
/// to `on_done` as it is ready; warnings go to the log. Throws UnitError for the first
/// unit, in the order given, that does not compile or declares no revision, once the
/// others that were started have ended. `precompiled` as precompiled_headers() gives.
void compile_objects(const std::vector<CompileJob>& work, const Toolchain& toolchain,
                     const CacheFolder& cache, const std::string& precompiled,
                     const BuildSettings& settings, const BuildProgress& progress,
                     const ObjectSink& on_done);

/// The folder to look for precompiled headers in, which is filled when it is not
/// there; empty where there are none (they save half of a unit's time with GCC).
/// `key` is what they depend on.
std::string precompiled_headers(const EnginePaths& engine, const Toolchain& toolchain,
                                const CacheFolder& cache, const std::string& key);

}  // namespace revise::unit
