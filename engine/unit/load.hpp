/// Built units into this process.

#pragma once

#include <vector>

#include "engine/unit/abi.hpp"
#include "engine/unit/build.hpp"
#include "engine/unit/environment.hpp"

namespace revise::unit {

/// Loads the libraries of `built`; they stay while the process lives. Yields the
/// units in the order of `built.units`. Throws UnitError when a unit does not load,
/// lacks its entry or has another ABI.
std::vector<LoadedUnit> load_units(const BuiltUnits& built);

/// The same for `built` of one source, an env.cpp.
LoadedEnvironment load_environment(const BuiltUnits& built);

}  // namespace revise::unit
