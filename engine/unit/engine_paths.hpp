/// Where the headers and libraries are that belong to the running tool.
///
/// An installed tool has them below its prefix, one in a build folder has those of
/// the source tree: a unit is always compiled against the headers of the tool that
/// runs it.

#pragma once

#include <string>

namespace revise::unit {

struct EnginePaths {
  std::string include;  ///< folder that holds revise/op.hpp
  std::string library;  ///< folder that holds librevise.a and what bundles link
};

/// Those of the running executable. Throws UnitError, which names where it looked,
/// when there are no headers.
EnginePaths engine_paths();

}  // namespace revise::unit
