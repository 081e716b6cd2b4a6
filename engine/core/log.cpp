#include "engine/core/log.hpp"

#include <mutex>
#include <utility>

namespace revise::log {

namespace {

Sink& sink() {
  static Sink current;
  return current;
}

Filter& filter() {
  static Filter current;
  return current;
}

// One at a time: a sink need not know of threads. It may log itself.
void record(Level level, std::string_view logger, std::string_view message) {
  static std::recursive_mutex mutex;
  const std::lock_guard lock(mutex);
  if (sink()) sink()(level, logger, message);
}

}  // namespace

void set_sink(Sink replacement, Filter wanted) {
  sink() = std::move(replacement);
  filter() = std::move(wanted);
}

bool shows(Level level, std::string_view logger) {
  return sink() && (!filter() || filter()(level, logger));
}

void debug(std::string_view logger, std::string_view message) {
  record(Level::Debug, logger, message);
}
void info(std::string_view logger, std::string_view message) {
  record(Level::Info, logger, message);
}
void warning(std::string_view logger, std::string_view message) {
  record(Level::Warning, logger, message);
}
void error(std::string_view logger, std::string_view message) {
  record(Level::Error, logger, message);
}

}  // namespace revise::log
