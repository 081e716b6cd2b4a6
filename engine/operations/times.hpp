/// Dates, times and spans as databases write them, ISO 8601 in all but the 'T': text to
/// counts and back.
///
/// Which C++ type they become is <revise/cells.hpp>'s business; years count as
/// std::chrono's do, 0 being 1 BC. Nothing here knows a database: its own kinds of text
/// are parameters.
/// https://www.postgresql.org/docs/15/datatype-datetime.html#DATATYPE-DATETIME-OUTPUT

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace revise::operations {

/// "2020-01-02", "0044-03-15 BC" of days since 1970-01-01.
std::string date_text(std::int64_t days);

/// "2020-01-02 03:04:05.000006" of microseconds since 1970-01-01 00:00; `zone` is
/// written before a "BC".
std::string timestamp_text(std::int64_t microseconds, std::string_view zone = {});

/// "03:04:05.000006", also "-27:00:00.000000".
std::string span_text(std::int64_t microseconds);

/// Whether the year has four digits, as SQLAlchemy's storage in SQLite needs.
bool has_four_digit_year(std::int64_t days);

struct ParsedTime {
  std::int64_t count = 0;  ///< days or microseconds
  bool has_zone = false;   ///< the text names one, which `count` has taken in
  std::string fault =
      {};  ///< what is wrong, to go on after "is '...', "; empty: nothing
};

ParsedTime parse_date(std::string_view text);

/// A date alone is its midnight.
ParsedTime parse_timestamp(std::string_view text);

/// A time of day, or an interval without days, months and years, whose length depends
/// on where they are counted from.
ParsedTime parse_span(std::string_view text);

}  // namespace revise::operations
