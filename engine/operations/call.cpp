#include "engine/operations/call.hpp"

#include <revise/operations.hpp>

#include "engine/operations/arena.hpp"

namespace revise::operations {

void call(const std::function<void(Operations& op)>& function, OperationSink& sink) {
  Arena arena;
  const ArenaScope scope(arena);
  Operations op(sink);
  function(op);
}

}  // namespace revise::operations
