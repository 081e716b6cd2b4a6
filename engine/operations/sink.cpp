#include "engine/operations/sink.hpp"

namespace revise::operations {

OperationSink::~OperationSink() = default;

}  // namespace revise::operations
