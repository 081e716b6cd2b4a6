/// Types that come and go with tables: made where there is none, and dropped when the
/// last table that used them is gone.

#pragma once

#include <string>

#include "engine/dialects/dialect.hpp"

namespace revise::postgresql {

dialects::TypeCare care_for_types(const dialects::Dialect& dialect,
                                  const operations::Operation& operation);

/// Drops of the types that were noted those that nothing uses.
std::string drop_left_types();

}  // namespace revise::postgresql
