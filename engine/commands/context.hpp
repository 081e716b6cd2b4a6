/// Says, with an error that passes, what was being done (--raiseerr shows it).

#pragma once

#include <string>
#include <utility>

#include "engine/core/error.hpp"

namespace revise::commands {

/// What `function` returns; an Error that it throws gets the context `doing`.
template <typename Function>
auto in_context(const std::string& doing, Function&& function) {
  try {
    return std::forward<Function>(function)();
  } catch (Error& error) {
    error.add_context(doing);
    throw;
  }
}

}  // namespace revise::commands
