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

void run_in_block(OperationSink& sink, AutocommitPlace place,
                  const std::function<void()>& body) {
  sink.begin_autocommit_block(place);
  try {
    body();
  } catch (...) {
    sink.abandon_autocommit_block();
    throw;
  }
  sink.end_autocommit_block();
}

const RunArguments OperationSink::kNoArguments = {};

}  // namespace revise::operations
