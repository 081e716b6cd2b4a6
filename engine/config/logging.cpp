#include "engine/config/logging.hpp"

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise::config {

namespace {

constexpr int kWarning = 30;
constexpr int kInfo = 20;

// fileConfig of Python 3.11's logging.config, without what is code.
class Reader {
 public:
  explicit Reader(const Ini& ini) : ini_(ini) {}

  LoggingSettings read() {
    read_formatters();
    read_handlers();
    LoggingSettings settings;
    settings.loggers[""].level = kWarning;
    for (const auto& name : keys_of("loggers")) {
      const auto section = "logger_" + name;
      const bool is_root = name == "root";
      auto& logger = settings.loggers[is_root ? "" : required(section, "qualname")];
      if (const auto level = ini_.get(section, "level")) {
        logger.level = level_of(section, *level);
      }
      if (const auto propagate = ini_.get(section, "propagate");
          propagate && !is_root) {
        logger.propagate = strip(*propagate) != "0";
      }
      add_handlers(section, logger);
    }
    if (!others_.empty()) {
      settings.warnings.push_back(
          "only handlers that write to standard error are honoured; left out: " +
          join(others_, ", "));
    }
    return settings;
  }

 private:
  [[noreturn]] void refuse(std::string_view section, std::string_view key,
                           const std::string& why) const {
    const auto* found = ini_.find(section);
    const int line = ini_.line_of(section, key);
    throw ConfigError("logging: " + why, ini_.file(),
                      line != 0 || found == nullptr ? line : found->line);
  }

  std::string required(const std::string& section, std::string_view key) const {
    const auto value = ini_.get(section, key);
    if (!value) {
      refuse(section, key, "[" + section + "] is absent or has no " + quoted(key));
    }
    return *value;
  }

  static std::vector<std::string> names(const std::string& list) {
    std::vector<std::string> stripped;
    for (const auto& name : split(list, ',')) {
      if (!strip(name).empty()) stripped.emplace_back(strip(name));
    }
    return stripped;
  }

  std::vector<std::string> keys_of(const std::string& section) const {
    return names(required(section, "keys"));
  }

  int level_of(const std::string& section, const std::string& name) const {
    const struct {
      std::string_view name;
      int level;
    } rows[] = {
        {"CRITICAL", 50},
        {"FATAL",    50},
        {"ERROR",    40},
        {"WARN",     30},
        {"WARNING",  30},
        {"INFO",     20},
        {"DEBUG",    10},
        {"NOTSET",   0 },
    };
    for (const auto& row : rows) {
      if (row.name == name) return row.level;
    }
    refuse(section, "level", "there is no level " + quoted(name));
  }

  // '%' is not doubled in these: they are read as they are written.
  void read_formatters() {
    for (const auto& name : keys_of("formatters")) {
      const auto section = "formatter_" + name;
      LogFormat format;
      format.format = ini_.raw(section, "format").value_or(format.format);
      format.datefmt = ini_.raw(section, "datefmt").value_or("");
      const auto style = ini_.raw(section, "style").value_or("%");
      if (style != "%" && style != "{" && style != "$") {
        refuse(section, "style", quoted(style) + " is no style; expected %, { or $");
      }
      format.style = style[0];
      formats_[name] = format;
    }
  }

  static bool writes_to_stderr(const std::string& class_name, const std::string& args) {
    const auto stripped = strip(args);
    return (class_name == "StreamHandler" || class_name == "logging.StreamHandler") &&
           (stripped.empty() || stripped == "()" ||
            stripped.find("sys.stderr") != std::string_view::npos);
  }

  void read_handlers() {
    for (const auto& name : keys_of("handlers")) {
      const auto section = "handler_" + name;
      if (!writes_to_stderr(required(section, "class"),
                            ini_.get(section, "args").value_or(""))) {
        others_.push_back(name);
        continue;
      }
      LogHandler handler;
      const auto level = ini_.get(section, "level").value_or("");
      if (!level.empty()) handler.level = level_of(section, level);
      const auto format = ini_.get(section, "formatter").value_or("");
      if (!format.empty()) {
        const auto found = formats_.find(format);
        if (found == formats_.end()) {
          refuse(section, "formatter", "there is no formatter " + quoted(format));
        }
        handler.format = found->second;
      }
      handlers_[name] = handler;
    }
  }

  void add_handlers(const std::string& section, LoggerSettings& logger) const {
    for (const auto& name : names(required(section, "handlers"))) {
      const auto found = handlers_.find(name);
      if (found != handlers_.end()) {
        logger.handlers.push_back(found->second);
      } else if (std::find(others_.begin(), others_.end(), name) != others_.end()) {
        logger.has_other_handlers = true;
      } else {
        refuse(section, "handlers", "there is no handler " + quoted(name));
      }
    }
  }

  const Ini& ini_;
  std::map<std::string, LogFormat> formats_;
  std::map<std::string, LogHandler> handlers_;
  std::vector<std::string> others_;
};

LoggingSettings templates() {
  LoggingSettings settings;
  settings.loggers[""].level = kWarning;
  settings.loggers[""].handlers.push_back(
      {.format = {.format = "%(levelname)-5.5s [%(name)s] %(message)s"}});
  settings.loggers["alembic"].level = kInfo;
  return settings;
}

// The logger of that name or nearest above it, from itself to the root, each in turn.
std::vector<const LoggerSettings*> chain_of(const LoggingSettings& settings,
                                            std::string_view name) {
  std::vector<const LoggerSettings*> chain;
  while (true) {
    const auto found = settings.loggers.find(name);
    if (found != settings.loggers.end()) chain.push_back(&found->second);
    if (name.empty()) return chain;
    const auto dot = name.rfind('.');
    name = dot == std::string_view::npos ? std::string_view() : name.substr(0, dot);
  }
}

int effective_level(const std::vector<const LoggerSettings*>& chain) {
  for (const auto* logger : chain) {
    if (logger->level != 0) return logger->level;
  }
  return 0;
}

}  // namespace

LoggingSettings read_logging(const Ini& ini) {
  const bool has_any = ini.find("loggers") != nullptr ||
                       ini.find("handlers") != nullptr ||
                       ini.find("formatters") != nullptr;
  return has_any ? Reader(ini).read() : templates();
}

bool lets_pass(const LoggingSettings& settings, log::Level level,
               std::string_view logger) {
  return static_cast<int>(level) >= effective_level(chain_of(settings, logger));
}

std::optional<std::string> format_log_record(const LoggingSettings& settings,
                                             const LogRecord& record) {
  const auto chain = chain_of(settings, record.logger);
  const int level = static_cast<int>(record.level);
  if (level < effective_level(chain)) return std::nullopt;
  std::vector<std::string> lines;
  bool has_handlers = false;
  for (const auto* logger : chain) {
    has_handlers =
        has_handlers || !logger->handlers.empty() || logger->has_other_handlers;
    for (const auto& handler : logger->handlers) {
      if (level >= handler.level) lines.push_back(format_line(handler.format, record));
    }
    if (!logger->propagate) break;
  }
  if (!has_handlers && level >= kWarning) return std::string(record.message);
  if (lines.empty()) return std::nullopt;
  return join(lines, "\n");
}

}  // namespace revise::config
