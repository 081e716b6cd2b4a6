#include "engine/driver/postgresql_open.hpp"

#include <poll.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <string_view>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise::driver {

namespace {

using Raw = std::unique_ptr<PGconn, FinishConnection>;

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
using Options = std::unique_ptr<PQconninfoOption, FreeOptions>;

// The value of an option wherever it came from: URL, environment, service file.
std::string option_of(PGconn* raw, std::string_view keyword) {
  const Options options(PQconninfo(raw));
  for (auto* option = options.get(); option != nullptr && option->keyword != nullptr;
       ++option) {
    if (option->keyword == keyword && option->val != nullptr) return option->val;
  }
  return {};
}

void check_keywords(const LibpqParameters& parameters) {
  const Options known(PQconndefaults());
  if (!known) return;  // a service that there is not; the attempt says so
  for (const auto& [keyword, value] : parameters) {
    const auto* option = known.get();
    while (option->keyword != nullptr && keyword != option->keyword) ++option;
    if (option->keyword != nullptr) continue;
    throw ConfigError(
        "the database's URL has a parameter " + quoted(keyword) +
        ", which libpq does not know; see "
        "https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-PARAMKEYWORDS");
  }
}

Raw start(const LibpqParameters& parameters) {
  std::vector<const char*> keywords;
  std::vector<const char*> values;
  for (const auto& [keyword, value] : parameters) {
    keywords.push_back(keyword.c_str());
    values.push_back(value.c_str());
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  return Raw(PQconnectStartParams(keywords.data(), values.data(), 0));
}

void wait_until_ready(PGconn* raw, PostgresPollingStatusType wanted) {
  pollfd waited{
      .fd = PQsocket(raw),
      .events = static_cast<short>(wanted == PGRES_POLLING_READING ? POLLIN : POLLOUT),
      .revents = 0};
  while (poll(&waited, 1, -1) < 0 && errno == EINTR) continue;
}

// libpq tells the SQLSTATE of a refused connection in its text alone, and only when it
// is asked to before the answer comes: hence not PQconnectdb().
void complete(PGconn* raw) {
  if (PQstatus(raw) == CONNECTION_BAD) return;
  PQsetErrorVerbosity(raw, PQERRORS_VERBOSE);
  const std::string timeout = option_of(raw, "connect_timeout");
  if (!timeout.empty() && timeout != "0") {
    // Times out for each address by itself and goes on to the next, which a poll from
    // outside cannot make it do.
    PQreset(raw);
    return;
  }
  auto wanted = PGRES_POLLING_WRITING;
  while (wanted == PGRES_POLLING_WRITING || wanted == PGRES_POLLING_READING) {
    wait_until_ready(raw, wanted);
    wanted = PQconnectPoll(raw);
  }
}

bool is_code(std::string_view text) {
  return text.size() == 5 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
         });
}

// "file.c:123" at the end of a line: where in the server's sources it was raised.
bool is_place_in_source(std::string_view line) {
  const auto colon = line.rfind(':');
  if (colon == line.npos || colon + 1 == line.size()) return false;
  const auto number = line.substr(colon + 1);
  return number.find_first_not_of("0123456789") == number.npos &&
         line.substr(0, colon).ends_with(".c");
}

void add(std::string& text, std::string_view more, std::string_view separator) {
  if (!text.empty()) text += separator;
  text += more;
}

std::string hint_for(const std::string& code, PGconn* raw) {
  const std::string user = quoted(option_of(raw, "user"));
  if (PQconnectionNeedsPassword(raw) != 0 || code == "28P01") {
    return "the password of " + user +
           " comes from the URL, PGPASSWORD, or libpq's password file";
  }
  if (code == "28000") {
    return "the user is the URL's, else PGUSER, else the system's; the server's "
           "pg_hba.conf says who may connect from where";
  }
  if (code == "3D000") {
    return "create the database first, or name another in the URL";
  }
  if (code == "42501") return "GRANT CONNECT ON DATABASE gives that right";
  if (code == "53300") {
    return "wait until others have left, or raise the server's max_connections";
  }
  if (code == "57P03") return "try again in a moment";
  return {};
}

// A database may still be set to what was the default before 2011; no literal here is
// meant so. That it failed would show in what is done next.
void read_backslashes_plainly(PGconn* raw) {
  const char* plain = PQparameterStatus(raw, "standard_conforming_strings");
  if (plain == nullptr || std::string_view(plain) == "on") return;
  PQclear(PQexec(raw, "SET standard_conforming_strings = on"));
}

[[noreturn]] void refuse(PGconn* raw) {
  if (raw == nullptr) throw DatabaseError("out of memory", {.connection_lost = true});
  Refusal refusal = parse_refusal(PQerrorMessage(raw));
  const std::string hint = hint_for(refusal.code, raw);
  if (!hint.empty()) add(refusal.hint, hint, "; ");
  throw DatabaseError(std::move(refusal.message), {.code = std::move(refusal.code),
                                                   .detail = std::move(refusal.detail),
                                                   .hint = std::move(refusal.hint),
                                                   .connection_lost = true});
}

}  // namespace

// A server's line is `<whom libpq asked>: <SEVERITY>:  <SQLSTATE>: <message>`, more of
// it `<LABEL>:  <text>`, what libpq guesses begins with a tab. Severities and labels
// are translated; the two spaces are not.
Refusal parse_refusal(std::string_view text) {
  Refusal refusal;
  bool is_server = false;
  for (const auto& line : split(strip(text), '\n')) {
    const auto mark = line.find(":  ");
    const bool has_code = mark != line.npos && line.substr(mark + 8, 2) == ": " &&
                          is_code(std::string_view(line).substr(mark + 3, 5));
    if (line.starts_with('\t')) {
      if (refusal.hint.find(strip(line)) != std::string::npos) continue;
      add(refusal.hint, strip(line), " ");
    } else if (has_code) {
      const auto severity = line.find_last_of(" \t", mark - 1);
      is_server = true;
      refusal.code = line.substr(mark + 3, 5);
      add(refusal.message,
          line.substr(0, severity == line.npos ? 0 : severity + 1) +
              line.substr(mark + 10),
          "; ");
    } else if (is_server && mark != line.npos) {
      is_server = !is_place_in_source(line);  // which is the last of its lines
      if (is_server) add(refusal.detail, line.substr(mark + 3), " ");
    } else if (is_server) {
      add(refusal.message, strip(line), " ");
    } else {
      is_server = false;
      add(refusal.message, strip(line), "; ");
    }
  }
  return refusal;
}

Raw open_postgresql(const LibpqParameters& parameters) {
  check_keywords(parameters);
  Raw raw = start(parameters);
  if (raw) complete(raw.get());
  if (!raw || PQstatus(raw.get()) != CONNECTION_OK) refuse(raw.get());
  PQsetErrorVerbosity(raw.get(), PQERRORS_DEFAULT);
  read_backslashes_plainly(raw.get());
  return raw;
}

}  // namespace revise::driver
