/// The spelling of types that databases share.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/schema/type.hpp"

namespace revise::dialects {

/// `VARCHAR(50) COLLATE "x"`.
std::string string_type(std::string_view name, std::optional<int> length,
                        const std::string& collation);

/// `NUMERIC(10, 2)`.
std::string numeric_type(std::string_view name, std::optional<int> precision,
                         std::optional<int> scale);

/// Characters of the longest value, or the length that is asked for.
int enum_length(const schema::EnumType& type);

/// A type named by SQL's own word, spelt as written.
std::string sql_type(const schema::SqlType& type);

}  // namespace revise::dialects
