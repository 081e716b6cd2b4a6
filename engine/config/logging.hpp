/// The logging sections of an ini (Python's logging.config.fileConfig): which records
/// are shown, and how their lines look.
///
/// Writing the lines is the console's business.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/config/ini.hpp"
#include "engine/config/log_format.hpp"

namespace revise::config {

/// A handler that writes to standard error.
struct LogHandler {
  int level = 0;  ///< Python's numbers; 0: everything
  LogFormat format = {};
};

struct LoggerSettings {
  int level = 0;  ///< 0: not set, the parent's counts; of the root: everything
  bool propagate = true;
  std::vector<LogHandler> handlers = {};
  bool has_other_handlers = false;  ///< that are not honoured
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

/// Whether the level of `logger`, or of the nearest above it that has one, lets such
/// records pass.
bool lets_pass(const LoggingSettings& settings, log::Level level,
               std::string_view logger);

/// The line, or lines, to write for `record`, without a final newline; nothing when
/// no handler shows it. Without any handler on its way a warning is shown bare, as by
/// Python's last resort.
std::optional<std::string> format_log_record(const LoggingSettings& settings,
                                             const LogRecord& record);

}  // namespace revise::config
