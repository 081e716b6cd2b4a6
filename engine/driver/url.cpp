#include "engine/driver/url.hpp"

#include <algorithm>
#include <charconv>

#include "engine/core/error.hpp"
#include "engine/core/percent.hpp"
#include "engine/core/secret.hpp"
#include "engine/core/text.hpp"

namespace revise::driver {

namespace {

using Query = std::vector<std::pair<std::string, std::string>>;

// `text` taken apart at its first `separator`; all of it and nothing without one.
std::pair<std::string_view, std::optional<std::string_view>> cut(std::string_view text,
                                                                 char separator) {
  const auto at = text.find(separator);
  if (at == std::string_view::npos) return {text, std::nullopt};
  return {text.substr(0, at), text.substr(at + 1)};
}

[[noreturn]] void refuse(std::string_view url, const std::string& why) {
  // As one line: a password may hold a line break, and ends beyond it.
  const auto line = replace_all(replace_all(url, "\n", " "), "\r", " ");
  throw ConfigError("cannot read the URL " + quoted(redact_connection(line)) + ": " +
                    why);
}

int parse_port(std::string_view text, std::string_view url) {
  if (text.empty()) return 0;
  int port = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), port);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || port < 1 || port > 65535) {
    refuse(url, quoted(text) + " is no port");
  }
  return port;
}

Host parse_host(std::string_view text, std::string_view url) {
  if (text.substr(0, 1) == "/") return {std::string(text), 0};
  if (text.substr(0, 1) == "[") {
    const auto close = text.find(']');
    if (close == std::string_view::npos) refuse(url, "a '[' of a host is not closed");
    const auto rest = text.substr(close + 1);
    if (!rest.empty() && rest[0] != ':') refuse(url, "a ':' has to follow the ']'");
    return {std::string(text.substr(1, close - 1)),
            parse_port(rest.empty() ? rest : rest.substr(1), url)};
  }
  const auto [name, port] = cut(text, ':');
  return {percent_decode(name), parse_port(port.value_or(""), url)};
}

// As urllib.parse.parse_qsl: blank values are dropped, '+' is a space.
Query parse_query(std::string_view text) {
  Query query;
  for (const auto& pair : split(text, '&')) {
    const auto [name, value] = cut(pair, '=');
    if (!value || value->empty()) continue;
    query.emplace_back(percent_decode(replace_all(name, "+", " ")),
                       percent_decode(replace_all(*value, "+", " ")));
  }
  return query;
}

void parse_scheme(std::string_view scheme, std::string_view url, Url& parsed) {
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_' || c == '+';
  };
  if (scheme.empty() || !std::all_of(scheme.begin(), scheme.end(), is_word)) {
    refuse(url, "it begins with no name of a database");
  }
  const auto [dialect, driver] = cut(scheme, '+');
  parsed.dialect = dialect == "postgres" ? "postgresql" : std::string(dialect);
  parsed.driver = driver.value_or("");
}

// The user's name has neither ':' nor '/', the password no '@'.
std::string_view parse_user(std::string_view rest, std::string_view url, Url& parsed) {
  const auto user_end = std::min(rest.find_first_of(":/@"), rest.size());
  const auto mark = rest.substr(user_end, 1);
  if (mark == "@") {
    parsed.user = percent_decode(rest.substr(0, user_end));
    rest = rest.substr(user_end + 1);
  } else if (mark == ":") {
    const auto password_end = rest.find('@', user_end);
    // An '@' that comes after the path of a URL without password is none of ours.
    if (password_end == std::string_view::npos) return rest;
    const auto between = rest.substr(user_end + 1, password_end - user_end - 1);
    const auto slash = between.find_first_of("/?");
    const auto port =
        between.substr(0, std::min(between.find_first_of("/?,"), between.size()));
    const bool is_port = port.find_first_not_of("0123456789") == std::string_view::npos;
    if (slash != std::string_view::npos && is_port) return rest;
    parsed.user = percent_decode(rest.substr(0, user_end));
    parsed.password = percent_decode(between);
    rest = rest.substr(password_end + 1);
  }
  if (rest.substr(0, rest.find_first_of("/?")).find('@') != std::string_view::npos) {
    refuse(url, "an '@' in a user's name or password is written '%40'");
  }
  return rest;
}

// Without brackets an IPv6 address may stand here, as in libpq's own host=.
Host parse_query_host(std::string_view text, std::string_view url) {
  const bool is_ipv6 =
      text.substr(0, 1) != "[" && std::count(text.begin(), text.end(), ':') > 1;
  return is_ipv6 ? Host{std::string(text), 0} : parse_host(text, url);
}

// The query's hosts take the place of the authority's, as SQLAlchemy's psycopg2
// dialect has it; a list of ports goes with a list of hosts.
void take_hosts_of_query(std::string_view url, Url& parsed) {
  std::vector<Host> hosts;
  std::vector<std::string> ports;
  Query others;
  for (const auto& [name, value] : parsed.query) {
    if (name == "host") {
      for (const auto& host : split(value, ',')) {
        hosts.push_back(parse_query_host(host, url));
      }
    } else if (name == "port") {
      for (const auto& port : split(value, ',')) ports.push_back(port);
    } else {
      others.emplace_back(name, value);
    }
  }
  if (!hosts.empty()) parsed.hosts = hosts;
  if (!ports.empty() && parsed.hosts.empty()) parsed.hosts.push_back({});
  if (ports.size() > 1 && ports.size() != parsed.hosts.size()) {
    refuse(url, "it has " + std::to_string(ports.size()) + " ports for " +
                    std::to_string(parsed.hosts.size()) + " hosts");
  }
  for (std::size_t i = 0; i < parsed.hosts.size() && !ports.empty(); ++i) {
    parsed.hosts[i].port = parse_port(ports[ports.size() > 1 ? i : 0], url);
  }
  parsed.query = std::move(others);
}

