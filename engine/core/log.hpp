/// Where the engine says what it is doing: a sink that commands sets.
///
/// Formats, levels and the choice of loggers are settings (engine/config), applied
/// where the sink is made; here a record is only handed on.

#pragma once

#include <functional>
#include <string_view>

namespace revise::log {

enum class Level { Debug = 10, Info = 20, Warning = 30, Error = 40 };

/// `logger` is a dotted name as Alembic's, such as "alembic.runtime.migration".
using Sink =
    std::function<void(Level level, std::string_view logger, std::string_view message)>;

/// Whether the sink does anything with such records.
using Filter = std::function<bool(Level level, std::string_view logger)>;

/// Replaces the sink; an empty one discards. An empty `filter` lets all pass. Not to be
/// called while others log.
void set_sink(Sink sink, Filter filter = {});

/// For records that cost something to make.
bool shows(Level level, std::string_view logger);

// The PostgreSQL module logs into the sink of the program that loads it.
#pragma GCC visibility push(default)

void debug(std::string_view logger, std::string_view message);
void info(std::string_view logger, std::string_view message);
void warning(std::string_view logger, std::string_view message);
void error(std::string_view logger, std::string_view message);

#pragma GCC visibility pop

}  // namespace revise::log
