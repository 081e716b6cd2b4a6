#include "engine/config/logging.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <string>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace {

using namespace revise;
using namespace revise::config;
using log::Level;

// The sections of Alembic's template, with a place for changes.
std::string sections(const std::string& formatter, const std::string& more = "") {
  return "[loggers]\nkeys = root,sqlalchemy,alembic\n"
         "[handlers]\nkeys = console\n"
         "[formatters]\nkeys = generic\n"
         "[logger_root]\nlevel = WARN\nhandlers = console\nqualname =\n"
         "[logger_sqlalchemy]\nlevel = WARN\nhandlers =\nqualname = sqlalchemy.engine\n"
         "[logger_alembic]\nlevel = INFO\nhandlers =\nqualname = alembic\n" +
         more +
         "[handler_console]\nclass = StreamHandler\nargs = (sys.stderr,)\n"
         "level = NOTSET\nformatter = generic\n"
         "[formatter_generic]\n" +
         formatter + "\n";
}

LoggingSettings settings(const std::string& ini) {
  return read_logging(Ini::parse(ini, "x.ini", ""));
}

// The 20th of November 2026, 15:40:00.123 UTC.
constexpr auto kTime = std::chrono::sys_time<std::chrono::milliseconds>(
    std::chrono::milliseconds(1795189200123));

std::string line(const LoggingSettings& logging, Level level, std::string_view logger) {
  return format_log_record(
             logging,
             {.level = level, .logger = logger, .message = "text", .time = kTime})
      .value_or("(nothing)");
}

std::string message(const std::string& ini) {
  try {
    settings(ini);
  } catch (const ConfigError& error) {
    return std::to_string(error.line()) + ": " + error.what();
  }
  return "no error";
}

}  // namespace

