/// How PostgreSQL spells the types of columns.

#pragma once

#include <string>

#include "engine/dialects/dialect.hpp"
#include "engine/schema/type.hpp"

namespace revise::postgresql {

/// Throws UnitError on an Enum without a name.
std::string type_name(const dialects::Dialect& dialect, const schema::Type& type);

}  // namespace revise::postgresql
