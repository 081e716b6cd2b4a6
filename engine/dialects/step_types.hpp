/// The types that tables bring along, and leave, over one step.
///
/// A type is made with a table unless it is there; one that a table leaves goes at the
/// end of the step, or before another is made, if nothing uses it then: so that a unit
/// that drops it itself finds it. What that takes is the dialect's to say.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/dialects/dialect.hpp"

namespace revise::dialects {

class StepTypes {
 public:
  explicit StepTypes(const Dialect& dialect) : dialect_(dialect) {}

  /// What to do in place of `operation`: all of `notes`, then of `before`, then itself
  /// or what stands instead of it.
  struct Prepared {
    std::vector<std::string> notes = {};   ///< the engine's own, not the unit's doing
    std::vector<std::string> before = {};  ///< makes types
    std::optional<operations::Operation> instead = {};
  };
  Prepared prepare(const operations::Operation& operation);

  /// What ends the step; usually nothing.
  std::vector<std::string> finish();

 private:
  const Dialect& dialect_;
  bool may_be_left_ = false;
};

}  // namespace revise::dialects
