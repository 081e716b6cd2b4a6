/// Python's log formats: '%', '{' and '$' styles, and dates by strftime.

#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "engine/core/log.hpp"

namespace revise::config {

/// One thing logged.
struct LogRecord {
  log::Level level;
  std::string_view logger;
  std::string_view message;
  std::chrono::system_clock::time_point time = std::chrono::system_clock::now();
};

/// "INFO", "WARNING", ...
std::string_view name_of(log::Level level);

/// How lines look (logging.Formatter).
struct LogFormat {
  std::string format = "%(message)s";
  char style = '%';          ///< '%', '{' or '$'
  std::string datefmt = {};  ///< empty: Python's default, "2026-11-20 15:40:00,123"
};

/// The line for `record`. What a record here does not have (pathname, lineno, ...) is
/// empty or 0; a field that no record of Python's has stands as it is written.
std::string format_line(const LogFormat& format, const LogRecord& record);

}  // namespace revise::config
