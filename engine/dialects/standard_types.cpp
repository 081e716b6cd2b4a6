#include "engine/dialects/standard_types.hpp"

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/dialects/identifier.hpp"

namespace revise::dialects {

namespace {

// Characters of UTF-8: bytes that do not go on with the one before.
int characters_in(const std::string& text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

}  // namespace

std::string string_type(std::string_view name, std::optional<int> length,
                        const std::string& collation) {
  std::string text(name);
  if (length.has_value()) text += "(" + std::to_string(*length) + ")";
  if (!collation.empty()) text += " COLLATE " + double_quoted(collation);
  return text;
}

std::string numeric_type(std::string_view name, std::optional<int> precision,
                         std::optional<int> scale) {
  std::string text(name);
  if (!precision.has_value()) return text;
  text += "(" + std::to_string(*precision);
  if (scale.has_value()) text += ", " + std::to_string(*scale);
  return text + ")";
}

int enum_length(const schema::EnumType& type) {
  int length = 0;
  for (const std::string& value : type.values) {
    length = std::max(length, characters_in(value));
  }
  if (!type.length.has_value()) return length;
  if (*type.length < length) {
    throw UnitError("an Enum of length " + std::to_string(*type.length) +
                    " has a value of " + std::to_string(length) + " characters");
  }
  return *type.length;
}

std::string sql_type(const schema::SqlType& type) {
  const std::string& name = type.name;
  if (name == "NUMERIC" || name == "DECIMAL") {
    return numeric_type(name, type.precision, type.scale);
  }
  // SQLAlchemy prints no length for these, which take none.
  if (name == "CLOB" || name == "BLOB") return string_type(name, {}, type.collation);
  return string_type(name, type.length, type.collation);
}

}  // namespace revise::dialects
