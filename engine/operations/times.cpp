#include "engine/operations/times.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace revise::operations {

namespace {

constexpr std::int64_t kSecond = 1000000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::size_t kFractionDigits = 6;

constexpr std::int64_t kDaysOfEra = 146097;  // 400 years
constexpr std::int64_t kEpoch = 719468;      // 1970-01-01, from 0000-03-01

const char* const kNoDate = "which is no date";
const char* const kNoTimestamp = "which is no date and time";
const char* const kNoSpan = "which is no time of day and no interval";
const char* const kTooFine = "which is finer than microseconds";
const char* const kTooFar = "which 64 bits of microseconds cannot hold";
const char* const kInfinite = "which is no point in time; read it as std::string";
const char* const kNoLength =
    "whose days, months and years are of no fixed length; read it as std::string, or "
    "extract(epoch FROM ...)";

struct Civil {
  std::int64_t year;
  int month;
  int day;
};

std::int64_t floor_of(std::int64_t number, std::int64_t by) {
  return number / by - (number % by < 0 ? 1 : 0);
}

// Years begin in March here, so that the leap day is the last.
std::int64_t days_of(const Civil& date) {
  const std::int64_t year = date.month <= 2 ? date.year - 1 : date.year;
  const std::int64_t era = floor_of(year, 400);
  const std::int64_t year_of_era = year - era * 400;
  const int month = date.month > 2 ? date.month - 3 : date.month + 9;
  const std::int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
  return era * kDaysOfEra + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
         day_of_year - kEpoch;
}

Civil civil_of(std::int64_t days) {
  const std::int64_t shifted = days + kEpoch;
  const std::int64_t era = floor_of(shifted, kDaysOfEra);
  const std::int64_t day_of_era = shifted - era * kDaysOfEra;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
       day_of_era / (kDaysOfEra - 1)) /
      365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const auto month = static_cast<int>((5 * day_of_year + 2) / 153);
  const auto day = static_cast<int>(day_of_year - (153 * month + 2) / 5 + 1);
  const bool is_next = month >= 10;  // January and February
  return {year_of_era + era * 400 + (is_next ? 1 : 0), is_next ? month - 9 : month + 3,
          day};
}

std::string padded(std::int64_t number, int width) {
  char digits[24];
  std::snprintf(digits, sizeof digits, "%0*lld", width, static_cast<long long>(number));
  return digits;
}

bool is_bc(const Civil& date) { return date.year <= 0; }

std::string civil_text(const Civil& date) {
  return padded(is_bc(date) ? 1 - date.year : date.year, 4) + "-" +
         padded(date.month, 2) + "-" + padded(date.day, 2);
}

// Of what is not negative.
std::string clock_text(std::uint64_t microseconds) {
  const auto part = [microseconds](std::int64_t unit, int modulus) {
    const auto whole = microseconds / static_cast<std::uint64_t>(unit);
    return static_cast<std::int64_t>(
        modulus == 0 ? whole : whole % static_cast<std::uint64_t>(modulus));
  };
  return padded(part(kHour, 0), 2) + ":" + padded(part(kMinute, 60), 2) + ":" +
         padded(part(kSecond, 60), 2) + "." + padded(part(1, kSecond), 6);
}

// Takes text from the front; each step says whether it was there.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool is_done() const { return text_.empty(); }
  bool next_is(char c) const { return !text_.empty() && text_[0] == c; }

  bool take(std::string_view expected) {
    if (!text_.starts_with(expected)) return false;
    text_.remove_prefix(expected.size());
    return true;
  }

  template <typename Number>
  bool take_number(Number& number, std::size_t least, std::size_t most) {
    const auto digits = count_digits();
    if (digits < least || digits > most) return false;
    std::from_chars(text_.data(), text_.data() + digits, number);
    text_.remove_prefix(digits);
    return true;
  }

  // The digits after a point as millionths; false when there are more that say
  // anything.
  bool take_fraction(std::int64_t& millionths) {
    const auto digits = count_digits();
    std::string six(text_.substr(0, std::min(digits, kFractionDigits)));
    six.resize(kFractionDigits, '0');
    std::from_chars(six.data(), six.data() + six.size(), millionths);
    const auto rest = text_.substr(std::min(digits, kFractionDigits),
                                   digits - std::min(digits, kFractionDigits));
    text_.remove_prefix(digits);
    return digits > 0 && rest.find_first_not_of('0') == rest.npos;
  }

 private:
  std::size_t count_digits() const {
    return std::min(text_.find_first_not_of("0123456789"), text_.size());
  }

  std::string_view text_;
};

bool take_civil(Reader& reader, Civil& date) {
  return reader.take_number(date.year, 4, 7) && reader.take("-") &&
         reader.take_number(date.month, 2, 2) && reader.take("-") &&
         reader.take_number(date.day, 2, 2);
}

// What stands behind all else makes the year one before Christ; whether the day exists
// can only be told then.
bool end_civil(Reader& reader, Civil& date) {
  if (date.year == 0 || date.month < 1 || date.month > 12) return false;
  if (reader.take(" BC")) date.year = 1 - date.year;
  const Civil real = civil_of(days_of(date));
  return reader.is_done() && real.month == date.month && real.day == date.day;
}

struct Clock {
  std::int64_t microseconds = 0;
  const char* fault = nullptr;
};

