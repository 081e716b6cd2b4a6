#include "engine/operations/sink.hpp"

namespace revise::operations {

OperationSink::~OperationSink() = default;

const schema::Naming& OperationSink::naming() const {
  static const schema::Naming plain;
  return plain;
}

const RunArguments OperationSink::kNoArguments = {};

}  // namespace revise::operations
