/// A UUID as a value. The type of a column that holds some is `Uuid`.

#pragma once

#include <compare>
#include <string>

namespace revise {

#pragma GCC visibility push(default)

/// Its bytes in the order they are written.
struct UuidValue {
  unsigned char bytes[16] = {};

  /// Reads 32 hexadecimal digits, with or without the four usual dashes. Throws
  /// UnitError on anything else.
  static UuidValue from_string(const std::string& text);

  /// "01234567-89ab-cdef-0123-456789abcdef".
  std::string to_string() const;

  bool operator==(const UuidValue&) const = default;
  auto operator<=>(const UuidValue&) const = default;
};

#pragma GCC visibility pop

}  // namespace revise
