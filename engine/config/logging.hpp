/// The logging sections of an ini (Python's logging.config.fileConfig): which records
/// are shown, and how their lines look.
///
/// Writing the lines is the console's business.

#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/config/ini.hpp"
#include "engine/core/log.hpp"

namespace revise::config {

/// A handler that writes to standard error.
struct LogHandler {
  int level = 0;  ///< Python's numbers; 0: everything
  std::string format = "%(message)s";
  char style = '%';          ///< '%', '{' or '$'
  std::string datefmt = {};  ///< empty: Python's default, "2026-11-20 15:40:00,123"
};

struct LoggerSettings {
  int level = 0;  ///< 0: not set, the parent's counts
  bool propagate = true;
  bool disabled = false;
  std::vector<LogHandler> handlers = {};
};

struct LoggingSettings {
  /// By qualified name; "" is the root, which is always there.
  std::map<std::string, LoggerSettings, std::less<>> loggers = {};
  /// At most one, naming handlers that are not honoured.
  std::vector<std::string> warnings = {};
};

/// As the ini's sections say; without them as the template's: root WARNING, alembic
/// INFO, "%(levelname)-5.5s [%(name)s] %(message)s". Throws ConfigError, with file and
/// line, on sections that fileConfig refuses.
LoggingSettings read_logging(const Ini& ini);

struct LogRecord {
  log::Level level;
  std::string_view logger;
  std::string_view message;
  std::chrono::system_clock::time_point time = std::chrono::system_clock::now();
};

/// The line, or lines, to write for `record`, without a final newline; nothing when
/// no handler shows it.
std::optional<std::string> format_log_record(const LoggingSettings& settings,
                                             const LogRecord& record);

}  // namespace revise::config
