/// Dates, times and spans as text, both ways.

#include "engine/operations/times.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <limits>

using namespace revise::operations;

namespace {

constexpr std::int64_t kDay = 86400000000;

std::string count_or_fault(const ParsedTime& parsed) {
  return parsed.fault.empty()
             ? std::to_string(parsed.count) + (parsed.has_zone ? " with zone" : "")
             : parsed.fault;
}

}  // namespace

TEST_SUITE("operations/times") {
  TEST_CASE("each day has one text, and each text its day") {
    using namespace std::chrono;
    // Every date that std::chrono has would be 24 million.
    for (std::int64_t day = -12687428; day <= 11248737; day += 9973) {
      const auto text = date_text(day);
      const year_month_day date{sys_days(days(day))};
      CAPTURE(text);
      CHECK(parse_date(text).count == day);
      CHECK(parse_date(text).fault == "");
      const int year = static_cast<int>(date.year());
      const std::string digits = std::to_string(year < 1 ? 1 - year : year);
      CHECK(text.find(digits + "-") != std::string::npos);
      CHECK((text.find(" BC") != std::string::npos) == (year < 1));
      const auto month_day = text.substr(text.find('-') + 1, 5);
      CHECK(std::stoul(month_day) == static_cast<unsigned>(date.month()));
      CHECK(std::stoul(month_day.substr(3)) == static_cast<unsigned>(date.day()));
    }
  }

  TEST_CASE("a date is read as PostgreSQL writes it, and nothing else is one") {
    const struct {
      std::string text;
      std::string expected;
    } rows[] = {
        {"1970-01-01",          "0"                                                },
        {"2020-02-29",          "18321"                                            },
        {"1969-12-31",          "-1"                                               },
        {"0044-03-15 BC",       "-735160"                                          },
        {"0001-02-29 BC",       "-719469"                                          },
        {"5874897-12-31",       "2145042905"                                       },
        {"2021-02-29",          "which is no date"                                 },
        {"0000-01-01",          "which is no date"                                 },
        {"2020-13-01",          "which is no date"                                 },
        {"2020-04-31",          "which is no date"                                 },
        {"2020-01-02 03:04:05", "which is no date"                                 },
        {"02.01.2020",          "which is no date"                                 },
        {"01/02/2020",          "which is no date"                                 },
        {"",                    "which is no date"                                 },
        {"infinity",            "which is no point in time; read it as std::string"},
    };
    for (const auto& row : rows) {
      CAPTURE(row.text);
      CHECK(count_or_fault(parse_date(row.text)) == row.expected);
    }
  }

  TEST_CASE("a date and time is read with its zone, if it has one") {
    const struct {
      std::string text;
      std::string expected;
    } rows[] = {
        {"1970-01-01 00:00:00",          "0"                                                },
        {"1970-01-01 00:00:00.5",        "500000"                                           },
        {"1970-01-01T00:01",             "60000000"                                         },
        {"1970-01-02",                   "86400000000"                                      },
        {"1970-01-01 00:00:00.0000010",  "1"                                                },
        {"1970-01-01 24:00:00",          "86400000000"                                      },
        {"1969-12-31 23:59:59.999999",   "-1"                                               },
        {"1970-01-01 00:00:00Z",         "0 with zone"                                      },
        {"1970-01-01 02:00:00+02",       "0 with zone"                                      },
        {"1970-01-01 00:00:00-03:30",    "12600000000 with zone"                            },
        {"1893-04-01 00:00:00+00:53:28", "-2422054408000000 with zone"                      },
        {"0001-12-31 23:00:00+00 BC",    "-62135600400000000 with zone"                     },
        {"1970-01-01 00:00:00.0000001",  "which is finer than microseconds"                 },
        {"1970-01-01 25:00:00",          "which is no date and time"                        },
        {"1970-01-01 23:59:60",          "which is no date and time"                        },
        {"1970-01-01 00:00:00 CET",      "which is no date and time"                        },
        {"294276-12-31 23:59:59",        "which 64 bits of microseconds cannot hold"        },
        {"-infinity",                    "which is no point in time; read it as std::string"},
    };
    for (const auto& row : rows) {
      CAPTURE(row.text);
      CHECK(count_or_fault(parse_timestamp(row.text)) == row.expected);
    }
  }

  TEST_CASE("a span is read where its length is known") {
    const std::string no_length =
        "whose days, months and years are of no fixed length; read it as std::string, "
        "or extract(epoch FROM ...)";
    const struct {
      std::string text;
      std::string expected;
    } rows[] = {
        {"00:00:00",              "0"                                            },
        {"03:04:05.000006",       "11045000006"                                  },
        {"24:00:00",              "86400000000"                                  },
        {"-100:00:01",            "-360001000000"                                },
        {"1 day",                 no_length                                      },
        {"1 mon 2 days 03:04:05", no_length                                      },
        {"-1 days +02:03:00",     no_length                                      },
        {"P1DT2H",                no_length                                      },
        {"03:04:05+02",           "which has a time zone; read it as std::string"},
        {"03:60:00",              "which is no time of day and no interval"      },
        {"3",                     "which is no time of day and no interval"      },
        {"9999999999:00:00",      "which 64 bits of microseconds cannot hold"    },
    };
    for (const auto& row : rows) {
      CAPTURE(row.text);
      CHECK(count_or_fault(parse_span(row.text)) == row.expected);
    }
  }

  TEST_CASE("what is written is read again, to the ends of what 64 bits hold") {
    using Limits = std::numeric_limits<std::int64_t>;
    for (const std::int64_t count :
         {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1}, kDay, -kDay, kDay - 1,
          -kDay - 1, std::int64_t{-62135596800000001}, Limits::max(),
          Limits::min() + kDay}) {
      CAPTURE(count);
      CHECK(parse_timestamp(timestamp_text(count)).count == count);
      CHECK(parse_timestamp(timestamp_text(count, "+00")).count == count);
      CHECK(parse_span(span_text(count)).count == count);
    }
    CHECK(timestamp_text(-1) == "1969-12-31 23:59:59.999999");
    CHECK(timestamp_text(-62135596800000001, "+00") ==
          "0001-12-31 23:59:59.999999+00 BC");
    CHECK(span_text(Limits::min()) == "-2562047788:00:54.775808");
  }
}
