#include "engine/operations/timeouts.hpp"

#include <charconv>
#include <cmath>
#include <revise/operations.hpp>
#include <string>
#include <string_view>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/operations/handles.hpp"
#include "engine/operations/sink.hpp"

namespace revise::operations {

namespace {

constexpr double kMost = 2147483647;  // of PostgreSQL's time-outs, in milliseconds

// https://www.postgresql.org/docs/15/config-setting.html, 20.1.1
std::optional<double> factor(std::string_view unit) {
  if (unit.empty() || unit == "ms") return 1;
  if (unit == "us") return 0.001;
  if (unit == "s") return 1000;
  if (unit == "min") return 60'000;
  if (unit == "h") return 3'600'000;
  if (unit == "d") return 86'400'000;
  return std::nullopt;
}

std::optional<double> milliseconds_in(std::string_view text) {
  double number = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] =
      std::from_chars(text.data(), last, number, std::chars_format::fixed);
  if (error != std::errc()) return std::nullopt;
  const auto unit =
      factor(strip(std::string_view(end, static_cast<std::size_t>(last - end))));
  return unit ? std::optional<double>(number * *unit) : std::nullopt;
}

}  // namespace

std::optional<std::chrono::milliseconds> timeout_of(const Value& value,
                                                    const char* name) {
  if (value.kind() == Value::Kind::Null) return std::nullopt;
  std::optional<double> wanted;
  if (value.kind() == Value::Kind::Whole) {
    wanted = static_cast<double>(value.integer());
  } else if (value.kind() == Value::Kind::Words) {
    wanted = milliseconds_in(strip(text_of(value.text())));
  }
  if (!wanted || *wanted < 0 || *wanted > kMost) {
    throw UnitError(std::string(name) +
                    " is a number of milliseconds, or one with a unit: \"500ms\", "
                    "\"30s\", \"5min\", \"1h\"; 0: no limit");
  }
  // A fraction is no reason to wait for ever.
  return std::chrono::milliseconds(std::llround(std::ceil(*wanted)));
}

}  // namespace revise::operations

namespace revise {

void Operations::set_timeouts(const TimeoutOptions& options) {
  sink_.set_timeouts(
      {.lock_timeout = operations::timeout_of(options.lock_timeout, "lock_timeout"),
       .statement_timeout =
           operations::timeout_of(options.statement_timeout, "statement_timeout")});
}

}  // namespace revise
