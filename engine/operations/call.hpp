/// Calls a unit's function the way units expect to be called.

#pragma once

#include <functional>

#include "engine/operations/sink.hpp"

namespace revise {
class Operations;
}

namespace revise::operations {

/// Gives `function` operations that go to `sink`; what handles it makes lives until it
/// returns. Throws what it throws.
void call(const std::function<void(Operations& op)>& function, OperationSink& sink);

}  // namespace revise::operations
