/// The table by which a bundle knows the units that are linked into it.
///
/// Read by the engine and by the source that `revise bundle` writes; no unit needs it.

#pragma once

#include <revise/unit.hpp>

namespace revise {
struct EnvironmentEntry;
}

namespace revise::unit {

/// A revision in a bundle's generated source. Lists end with a null pointer.
struct BundleRow {
  const char* revision;
  const char* const* down_revisions;
  const char* const* branch_labels;
  const char* const* depends_on;
  const char* path;        ///< below the script location; need not be there
  const char* doc;         ///< the whole doc, as the scanner gave it
  const char* notes;       ///< whatever else commands wants back, opaque here
  const UnitEntry* entry;  ///< null for a revision that is not a C++ unit
};

/// What a bundle's main hands to commands; the plain tool has none.
struct BundleTable {
  unsigned abi;      ///< kUnitAbi
  const char* name;  ///< the section, as `-n` names it
  const char* ini;   ///< the build's ini, its URL taken out
  const BundleRow* rows;
  unsigned long size;
  const EnvironmentEntry* environment;  ///< of its env.cpp; null: there is none
};

}  // namespace revise::unit
