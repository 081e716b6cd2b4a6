#include <sys/stat.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <optional>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/script/file_name.hpp"

namespace revise::script {
namespace {

// The C library knows the machine's zones, by the variable TZ alone.
class ZoneInForce {
 public:
  explicit ZoneInForce(const std::string& zone) {
    if (const char* before = std::getenv("TZ"); before != nullptr) before_ = before;
    setenv("TZ", (":" + zone).c_str(), 1);
    tzset();
  }
  ~ZoneInForce() {
    if (before_) {
      setenv("TZ", before_->c_str(), 1);
    } else {
      unsetenv("TZ");
    }
    tzset();
  }
  ZoneInForce(const ZoneInForce&) = delete;
  ZoneInForce& operator=(const ZoneInForce&) = delete;

 private:
  std::optional<std::string> before_;
};

// An unknown zone is UTC to the C library, without a word.
bool is_zone(const std::string& name) {
  if (name.empty() || name.front() == '/' || name.find("..") != name.npos) return false;
  struct stat status;
  const std::string file = "/usr/share/zoneinfo/" + name;
  return stat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

std::string zone_named(const std::string& timezone) {
  if (is_zone(timezone)) return timezone;
  if (is_zone(upper(timezone))) return upper(timezone);
  // Without the tz database there is still the one zone that needs none.
  if (upper(timezone) == "UTC") return "UTC0";
  throw ConfigError("Can't locate timezone: " + timezone);
}

std::string rendered_offset(long seconds) {
  const long minutes = std::labs(seconds) / 60;
  char text[32];
  std::snprintf(text, sizeof text, "%c%02ld:%02ld", seconds < 0 ? '-' : '+',
                minutes / 60, minutes % 60);
  return text;
}

}  // namespace

LocalTime local_time(std::chrono::system_clock::time_point moment,
                     const std::string& timezone) {
  std::optional<ZoneInForce> zone;
  if (!timezone.empty()) zone.emplace(zone_named(timezone));
  const auto second = std::chrono::floor<std::chrono::seconds>(moment);
  const std::time_t epoch = std::chrono::system_clock::to_time_t(second);
  std::tm parts{};
  if (!zone) tzset();
  localtime_r(&epoch, &parts);
  LocalTime time;
  time.year = parts.tm_year + 1900;
  time.month = parts.tm_mon + 1;
  time.day = parts.tm_mday;
  time.hour = parts.tm_hour;
  time.minute = parts.tm_min;
  time.second = parts.tm_sec;
  time.microsecond =
      std::chrono::duration_cast<std::chrono::microseconds>(moment - second).count();
  time.epoch = epoch;
  if (zone) time.offset = rendered_offset(parts.tm_gmtoff);
  return time;
}

std::string render_date(const LocalTime& time) {
  char text[96];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d:%02d.%06ld", time.year,
                time.month, time.day, time.hour, time.minute, time.second,
                time.microsecond);
  return text + time.offset;
}

}  // namespace revise::script
