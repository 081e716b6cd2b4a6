#include <cstdlib>
#include <filesystem>

#include "engine/config/config.hpp"
#include "engine/config/file.hpp"
#include "engine/config/keys.hpp"
#include "engine/config/value.hpp"
#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise::config {

namespace {

constexpr std::string_view kRevise = "revise";
constexpr std::string_view kRevisePrefix = "revise:";

bool is_pyproject(const std::string& path) {
  return std::filesystem::path(path).filename() == "pyproject.toml";
}

struct Files {
  std::string ini = "alembic.ini";
  std::string toml = "pyproject.toml";
};

// Alembic's CommandLine._inis_from_config and its default for -c.
Files choose_files(const Invocation& invocation) {
  Files files;
  const auto named = invocation.environment("ALEMBIC_CONFIG");
  if (named && !named->empty()) {
    (is_pyproject(*named) ? files.toml : files.ini) = *named;
  }
  bool has_ini = false;
  bool has_toml = false;
  for (const auto& path : invocation.config_files) {
    if (is_pyproject(path)) {
      if (has_toml) throw UsageError("pyproject.toml indicated more than once");
      has_toml = true;
      files.toml = path;
    } else {
      if (has_ini) throw UsageError("only one ini file may be indicated");
      has_ini = true;
      files.ini = path;
    }
  }
  return files;
}

std::string folder_of(const std::string& path) {
  return std::filesystem::path(path).lexically_normal().parent_path().string();
}

void check_names(const std::string& file, std::string_view section,
                 const std::vector<std::pair<std::string, int>>& names) {
  for (const auto& [name, line] : names) {
    if (find_key(Key::Where::Revise, name) != nullptr) continue;
    std::string message =
        "no setting " + revise::quoted(name) + " in [" + std::string(section) + "]";
    if (find_key(Key::Where::Alembic, name) != nullptr) {
      message += "; it belongs in [alembic]";
    } else if (const auto near = nearest_key(Key::Where::Revise, name); !near.empty()) {
      message += "; did you mean " + revise::quoted(near) + "?";
    }
    throw ConfigError(message, file, line);
  }
}

// A misspelt setting of ours would silently do nothing. What other tools keep in
// Alembic's own section is none of our business.
void check_names(const Sources& sources) {
  for (const auto& section : sources.ini.sections()) {
    if (section.name != kRevise && !section.name.starts_with(kRevisePrefix)) continue;
    std::vector<std::pair<std::string, int>> names;
    for (const auto& option : section.options) {
      names.emplace_back(option.name, option.line);
    }
    check_names(sources.ini.file(), section.name, names);
  }
  std::vector<std::pair<std::string, int>> names;
  for (const auto& option : sources.toml.revise) {
    names.emplace_back(option.name, option.line);
  }
  check_names(sources.toml.file, "tool.revise", names);
}

std::optional<FoundValue> in_toml(const Toml& toml, const TomlTable& table,
                                  std::string_view key) {
  const auto* option = find(table, key);
  if (option == nullptr) return std::nullopt;
  if (std::holds_alternative<std::monostate>(option->value)) {
    throw ConfigError("unsupported TOML value type for key: " + revise::quoted(key),
                      toml.file, option->line);
  }
  return FoundValue{option->value, true, toml.file, option->line};
}

std::optional<FoundValue> in_ini(const Ini& ini, std::string_view section,
                                 std::string_view key) {
  auto value = ini.get(section, key);
  if (!value) return std::nullopt;
  return FoundValue{std::move(*value), false, ini.file(), ini.line_of(section, key)};
}

bool is_own_option(const Ini& ini, const std::string& section, std::string_view key) {
  const auto* found = ini.find(section);
  return found != nullptr && found->find(key) != nullptr;
}

}  // namespace

const std::string& FoundValue::text(std::string_view key) const {
  if (const auto* found = std::get_if<std::string>(&value)) return *found;
  throw ConfigError("text expected for " + revise::quoted(key), file, line);
}

Invocation invocation_of_process(std::vector<std::string> config_files,
                                 std::string section) {
  return {.config_files = std::move(config_files),
          .section = std::move(section),
          .environment = [](const std::string& name) -> std::optional<std::string> {
            const char* value = std::getenv(name.c_str());
            if (value == nullptr) return std::nullopt;
            return value;
          },
          .working_directory = std::filesystem::current_path().string()};
}

Sources read_sources(const Invocation& invocation) {
  const auto files = choose_files(invocation);
  Sources sources;
  sources.section = invocation.section;
  sources.working_directory = invocation.working_directory;
  sources.environment = invocation.environment;
  sources.ini_path = files.ini;
  const auto ini_path = absolute_path(files.ini, sources.working_directory);
  const auto toml_path = absolute_path(files.toml, sources.working_directory);
  sources.here = folder_of(ini_path);
  if (const auto text = read_file_if_there(ini_path, files.ini)) {
    sources.ini = Ini::parse(*text, files.ini, sources.here);
    sources.ini_found = true;
  }
  if (const auto text = read_file_if_there(toml_path, files.toml)) {
    sources.toml = parse_toml(*text, files.toml, folder_of(toml_path));
    if (!sources.ini_found) sources.here = folder_of(toml_path);
  }
  check_names(sources);
  return sources;
}

std::optional<FoundValue> Sources::alembic_option(std::string_view key) const {
  if (auto found = in_ini(ini, section, key)) return found;
  return in_toml(toml, toml.alembic, key);
}

// [DEFAULT] counts in each section, but an own option of [revise] comes before what
// [revise:NAME] has from there.
std::optional<FoundValue> Sources::revise_option(std::string_view key) const {
  const std::string named = std::string(kRevisePrefix) + section;
  if (is_own_option(ini, named, key)) return in_ini(ini, named, key);
  if (auto found = in_ini(ini, kRevise, key)) return found;
  if (auto found = in_ini(ini, named, key)) return found;
  return in_toml(toml, toml.revise, key);
}

}  // namespace revise::config
