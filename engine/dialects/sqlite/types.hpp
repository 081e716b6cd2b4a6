/// How SQLite spells the types of columns.

#pragma once

#include <string>

#include "engine/schema/type.hpp"

namespace revise::sqlite {

/// Throws UnsupportedError on an array.
std::string type_name(const schema::Type& type);

}  // namespace revise::sqlite
