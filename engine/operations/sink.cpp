#include "engine/operations/sink.hpp"

namespace revise::operations {

std::optional<AutocommitPlace> own_block_of(const Operation& operation) {
  const auto* object = std::get_if<ObjectOp>(&operation);
  if (object == nullptr) return std::nullopt;
  const auto* added = std::get_if<AddEnumValueOp>(&object->change);
  if (added == nullptr) return std::nullopt;
  return added->after_changes ? AutocommitPlace::AfterChanges : AutocommitPlace::First;
}

OperationSink::~OperationSink() = default;

const schema::Naming& OperationSink::naming() const {
  static const schema::Naming plain;
  return plain;
}

const RunArguments OperationSink::kNoArguments = {};

}  // namespace revise::operations
