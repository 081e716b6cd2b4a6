/// Links units' objects into libraries, and tries in a child process that they load.
///
/// Which objects go together is build.cpp's business.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/unit/cache_folder.hpp"
#include "engine/unit/toolchain.hpp"

namespace revise::unit {

/// An object as it goes into a library.
struct LinkInput {
  std::string path;    ///< of the unit's source, for errors
  std::string object;  ///< absolute
};

/// Links `inputs` into `library`, a name in the cache, and loads it once in a child
/// process. Throws UnitError, with the name of the unit at fault where one is, when
/// that does not link, does not load, or crashes while it is loaded.
void link_library(const std::vector<LinkInput>& inputs, const Toolchain& toolchain,
                  const BuildSettings& settings, const CacheFolder& cache,
                  const std::string& library);

}  // namespace revise::unit