// hh:mm[:ss[.ffffff]]; hours of a day end at 24, which is the day's end.
Clock take_clock(Reader& reader, std::size_t hour_digits, const char* otherwise) {
  std::int64_t hours = 0;
  std::int64_t minutes = 0;
  std::int64_t seconds = 0;
  std::int64_t millionths = 0;
  if (!reader.take_number(hours, 2, hour_digits) || !reader.take(":") ||
      !reader.take_number(minutes, 2, 2)) {
    return {0, otherwise};
  }
  if (reader.take(":") && !reader.take_number(seconds, 2, 2)) return {0, otherwise};
  if (reader.take(".") && !reader.take_fraction(millionths)) return {0, kTooFine};
  if (minutes > 59 || seconds > 59) return {0, otherwise};
  const std::int64_t rest = minutes * kMinute + seconds * kSecond + millionths;
  Clock clock;
  if (__builtin_mul_overflow(hours, kHour, &clock.microseconds) ||
      __builtin_add_overflow(clock.microseconds, rest, &clock.microseconds)) {
    return {0, kTooFar};
  }
  return clock;
}

// "Z", "+02", "-03:30", "+00:53:28"; false on what is none.
bool take_zone(Reader& reader, ParsedTime& parsed) {
  if (reader.take("Z")) {
    parsed.has_zone = true;
    return true;
  }
  const bool is_west = reader.next_is('-');
  if (!reader.take("+") && !reader.take("-")) return true;
  std::int64_t hours = 0;
  std::int64_t minutes = 0;
  std::int64_t seconds = 0;
  if (!reader.take_number(hours, 2, 2)) return false;
  if (reader.take(":") && !reader.take_number(minutes, 2, 2)) return false;
  if (reader.take(":") && !reader.take_number(seconds, 2, 2)) return false;
  const std::int64_t offset = hours * kHour + minutes * kMinute + seconds * kSecond;
  parsed.has_zone = true;
  return !__builtin_add_overflow(parsed.count, is_west ? offset : -offset,
                                 &parsed.count);
}

bool is_infinite(std::string_view text) {
  return text == "infinity" || text == "-infinity";
}

ParsedTime faulty(const char* fault) { return {.fault = fault}; }

bool has_letters(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; });
}

}  // namespace

std::string date_text(std::int64_t days) {
  const Civil date = civil_of(days);
  return civil_text(date) + (is_bc(date) ? " BC" : "");
}

std::string timestamp_text(std::int64_t microseconds, std::string_view zone) {
  const std::int64_t days = floor_of(microseconds, kDay);
  const Civil date = civil_of(days);
  // Not days * kDay: at the far end of the past it is out of bounds.
  const std::int64_t within = ((microseconds % kDay) + kDay) % kDay;
  return civil_text(date) + " " + clock_text(static_cast<std::uint64_t>(within)) +
         std::string(zone) + (is_bc(date) ? " BC" : "");
}

std::string span_text(std::int64_t microseconds) {
  const auto size = static_cast<std::uint64_t>(microseconds);
  return microseconds < 0 ? "-" + clock_text(0 - size) : clock_text(size);
}

bool has_four_digit_year(std::int64_t days) {
  const Civil date = civil_of(days);
  return date.year >= 1 && date.year <= 9999;
}

ParsedTime parse_date(std::string_view text) {
  if (is_infinite(text)) return faulty(kInfinite);
  Reader reader(text);
  Civil date{};
  if (!take_civil(reader, date) || !end_civil(reader, date)) return faulty(kNoDate);
  return {.count = days_of(date)};
}

ParsedTime parse_timestamp(std::string_view text) {
  if (is_infinite(text)) return faulty(kInfinite);
  Reader reader(text);
  Civil date{};
  if (!take_civil(reader, date)) return faulty(kNoTimestamp);
  ParsedTime parsed;
  if (reader.take("T") || (reader.next_is(' ') && text.find(':') != text.npos)) {
    reader.take(" ");
    const Clock clock = take_clock(reader, 2, kNoTimestamp);
    if (clock.fault != nullptr) return faulty(clock.fault);
    if (clock.microseconds > kDay) return faulty(kNoTimestamp);
    parsed.count = clock.microseconds;
    if (!take_zone(reader, parsed)) return faulty(kNoTimestamp);
  }
  if (!end_civil(reader, date)) return faulty(kNoTimestamp);
  std::int64_t midnight = 0;
  if (__builtin_mul_overflow(days_of(date), kDay, &midnight) ||
      __builtin_add_overflow(midnight, parsed.count, &parsed.count)) {
    return faulty(kTooFar);
  }
  return parsed;
}

ParsedTime parse_span(std::string_view text) {
  Reader reader(text);
  const bool is_negative = reader.take("-");
  const Clock clock = take_clock(reader, 19, kNoSpan);
  if (clock.fault != nullptr) {
    const bool has_unit = has_letters(text) && clock.fault == kNoSpan;
    return faulty(has_unit ? kNoLength : clock.fault);
  }
  if (reader.next_is('+') || reader.next_is('-')) {
    return faulty("which has a time zone; read it as std::string");
  }
  if (!reader.is_done()) return faulty(kNoSpan);
  return {.count = is_negative ? -clock.microseconds : clock.microseconds};
}

}  // namespace revise::operations
