#include "engine/unit/load.hpp"

#include <dlfcn.h>

#include <cassert>
#include <revise/env.hpp>
#include <revise/unit.hpp>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise::unit {

namespace {

// The library is never closed: values that a unit made may live as long as the
// process does, and their code stands in it.
void* opened(const std::string& path) {
  void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (library == nullptr) {
    const char* words = ::dlerror();
    throw UnitError("the library " + quoted(path) + " of built units does not load",
                    path, words != nullptr ? words : "");
  }
  return library;
}

const void* entry_in(void* handle, const UnitLibrary& library, const BuiltUnit& unit) {
  const void* entry = ::dlsym(handle, entry_symbol(unit.name).c_str());
  if (entry != nullptr) return entry;
  throw UnitError("the library " + quoted(library.path) + " lacks the unit " +
                      quoted(unit.path) + "; remove the build directory",
                  unit.path);
}

}  // namespace

std::vector<LoadedUnit> load_units(const BuiltUnits& built) {
  std::vector<LoadedUnit> units;
  units.reserve(built.units.size());
  for (const auto& unit : built.units) {
    units.push_back({unit.name, unit.path, nullptr});
  }
  for (const auto& library : built.libraries) {
    void* handle = opened(library.path);
    for (const auto place : library.units) {
      auto& unit = units.at(place);
      unit.entry =
          static_cast<const UnitEntry*>(entry_in(handle, library, built.units[place]));
      check_abi(unit);
    }
  }
  return units;
}

LoadedEnvironment load_environment(const BuiltUnits& built) {
  assert(built.units.size() == 1 && built.libraries.size() == 1);
  const auto& unit = built.units.front();
  const auto& library = built.libraries.front();
  LoadedEnvironment loaded{unit.path, static_cast<const EnvironmentEntry*>(entry_in(
                                          opened(library.path), library, unit))};
  check_abi(loaded);
  return loaded;
}

}  // namespace revise::unit
