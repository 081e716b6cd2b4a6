/// Tables of every kind that SQLite has, with rows, and what hangs on them.

#pragma once

#include "tests/batch/model.hpp"

namespace revise::testing {

/// A column's name that the model has not.
std::string new_name(const Model& model, Random& random);

Model random_model(Random& random);

/// A value for the column, as SQL; it may break a constraint.
std::string random_value(const Model& model, const ModelColumn& column, Random& random);

/// INSERT OR IGNORE of rows into the model's table, its children and the others.
std::vector<std::string> random_rows(const Model& model, Random& random);

}  // namespace revise::testing