bool is_uri(const Url& url) {
  static constexpr std::string_view kTrue[] = {"true", "1", "yes", "on", "t", "y"};
  const auto word = lower(url.option("uri").value_or("false"));
  return std::find(std::begin(kTrue), std::end(kTrue), word) != std::end(kTrue);
}

// What sqlite3.connect() takes, and SQLAlchemy therefore keeps for itself.
bool is_of_python(std::string_view name) {
  static constexpr std::string_view kNames[] = {
      "cached_statements", "check_same_thread", "detect_types",
      "isolation_level",   "timeout",           "uri"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

void check_sqlite(const Url& parsed, std::string_view url) {
  if (!parsed.hosts.empty() || !parsed.user.empty() || parsed.password) {
    refuse(url,
           "SQLite has no server; a file is sqlite:///relative/path.db or "
           "sqlite:////absolute/path.db");
  }
  if (is_uri(parsed)) return;
  for (const auto& [name, value] : parsed.query) {
    if (is_of_python(name)) continue;
    refuse(url, "there is no parameter " + quoted(name) +
                    "; SQLite's own are for sqlite:///file:PATH?uri=true");
  }
}

std::string written(const Host& host) {
  const bool is_ipv6 = host.name.find(':') != std::string::npos && host.name[0] != '/';
  return (is_ipv6 ? "[" + host.name + "]" : host.name) +
         (host.port == 0 ? "" : ":" + std::to_string(host.port));
}

// Where the hosts stand: in the URL as it begins, or as keywords of its query.
enum class HostsIn { Authority, Parameters };

std::string written_query(const Url& url, HostsIn place) {
  Query query = url.query;
  if (place == HostsIn::Parameters) {
    for (const auto& host : url.hosts) query.emplace_back("host", written(host));
  }
  std::string text;
  for (const auto& [name, value] : query) {
    text += text.empty() ? "?" : "&";
    text += percent_encode(name, "") + "=";
    text += is_secret_name(name) ? "***" : percent_encode(value, "/:,[]*$ ");
  }
  return text;
}

}  // namespace

std::optional<std::string> Url::option(std::string_view name) const {
  for (auto pair = query.rbegin(); pair != query.rend(); ++pair) {
    if (pair->first == name) return pair->second;
  }
  return std::nullopt;
}

bool Url::in_memory() const { return sqlite_file(*this).in_memory; }

std::string Url::redacted() const {
  const bool is_socket = !hosts.empty() && hosts[0].name.substr(0, 1) == "/";
  const auto place =
      hosts.size() > 1 || is_socket ? HostsIn::Parameters : HostsIn::Authority;
  std::string text = dialect + (driver.empty() ? "" : "+" + driver) + "://";
  if (!user.empty() || password) text += percent_encode(user, " +");
  if (password) text += ":***";
  if (!user.empty() || password) text += "@";
  if (place == HostsIn::Authority && !hosts.empty()) text += written(hosts[0]);
  if (!database.empty()) {
    text += "/" + (dialect == "sqlite" ? database : percent_encode(database, " +/"));
  }
  return text + written_query(*this, place);
}

Url parse_url(std::string_view text) {
  Url parsed;
  if (text.find_first_of("\r\n") != std::string_view::npos) {
    refuse(text, "it has a line break");
  }
  const auto scheme_end = text.find("://");
  if (scheme_end == std::string_view::npos) {
    refuse(text, "expected dialect://user:password@host:port/database");
  }
  parse_scheme(text.substr(0, scheme_end), text, parsed);
  auto rest = parse_user(text.substr(scheme_end + 3), text, parsed);
  const auto [before_query, query] = cut(rest, '?');
  const auto [authority, database] = cut(before_query, '/');
  if (!authority.empty()) {
    for (const auto& host : split(authority, ',')) {
      parsed.hosts.push_back(parse_host(host, text));
    }
  }
  parsed.database = database.value_or("");
  parsed.query = parse_query(query.value_or(""));
  if (parsed.dialect == "sqlite") {
    check_sqlite(parsed, text);
  } else {
    parsed.database = percent_decode(parsed.database);
    take_hosts_of_query(text, parsed);
  }
  return parsed;
}

SqliteFile sqlite_file(const Url& url) {
  if (url.database.empty() || url.database == ":memory:") {
    return {.name = ":memory:", .in_memory = true};
  }
  if (!is_uri(url)) return {.name = url.database};
  SqliteFile file{.name = url.database, .is_uri = true};
  char separator = '?';
  for (const auto& [name, value] : url.query) {
    if (is_of_python(name)) continue;
    file.name +=
        separator + percent_encode(name, "") + "=" + percent_encode(value, "/");
    separator = '&';
  }
  file.in_memory = url.database.rfind("file::memory:", 0) == 0 ||
                   url.option("mode").value_or("") == "memory";
  return file;
}

}  // namespace revise::driver
