/// How long a statement of a step may run or wait, as a unit says it.

#pragma once

#include <chrono>
#include <optional>

namespace revise {
class Value;
}

namespace revise::operations {

/// Absent: left alone; zero: no limit.
struct Timeouts {
  std::optional<std::chrono::milliseconds> lock_timeout = {};
  std::optional<std::chrono::milliseconds> statement_timeout = {};

  bool is_empty() const { return !lock_timeout && !statement_timeout; }
};

/// A number of milliseconds, or text such as "5s" as PostgreSQL reads it (us, ms, s,
/// min, h, d; no unit: ms). Throws UnitError, which calls it `name`.
std::optional<std::chrono::milliseconds> timeout_of(const Value& value,
                                                    const char* name);

}  // namespace revise::operations
