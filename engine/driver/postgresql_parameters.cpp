#include "engine/driver/postgresql_parameters.hpp"

#include <algorithm>

#include "engine/core/text.hpp"

namespace revise::driver {

namespace {

// What SQLAlchemy's dialects and Python's drivers keep for themselves.
constexpr std::string_view kPythonOnly[] = {
    "async_fallback",
    "command_timeout",
    "executemany_batch_page_size",
    "executemany_mode",
    "max_cached_statement_lifetime",
    "max_cacheable_statement_size",
    "prepared_statement_cache_size",
    "prepared_statement_name_func",
    "statement_cache_size",
    "tcp_keepalive",
    "use_native_hstore",
    "use_native_unicode",
    "use_native_uuid",
};

// Empty: libpq has nothing like it.
std::string keyword_of(const std::string& name) {
  if (name == "ssl") return "sslmode";              // asyncpg
  if (name == "timeout") return "connect_timeout";  // asyncpg, pg8000
  if (name == "database") return "dbname";
  const bool is_python_only = std::find(std::begin(kPythonOnly), std::end(kPythonOnly),
                                        name) != std::end(kPythonOnly);
  return is_python_only ? std::string() : name;
}

// asyncpg's ssl= also takes a truth.
std::string sslmode_of(const std::string& value) {
  const std::string word = lower(value);
  if (word == "true") return "require";
  if (word == "false") return "disable";
  return value;
}

void add_hosts(const std::vector<Host>& hosts, LibpqParameters& parameters) {
  std::vector<std::string> names;
  std::vector<std::string> ports;
  for (const auto& host : hosts) {
    names.push_back(host.name);
    ports.push_back(host.port == 0 ? "" : std::to_string(host.port));
  }
  if (!join(names, "").empty()) parameters.emplace_back("host", join(names, ","));
  if (!join(ports, "").empty()) parameters.emplace_back("port", join(ports, ","));
}

}  // namespace

LibpqParameters libpq_parameters(const Url& url) {
  LibpqParameters parameters;
  add_hosts(url.hosts, parameters);
  if (!url.user.empty()) parameters.emplace_back("user", url.user);
  if (url.password) parameters.emplace_back("password", *url.password);
  if (!url.database.empty()) parameters.emplace_back("dbname", url.database);
  for (const auto& [name, value] : url.query) {
    const auto keyword = keyword_of(name);
    if (keyword.empty()) continue;
    parameters.emplace_back(keyword, keyword == "sslmode" ? sslmode_of(value) : value);
  }
  return parameters;
}

// Of two values for a keyword libpq takes the later.
LibpqParameters connection_parameters(const Url& url, const ConnectOptions& options) {
  LibpqParameters parameters = {
      {"keepalives_idle",     "30"},
      {"keepalives_interval", "10"},
      {"keepalives_count",    "3" },
  };
  if (!options.application_name.empty()) {
    parameters.emplace_back("fallback_application_name", options.application_name);
  }
  const auto of_url = libpq_parameters(url);
  parameters.insert(parameters.end(), of_url.begin(), of_url.end());
  // Units, names and values are UTF-8 everywhere in the engine.
  parameters.emplace_back("client_encoding", "UTF8");
  return parameters;
}

}  // namespace revise::driver
