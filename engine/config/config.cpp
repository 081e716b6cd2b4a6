#include "engine/config/config.hpp"

#include <set>

#include "engine/config/keys.hpp"
#include "engine/config/locations.hpp"
#include "engine/config/value.hpp"
#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise::config {

namespace {

std::optional<FoundValue> option(const Sources& sources, const Key& key) {
  return key.where == Key::Where::Alembic ? sources.alembic_option(key.name)
                                          : sources.revise_option(key.name);
}

void warn_of_oddities(const Key& key, const FoundValue& found, Sources& sources) {
  const auto* text = std::get_if<std::string>(&found.value);
  if (text == nullptr) return;
  const bool is_nearly_true = key.type == Key::Type::TrueOnly && *text != "true" &&
                              parse_truth(*text).value_or(false);
  if (is_nearly_true) {
    sources.warnings.push_back(std::string(key.name) + " = " + *text +
                               " counts as false, as in Alembic; write 'true'");
  }
  if (key.name != "output_encoding") return;
  const auto name = replace_all(lower(strip(*text)), "_", "-");
  if (name != "utf-8" && name != "utf8" && name != "ascii") {
    sources.warnings.push_back("output_encoding = " + *text +
                               " is not honoured: files are written in UTF-8");
  }
}

// `role =` in [revise] says that there is none, as the template has it.
bool says_none(const Key& key, const FoundValue& found) {
  const auto* text = std::get_if<std::string>(&found.value);
  return key.where == Key::Where::Revise && key.default_value.empty() &&
         text != nullptr && text->empty();
}

// A name alone is what a linker's -l takes; a path is seen from the ini.
std::string linker_argument(const std::string& word, const std::string& here) {
  if (word[0] == '-') return word;
  if (word.find('/') != std::string::npos) return absolute_path(word, here);
  return "-l" + word;
}

void check(const Sources& sources, const ScriptSettings& script) {
  const std::set<std::string> once(script.databases.begin(), script.databases.end());
  if (once.size() == script.databases.size()) return;
  const auto found = sources.alembic_option("databases");
  throw ConfigError("'databases' names one database twice", found->file, found->line);
}

void check(const Sources& sources, const RunSettings& run) {
  if (!run.version_table.empty()) return;
  const auto found = sources.revise_option("version_table");
  throw ConfigError("'version_table' is empty", found->file, found->line);
}

}  // namespace

Sources sources_of_database(const Sources& sources, const std::string& database) {
  Sources copy = sources;
  copy.section = database;
  return copy;
}

RunSettings read_run_settings(const Sources& sources) {
  Settings settings;
  for (const auto& key : keys()) {
    if (key.set == nullptr || key.where != Key::Where::Revise) continue;
    const auto found = option(sources, key);
    if (!found || says_none(key, *found)) continue;
    key.set(settings, read_value(key, *found, sources.here));
  }
  check(sources, settings.run);
  return settings.run;
}

Settings read_settings(Sources& sources, Need need) {
  Settings settings;
  read_locations(sources, settings.script);
  for (const auto& key : keys()) {
    if (key.set == nullptr) continue;
    if (need == Need::Script && key.where == Key::Where::Revise) continue;
    const auto found = option(sources, key);
    if (!found || says_none(key, *found)) continue;
    warn_of_oddities(key, *found, sources);
    key.set(settings, read_value(key, *found, sources.here));
  }
  auto& libraries = settings.build.libraries;
  std::erase(libraries, "");
  for (auto& library : libraries) library = linker_argument(library, sources.here);
  check(sources, settings.script);
  check(sources, settings.run);
  return settings;
}

}  // namespace revise::config
