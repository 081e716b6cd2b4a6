/// Looking for words in what was told.

#pragma once

#include <doctest/doctest.h>

#include <string>

namespace revise::testing {

/// Whether `part` is in `text`, which is printed when it is not.
inline bool holds(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return true;
  MESSAGE(text);
  return false;
}

}  // namespace revise::testing
