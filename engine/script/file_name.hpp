/// How the file of a new revision is called, and when it says it was made.

#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace revise::script {

/// A moment as it is in a time zone.
struct LocalTime {
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  long microsecond = 0;
  long long epoch = 0;      ///< in seconds
  std::string offset = {};  ///< as `+02:00`; empty when no zone was asked for
};

/// `moment` in the zone `timezone` (an IANA name, also tried in capitals), or in the
/// machine's own when that is empty. Throws ConfigError when there is no such zone.
/// Not to be called while other threads ask for local times.
LocalTime local_time(std::chrono::system_clock::time_point moment,
                     const std::string& timezone);

/// As Python prints it: `2026-11-20 15:40:00.123456`, then the offset if any.
std::string render_date(const LocalTime& time);

/// The words of `message` joined by `_` and lowered, cut at a word's end to at most
/// `length` characters and a `_` (Alembic's ScriptDirectory._rev_path, 1.19).
std::string slug_of(std::string_view message, unsigned length);

/// `file_template` with its tokens put in: rev, slug, epoch, year, month, day, hour,
/// minute, second, each with a printf format such as `%(month).2d`. Without suffix.
/// Throws ConfigError on tokens and formats that there are not.
std::string render_file_name(const std::string& file_template, const std::string& rev,
                             const std::string& slug, const LocalTime& time);

}  // namespace revise::script