TEST_SUITE("config/logging") {
  TEST_CASE("without logging sections all is as the template has it") {
    const std::string format = "format = %(levelname)-5.5s [%(name)s] %(message)s";
    for (const auto& ini : {std::string(), sections(format)}) {
      const auto logging = settings(ini);
      CHECK(line(logging, Level::Info, "alembic.runtime.migration") ==
            "INFO  [alembic.runtime.migration] text");
      CHECK(line(logging, Level::Error, "alembic") == "ERROR [alembic] text");
      CHECK(line(logging, Level::Warning, "other") == "WARNI [other] text");
      CHECK(line(logging, Level::Info, "other") == "(nothing)");
      CHECK(line(logging, Level::Info, "alembicx") == "(nothing)");
      CHECK(line(logging, Level::Debug, "alembic.ddl") == "(nothing)");
    }
  }

  TEST_CASE("a line is formatted as Python's Formatter does it") {
    ::setenv("TZ", "UTC", 1);
    ::tzset();
    const struct {
      std::string format;
      std::string expected;
    } rows[] = {
        {"format = %(message)s",                                                 "text"                        },
        {"other = 1",                                                            "text"                        },
        {"format = %(asctime)s %(message)s",                                     "2026-11-20 15:40:00,123 text"},
        {"format = %(asctime)s\ndatefmt = %H:%M:%S",                             "15:40:00"                    },
        {"format = %(levelname)8s|%(levelname)-8s|%(levelno)03d|%(levelno)-4d|",
         "    INFO|INFO    |020|20  |"                                                                         },
        {"format = %(process)d",                                                 std::to_string(::getpid())    },
        {"format = %(created).3f %(lineno)d%(module)s",                          "1795189200.123 0"            },
        {"format = 100%% %(nothing)s %(message",                                 "100% %(nothing)s %(message"  },
        {"style = {\nformat = "
         "{levelname:<6}|{levelname:*>6}|{levelname:^6}|{{{message}}}", "INFO  |**INFO| INFO |{text}" },
        {"style = {\nformat = {asctime} {nothing} {levelno:5}",
         "2026-11-20 15:40:00,123 {nothing}    20"                                                             },
        {"style = $\nformat = $levelname ${message} $$ $nothing",
         "INFO text $ $nothing"                                                                                },
    };
    for (const auto& row : rows) {
      CAPTURE(row.format);
      CHECK(line(settings(sections(row.format)), Level::Info, "alembic") ==
            row.expected);
    }
  }

  TEST_CASE("levels are a logger's own, else its nearest parent's") {
    const auto logging = settings(
        replace_all(sections("format = %(name)s"), "root,", "root,deep,quiet,") +
        "[logger_deep]\nlevel = DEBUG\nhandlers =\nqualname = alembic.runtime\n"
        "[logger_quiet]\nlevel = NOTSET\nhandlers =\nqualname = "
        "alembic.autogenerate\n");
    CHECK(line(logging, Level::Debug, "alembic.runtime.migration") ==
          "alembic.runtime.migration");
    CHECK(line(logging, Level::Debug, "alembic.runtimes") == "(nothing)");
    CHECK(line(logging, Level::Info, "alembic.autogenerate.x") ==
          "alembic.autogenerate.x");
    CHECK(line(logging, Level::Debug, "alembic.autogenerate.x") == "(nothing)");
    CHECK(lets_pass(logging, Level::Info, "alembic.autogenerate.x"));
    CHECK_FALSE(lets_pass(logging, Level::Debug, "alembic.autogenerate.x"));
    CHECK_FALSE(lets_pass(logging, Level::Info, "alembicx"));
  }

  TEST_CASE(
      "a logger with a handler of its own passes records on, unless told not to") {
    const std::string own =
        replace_all(sections("format = %(name)s"), "root,sqlalchemy", "root,own");
    const std::string logger =
        "[logger_own]\nlevel = INFO\nhandlers = console\nqualname = alembic.own\n";
    CHECK(line(settings(own + logger), Level::Info, "alembic.own") ==
          "alembic.own\nalembic.own");
    CHECK(line(settings(own + logger + "propagate = 0"), Level::Info, "alembic.own") ==
          "alembic.own");
  }

  TEST_CASE("a handler's level counts too, and other handlers are named once") {
    const auto quiet = settings(
        replace_all(sections("format = x"), "level = NOTSET", "level = ERROR"));
    CHECK(line(quiet, Level::Warning, "alembic") == "(nothing)");
    CHECK(line(quiet, Level::Error, "alembic") == "x");
    const auto others =
        settings(replace_all(replace_all(sections("format = x"), "keys = console",
                                         "keys = file, out"),
                             "handlers = console", "handlers = file, out") +
                 "[handler_file]\nclass = FileHandler\nargs = ('a.log',)\n"
                 "[handler_out]\nclass = StreamHandler\nargs = (sys.stdout,)\n");
    CHECK(
        join(others.warnings, "|") ==
        "only handlers that write to standard error are honoured; left out: file, out");
    CHECK(line(others, Level::Error, "alembic") == "(nothing)");
  }

  TEST_CASE("without any handler a warning is shown bare") {
    const auto none = settings(
        replace_all(sections("format = x"), "handlers = console", "handlers ="));
    CHECK(line(none, Level::Warning, "alembic") == "text");
    CHECK(line(none, Level::Info, "alembic") == "(nothing)");
  }

  TEST_CASE("sections that fileConfig refuses are refused where they are wrong") {
    const auto all = sections("format = x");
    const struct {
      std::string part;
      std::string instead;
      std::string expected;
    } rows[] = {
        {"level = INFO",        "level = LOUD",      "16: logging: there is no level 'LOUD'"           },
        {"handlers = console",  "handlers = consol",
         "9: logging: there is no handler 'consol'"                                                    },
        {"formatter = generic", "formatter = gen",
         "23: logging: there is no formatter 'gen'"                                                    },
        {"format = x",          "style = x",         "25: logging: 'x' is no style; expected %, { or $"},
        {"qualname = alembic",  "",
         "15: logging: [logger_alembic] is absent or has no 'qualname'"                                },
    };
    for (const auto& row : rows) {
      CAPTURE(row.expected);
      CHECK(message(replace_all(all, row.part, row.instead)) == row.expected);
    }
    CHECK(message("[loggers]\nkeys = root") ==
          "0: logging: [formatters] is absent or has no 'keys'");
  }
}
