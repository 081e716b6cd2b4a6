/// Random changes, asked for as a unit would, and made to the model by themselves.

#pragma once

#include <functional>
#include <map>
#include <revise/op.hpp>
#include <string>
#include <vector>

#include "tests/batch/model.hpp"

namespace revise::testing {

struct RandomBatch {
  std::vector<std::function<void(BatchOperations& batch_op)>> asked = {};
  std::vector<std::string> told = {};  ///< the same for a person
  bool recreates_always = false;
  std::vector<std::string> order = {};    ///< partial_reordering; empty: none
  std::map<int, std::string> casts = {};  ///< types, by the number of the column
  Model after = {};
};

RandomBatch random_batch(const Model& before, Random& random);

}  // namespace revise::testing
