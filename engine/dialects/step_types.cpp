#include "engine/dialects/step_types.hpp"

namespace revise::dialects {

StepTypes::Prepared StepTypes::prepare(const operations::Operation& operation) {
  TypeCare care = dialect_.care_for_types(operation);
  Prepared prepared;
  if (care.makes_types) prepared.notes = finish();
  if (!care.note.empty()) {
    prepared.notes.push_back(std::move(care.note));
    may_be_left_ = true;
  }
  prepared.before = std::move(care.before);
  prepared.instead = std::move(care.instead);
  return prepared;
}

std::vector<std::string> StepTypes::finish() {
  if (!may_be_left_) return {};
  may_be_left_ = false;
  return {dialect_.drop_left_types()};
}

}  // namespace revise::dialects
