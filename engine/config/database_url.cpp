#include "engine/config/database_url.hpp"

#include <unistd.h>

#include <cerrno>

#include "engine/config/env_file.hpp"
#include "engine/config/env_py.hpp"
#include "engine/config/file.hpp"
#include "engine/config/value.hpp"
#include "engine/core/error.hpp"
#include "engine/core/secret.hpp"
#include "engine/core/text.hpp"

namespace revise::config {

namespace {

constexpr std::string_view kDefaultSection = "alembic";
constexpr std::string_view kExample = "driver://user:pass@localhost/dbname";
constexpr std::string_view kKey = "sqlalchemy.url";
constexpr std::string_view kVariable = "REVISE_DATABASE_URL";

std::string read_standard_input() {
  std::string text;
  char buffer[4096];
  while (true) {
    const auto count = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return text;
    text.append(buffer, static_cast<std::size_t>(count));
  }
}

DatabaseUrl from_file(const std::string& file) {
  const bool is_stdin = file == "-";
  const auto text = is_stdin ? read_standard_input() : read_file_if_there(file, file);
  if (!text) throw ConfigError("there is no file " + quoted(file), file);
  const std::string url(strip(*text));
  const std::string source = is_stdin ? "standard input" : "--url-file " + file;
  if (url.empty() || url.find('\n') != std::string::npos) {
    throw ConfigError(source + " has to hold one line, the URL", is_stdin ? "" : file);
  }
  return {url, source};
}

DatabaseUrl from_argument(const std::string& url) {
  if (has_password(url)) {
    UsageError error(
        "--url must not hold a password, which the system's list of "
        "processes shows to others");
    error.add_note("give the URL with --url-file or in " + std::string(kVariable) +
                   ", or the password in PGPASSWORD or libpq's password file");
    throw error;
  }
  return {url, "--url"};
}

std::string variable_of(std::string_view section) {
  std::string name = std::string(kVariable) + "_";
  for (const char c : section) {
    const bool is_lower = c >= 'a' && c <= 'z';
    const bool is_word = is_lower || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    name += is_lower ? static_cast<char>(c - 'a' + 'A') : is_word ? c : '_';
  }
  return name;
}

std::optional<DatabaseUrl> from_environment(const Sources& sources) {
  std::vector<std::string> names = {variable_of(sources.section)};
  if (sources.section == kDefaultSection) names.emplace_back(kVariable);
  for (const auto& name : names) {
    const auto url = sources.environment(name);
    if (url && !strip(*url).empty()) return DatabaseUrl{std::string(strip(*url)), name};
  }
  return std::nullopt;
}

std::string value_of_variable(const Sources& sources, const std::string& name,
                              const FoundValue& where) {
  if (const auto value = sources.environment(name)) return *value;
  std::string elsewhere;
  if (const auto env_file = sources.revise_option("env_file")) {
    const auto& file = env_file->text("env_file");
    const auto text = read_file_if_there(absolute_path(file, sources.here), file);
    if (text) {
      if (const auto value = find_in_env_file(*text, name, file)) return *value;
    }
    elsewhere = text ? ", nor does it stand in " + quoted(file)
                     : ", and there is no file " + quoted(file);
  }
  throw ConfigError(quoted(kKey) + " needs the environment variable " + quoted(name) +
                        ", which is not set" + elsewhere,
                    where.file, where.line);
}

// What is put in is not looked at again.
std::string with_variables(const Sources& sources, const FoundValue& found) {
  constexpr std::string_view kNameLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
  const std::string_view text = found.text(kKey);
  std::string url;
  for (std::size_t i = 0; i < text.size();) {
    const auto end = text.substr(i, 2) == "${"
                         ? text.find_first_not_of(kNameLetters, i + 2)
                         : std::string_view::npos;
    if (end == std::string_view::npos || text[end] != '}' || end == i + 2) {
      url += text[i++];
      continue;
    }
    url +=
        value_of_variable(sources, std::string(text.substr(i + 2, end - i - 2)), found);
    i = end + 1;
  }
  return url;
}

[[noreturn]] void refuse_absent(const Sources& sources, const std::string& what,
                                const FoundValue& where,
                                const std::string& script_location) {
  ConfigError error("no database URL: " + what, where.file, where.line);
  error.add_note("set it there, or give --url-file FILE, or set " +
                 (sources.section == kDefaultSection ? std::string(kVariable)
                                                     : variable_of(sources.section)));
  const auto lines = find_settings_in_env_py(
      {absolute_path(script_location, sources.working_directory), sources.here});
  if (!lines.empty()) {
    error.add_note(
        "an env.py is not run here; these lines of it seem to set the URL, the version "
        "table or a schema:\n  " +
        join(lines, "\n  ") +
        "\nwrite what they say as sqlalchemy.url, or below [revise] as version_table, "
        "version_table_schema, search_path");
  }
  throw error;
}

DatabaseUrl from_files(const Sources& sources, const std::string& script_location) {
  const auto found = sources.alembic_option(kKey);
  const auto section = "[" + sources.section + "]";
  if (!found || strip(found->text(kKey)).empty()) {
    const auto what =
        sources.ini_found
            ? section + " of " + quoted(sources.ini_path) + " has no " + quoted(kKey)
            : "there is no file " + quoted(sources.ini_path);
    refuse_absent(sources, what, found.value_or(FoundValue{}), script_location);
  }
  if (strip(found->text(kKey)) == kExample) {
    refuse_absent(sources, quoted(kKey) + " is still Alembic's example", *found,
                  script_location);
  }
  return {with_variables(sources, *found),
          found->file + ":" + std::to_string(found->line) + " " + section};
}

}  // namespace

DatabaseUrl choose_database_url(const Sources& sources, const UrlChoice& choice,
                                const std::string& script_location) {
  if (!choice.url_file.empty()) return from_file(choice.url_file);
  if (!choice.url.empty()) return from_argument(choice.url);
  if (auto url = from_environment(sources)) return *url;
  return from_files(sources, script_location);
}

std::optional<std::string> url_in_files(const Sources& sources) {
  const auto found = sources.alembic_option(kKey);
  if (!found) return std::nullopt;
  return with_variables(sources, *found);
}

}  // namespace revise::config
