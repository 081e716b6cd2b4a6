/// Where a run gets the functions of its units from.
///
/// Building and loading them is engine/unit's business; commands puts both together.

#pragma once

#include <functional>
#include <vector>

#include "engine/graph/plan.hpp"

namespace revise {
class Operations;
}

namespace revise::migration {

struct UnitFunctions {
  std::function<void(Operations& op)> upgrade = {};
  std::function<void(Operations& op)> downgrade = {};
};

struct UnitSource {
  /// Whether at() can give all of these at once, without starting a compiler.
  std::function<bool(const std::vector<graph::RevisionId>& ids)> ready = {};
  /// Builds and loads what ready() lacks. Called without lock or transaction. Throws
  /// UnitError.
  std::function<void(const std::vector<graph::RevisionId>& ids)> prepare = {};
  /// The functions of one unit that is ready. Throws UnitError.
  std::function<UnitFunctions(const graph::RevisionId& id)> at = {};
};

}  // namespace revise::migration
