#include "engine/core/secret.hpp"

#include <algorithm>

#include "engine/core/percent.hpp"
#include "engine/core/text.hpp"

namespace revise {

namespace {

constexpr std::string_view kHidden = "***";

// SQLAlchemy lets a password hold '/', '?' and spaces, so it ends at the last '@' of
// the line that could end it, wherever a path may seem to begin.
std::string redact_authority(std::string_view url) {
  const auto user_end = url.find_first_of(":/?@");
  if (user_end == std::string_view::npos || url[user_end] != ':') {
    return std::string(url);
  }
  const auto password_end = url.rfind('@');
  if (password_end == std::string_view::npos || password_end < user_end) {
    return std::string(url);
  }
  return std::string(url.substr(0, user_end + 1)) + std::string(kHidden) +
         std::string(url.substr(password_end));
}

std::string redact_query(std::string_view url) {
  std::string redacted;
  std::size_t start = 0;
  for (auto mark = url.find_first_of("?&"); mark != std::string_view::npos;
       mark = url.find_first_of("?&", start)) {
    redacted += url.substr(start, mark + 1 - start);
    start = mark + 1;
    const auto equals = url.find_first_of("=&", start);
    if (equals == std::string_view::npos || url[equals] != '=') continue;
    if (!is_secret_name(percent_decode(url.substr(start, equals - start)))) continue;
    redacted += url.substr(start, equals + 1 - start);
    redacted += kHidden;
    start = std::min(url.find('&', equals), url.size());
  }
  redacted += url.substr(start);
  return redacted;
}

// libpq's other form, "host=h password=p". A value may be quoted, and its end is for
// libpq to find: all that follows goes with it.
std::string redact_keywords(std::string_view line) {
  for (auto equals = line.find('='); equals != std::string_view::npos;
       equals = line.find('=', equals + 1)) {
    const auto before = strip(line.substr(0, equals));
    const auto space = before.find_last_of(" \t");
    const auto name =
        space == std::string_view::npos ? before : before.substr(space + 1);
    if (is_secret_name(name)) {
      return std::string(line.substr(0, equals + 1)) + std::string(kHidden);
    }
  }
  return std::string(line);
}

std::string redact_line(std::string_view line) {
  const auto scheme = line.find("://");
  if (scheme == std::string_view::npos) return std::string(line);
  const auto head = line.substr(0, scheme + 3);
  return std::string(head) + redact_query(redact_authority(line.substr(scheme + 3)));
}

}  // namespace

std::string redact_url(std::string_view text) {
  std::vector<std::string> lines = split(text, '\n');
  for (auto& line : lines) line = redact_line(line);
  return join(lines, "\n");
}

std::string redact_connection(std::string_view text) {
  if (text.find("://") != std::string_view::npos) return redact_url(text);
  return redact_keywords(text);
}

bool has_password(std::string_view url) {
  const auto line = replace_all(url, "\n", " ");
  return redact_connection(line) != line;
}

bool is_secret_name(std::string_view name) {
  const auto lowered = lower(name);
  for (const std::string_view part : {"password", "passwd", "passphrase", "secret"}) {
    if (lowered.find(part) != std::string::npos) return true;
  }
  return lowered == "pwd" || lowered == "token";
}

}  // namespace revise
