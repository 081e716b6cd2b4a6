/// How a compiled unit presents itself to the engine that loads it.

#pragma once

#include <revise/revision.hpp>

namespace revise {

class Operations;

/// Changes whenever units that are compiled against older headers cannot be run.
inline constexpr unsigned kUnitAbi = 1;

/// The one symbol that a unit shows.
struct UnitEntry {
  unsigned abi;  ///< kUnitAbi of the headers that the unit was compiled against
  const Revision* revision;
  void (*upgrade)(Operations& op);
  void (*downgrade)(Operations& op);
};

}  // namespace revise

/// The entry's name; `revise` gives each unit one of its own while compiling it.
#ifndef REVISE_UNIT_SYMBOL
#define REVISE_UNIT_SYMBOL revise_unit
#endif

/// Declares a unit: its constexpr Revision and its two functions.
#define REVISE_UNIT(revision, upgrade, downgrade)                               \
  extern "C" {                                                                  \
  extern __attribute__((visibility("default")))                                 \
  const ::revise::UnitEntry REVISE_UNIT_SYMBOL;                                 \
  const ::revise::UnitEntry REVISE_UNIT_SYMBOL{::revise::kUnitAbi, &(revision), \
                                               &(upgrade), &(downgrade)};       \
  }
