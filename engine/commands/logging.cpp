#include "engine/commands/logging.hpp"

#include <memory>
#include <utility>

#include "engine/core/log.hpp"

namespace revise::commands {

void show_log(output::Console& console, config::LoggingSettings settings) {
  const auto shared = std::make_shared<config::LoggingSettings>(std::move(settings));
  log::set_sink(
      [&console, shared](log::Level level, std::string_view logger,
                         std::string_view message) {
        const auto line = config::format_log_record(
            *shared, {.level = level, .logger = logger, .message = message});
        if (line) console.note(*line + "\n");
      },
      [shared](log::Level level, std::string_view logger) {
        return config::lets_pass(*shared, level, logger);
      });
  for (const auto& warning : shared->warnings) log::warning("alembic.config", warning);
}

}  // namespace revise::commands
