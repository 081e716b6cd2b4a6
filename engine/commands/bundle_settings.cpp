#include "engine/commands/bundle_settings.hpp"

#include <set>

#include "engine/commands/files.hpp"
#include "engine/core/text.hpp"

namespace revise::commands {

namespace {

constexpr std::string_view kUrl = "sqlalchemy.url";

// ConfigParser's option line: not indented, a name, and `=` or `:`.
bool sets_option(std::string_view line, std::string_view name) {
  const auto end = line.find_first_of("=:");
  return end != std::string_view::npos && lower(strip(line.substr(0, end))) == name;
}

bool continues_value(std::string_view line) {
  return line.starts_with(' ') || line.starts_with('\t');
}

}  // namespace

std::string without_option(std::string_view ini, std::string_view name) {
  std::string kept;
  bool is_dropped = false;
  while (!ini.empty()) {
    const auto end = std::min(ini.find('\n'), ini.size() - 1) + 1;
    const auto line = ini.substr(0, end);
    ini.remove_prefix(end);
    if (is_dropped && continues_value(line)) continue;
    is_dropped = sets_option(line, name);
    if (!is_dropped) kept += line;
  }
  return kept;
}

std::string settings_of_bundle(const config::Sources& sources) {
  if (!sources.ini_found) return {};
  return without_option(read_file(sources.ini_path), kUrl);
}

std::vector<std::string> drivers_of_urls(const config::Ini& ini) {
  std::set<std::string> drivers;
  for (const auto& section : ini.sections()) {
    const auto url = ini.raw(section.name, kUrl);
    if (!url) continue;
    if (url->starts_with("sqlite")) drivers.insert("sqlite");
    if (url->starts_with("postgres")) drivers.insert("postgresql");
  }
  if (drivers.empty()) return {"postgresql", "sqlite"};
  return {drivers.begin(), drivers.end()};
}

}  // namespace revise::commands
