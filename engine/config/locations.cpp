#include "engine/config/locations.hpp"

#include <filesystem>

#include "engine/config/value.hpp"
#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise::config {

namespace {

struct Separator {
  char character = ' ';
  std::string_view key = {};
};

// Alembic's Config._get_file_separator_char.
std::optional<Separator> separator_of(const Sources& sources,
                                      std::initializer_list<std::string_view> keys) {
  const struct {
    std::string_view name;
    char character;
  } rows[] = {
      {"space",   ' ' },
      {"newline", '\n'},
      {"os",      ':' },
      {":",       ':' },
      {";",       ';' },
  };
  for (const auto key : keys) {
    const auto value = sources.ini.get(sources.section, key);
    if (!value) continue;
    for (const auto& row : rows) {
      if (row.name == *value) return Separator{row.character, key};
    }
    throw ConfigError(revise::quoted(*value) + " is not a valid value for " +
                          std::string(key) +
                          "; expected 'space', 'newline', 'os', ':', ';'",
                      sources.ini.file(), sources.ini.line_of(sources.section, key));
  }
  return std::nullopt;
}

std::vector<std::string> split_at(const std::string& text, char separator) {
  std::vector<std::string> items;
  for (const auto& item : split(text, separator)) {
    if (const auto stripped = strip(item); !stripped.empty())
      items.emplace_back(stripped);
  }
  return items;
}

// What Alembic did before it had separators: commas, spaces, and `also`.
std::vector<std::string> split_legacy(std::string text, char also) {
  for (char& c : text) {
    if (c == ',' || c == '\n' || c == '\t' || c == also) c = ' ';
  }
  return split_at(text, ' ');
}

std::vector<std::string> list_in_toml(const FoundValue& found, std::string_view key) {
  if (const auto* list = std::get_if<std::vector<std::string>>(&found.value)) {
    return *list;
  }
  throw ConfigError(
      "list of strings expected for TOML parameter " + revise::quoted(key), found.file,
      found.line);
}

std::vector<std::string> read_version_locations(Sources& sources) {
  constexpr std::string_view kKey = "version_locations";
  const auto found = sources.alembic_option(kKey);
  if (!found) return {};
  if (found->from_toml) return list_in_toml(*found, kKey);
  if (strip(found->text(kKey)).empty()) return {};
  const auto separator =
      separator_of(sources, {"path_separator", "version_path_separator"});
  if (!separator) {
    const auto items = split_legacy(found->text(kKey), ' ');
    // One location is read alike with any separator: nothing to warn of.
    if (items.size() > 1) {
      sources.warnings.push_back(
          "No path_separator found in configuration; falling back to legacy splitting "
          "on spaces/commas for version_locations.  Consider adding path_separator=os "
          "to Alembic config.");
    }
    return items;
  }
  if (separator->key == "version_path_separator") {
    sources.warnings.push_back(
        "The version_path_separator configuration parameter is deprecated; please use "
        "path_separator");
  }
  return split_at(found->text(kKey), separator->character);
}

std::vector<std::string> read_prepend_sys_path(Sources& sources) {
  constexpr std::string_view kKey = "prepend_sys_path";
  const auto found = sources.alembic_option(kKey);
  if (!found) return {};
  if (found->from_toml) return list_in_toml(*found, kKey);
  if (strip(found->text(kKey)).empty()) return {};
  const auto separator = separator_of(sources, {"path_separator"});
  if (separator) return split_at(found->text(kKey), separator->character);
  const auto items = split_legacy(found->text(kKey), ':');
  if (items.size() > 1) {
    sources.warnings.push_back(
        "No path_separator found in configuration; falling back to legacy splitting on "
        "spaces, commas, and colons for prepend_sys_path.  Consider adding "
        "path_separator=os to Alembic config.");
  }
  return items;
}

// `package:folder[:folder]`: only a package that is a folder can be found without
// Python, and only where Python would be told to look.
std::string resolve_location(const std::string& location, std::string_view key,
                             const Sources& sources,
                             const std::vector<std::string>& search) {
  if (location.empty() || location[0] == '/' ||
      location.find(':') == std::string::npos) {
    return location;
  }
  const auto parts = split(location, ':');
  const auto package = replace_all(parts[0], ".", "/");
  auto folders = search;
  folders.push_back(sources.working_directory);
  for (const auto& folder : folders) {
    std::filesystem::path path = absolute_path(folder, sources.working_directory);
    path /= package;
    std::error_code ignored;
    if (!std::filesystem::is_directory(path, ignored)) continue;
    for (std::size_t i = 1; i < parts.size(); ++i) path /= parts[i];
    return path.lexically_normal().string();
  }
  throw ConfigError(
      revise::quoted(key) + " names the Python package " + revise::quoted(parts[0]) +
          ", which is no folder in " + join(folders, ", ") +
          "; installed packages cannot be found without Python: give the folder itself",
      sources.ini.file(), sources.ini.line_of(sources.section, key));
}

}  // namespace

void read_locations(Sources& sources, ScriptSettings& settings) {
  settings.prepend_sys_path = read_prepend_sys_path(sources);
  const auto found = sources.alembic_option("script_location");
  if (!found || found->text("script_location").empty()) {
    // Alembic's words stand alone on their line; what was looked at follows.
    ConfigError error("No 'script_location' key found in configuration.");
    if (!sources.ini_found) {
      error.add_note("there is no file " + revise::quoted(sources.ini_path) +
                     "; begin with 'revise init DIRECTORY', or name one with -c");
    } else if (sources.ini.find(sources.section) == nullptr) {
      error.add_note(revise::quoted(sources.ini_path) + " has no section [" +
                     sources.section + "]");
    }
    throw error;
  }
  settings.script_location =
      resolve_location(found->text("script_location"), "script_location", sources,
                       settings.prepend_sys_path);
  for (const auto& location : read_version_locations(sources)) {
    settings.version_locations.push_back(resolve_location(
        location, "version_locations", sources, settings.prepend_sys_path));
  }
  if (settings.version_locations.empty()) {
    settings.version_locations.push_back(
        (std::filesystem::path(settings.script_location) / "versions").string());
  }
}

}  // namespace revise::config
