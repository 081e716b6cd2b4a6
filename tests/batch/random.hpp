/// Random choices that a seed makes again, on any machine.

#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace revise::testing {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  /// 0 to `limit` - 1.
  int below(int limit) {
    return static_cast<int>(engine_() % static_cast<std::uint64_t>(limit));
  }
  /// True in `percent` of a hundred cases.
  bool chance(int percent) { return below(100) < percent; }
  template <typename T>
  const T& one_of(const std::vector<T>& values) {
    return values.at(static_cast<std::size_t>(below(static_cast<int>(values.size()))));
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace revise::testing
