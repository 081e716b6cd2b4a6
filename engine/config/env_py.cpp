#include "engine/config/env_py.hpp"

#include <set>

#include "engine/config/file.hpp"
#include "engine/core/error.hpp"
#include "engine/core/secret.hpp"
#include "engine/core/text.hpp"

namespace revise::config {

namespace {

constexpr std::size_t kMost = 20;

bool has_any(std::string_view line, std::initializer_list<std::string_view> words) {
  for (const auto word : words) {
    if (line.find(word) != std::string_view::npos) return true;
  }
  return false;
}

// The template's own lines only read what the ini says.
bool is_templates(std::string_view line) {
  return has_any(line, {"get_main_option(\"sqlalchemy.url\")", "def "}) ||
         line == "url=url,";
}

bool seems_to_set(std::string_view line) {
  if (line.empty() || line[0] == '#' || is_templates(line)) return false;
  return has_any(line, {"sqlalchemy.url", "set_main_option", "set_section_option",
                        "create_engine(", "create_async_engine(", "url=", "url =",
                        "DATABASE_URL", "DATABASE_URI", "version_table",
                        "include_schemas", "search_path", "SET ROLE", "schema"});
}

// A password beside a URL, such as `password="..."`: nothing behind the word is shown.
std::string shown(std::string_view line) {
  const auto word = lower(line).find("passw");
  if (word == std::string::npos) return redact_url(line);
  return redact_url(line.substr(0, word)) + "...";
}

}  // namespace

std::vector<std::string> find_settings_in_env_py(
    const std::vector<std::string>& folders) {
  std::vector<std::string> found;
  for (const auto& folder : std::set<std::string>(folders.begin(), folders.end())) {
    const auto path = folder + "/env.py";
    const auto text = read_file_if_there(path, path);
    int number = 0;
    for (const auto& each : split(text.value_or(""), '\n')) {
      ++number;
      const auto line = strip(each);
      if (!seems_to_set(line) || found.size() == kMost) continue;
      found.push_back(path + ":" + std::to_string(number) + ": " + shown(line));
    }
  }
  return found;
}

}  // namespace revise::config
