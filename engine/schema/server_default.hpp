/// Text that is SQL and text that is a literal, where either may stand.

#pragma once

#include <string>
#include <variant>

namespace revise::schema {

/// SQL taken as it stands.
struct Sql {
  std::string text;
  bool operator==(const Sql&) const = default;
};

/// A string that is quoted as a literal.
struct Literal {
  std::string text;
  bool operator==(const Literal&) const = default;
};

/// A column's DEFAULT.
using ServerDefault = std::variant<Literal, Sql>;

}  // namespace revise::schema
