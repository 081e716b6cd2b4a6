/// Finds alembic.ini and pyproject.toml, and reads typed settings out of them.
///
/// The sources are made once, at a command's start, and do not travel: what goes on
/// from there is values (settings.hpp). The database's URL is database_url.hpp's
/// business, the logging sections are logging.hpp's.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/config/ini.hpp"
#include "engine/config/settings.hpp"
#include "engine/config/toml.hpp"

namespace revise::config {

/// What the command line and the environment say about where settings are.
struct Invocation {
  std::vector<std::string> config_files = {};  ///< -c, in order
  std::string section = "alembic";             ///< -n
  /// The value of an environment variable; nothing when it is not set.
  std::function<std::optional<std::string>(const std::string& name)> environment = {};
  std::string working_directory = {};  ///< absolute
};

/// `section` and `config_files` with the process's own environment and folder.
Invocation invocation_of_process(std::vector<std::string> config_files,
                                 std::string section);

/// A value as its file has it, and where that is.
struct FoundValue {
  TomlValue value = {};  ///< always text from an ini
  bool from_toml = false;
  std::string file = {};
  int line = 0;  ///< 1-based

  /// Throws ConfigError, at its place, when it is no text. `key` is quoted.
  const std::string& text(std::string_view key) const;
};

/// The files, read but not yet understood. Interpolation is lazy, as ConfigParser's:
/// a mistake in a value that nobody asks for is no error.
struct Sources {
  Ini ini = {};    ///< empty when there is no such file
  Toml toml = {};  ///< empty when there is no such file
  std::string section = {};
  std::string ini_path = {};  ///< as named, also when there is no such file
  bool ini_found = false;
  std::string here = {};  ///< folder of the ini, else the working directory; absolute
  std::string working_directory = {};
  std::function<std::optional<std::string>(const std::string& name)> environment = {};
  /// What deprecated spellings were met, each told once; for the log.
  std::vector<std::string> warnings = {};

  /// Alembic's get_alembic_option: the ini's section, then [tool.alembic]. Nothing
  /// when neither has it. Throws ConfigError on bad interpolation.
  std::optional<FoundValue> alembic_option(std::string_view key) const;

  /// The same for our own: [revise:NAME], then [revise], then [tool.revise].
  std::optional<FoundValue> revise_option(std::string_view key) const;
};

/// Reads the files that `invocation` names, or else ALEMBIC_CONFIG does, or else
/// alembic.ini and pyproject.toml of the working directory; an absent one is empty.
/// Throws UsageError on two of a kind, ConfigError on one that cannot be understood
/// and on keys of [revise] that do not exist.
Sources read_sources(const Invocation& invocation);

/// Which of the settings a command needs: others are not read, and cannot fail.
enum class Need {
  Script,  ///< ScriptSettings; a script_location must be there
  All,     ///< and the run's, the comparison's and the build's
};

/// Throws ConfigError, with file and line, on a value that is absent or wrong. Adds to
/// `sources.warnings`.
Settings read_settings(Sources& sources, Need need);

/// `sources` as -n `database` would have them: its URL stands in that section, and
/// [revise:`database`] overrides [revise].
Sources sources_of_database(const Sources& sources, const std::string& database);

/// The run's settings alone. Throws as read_settings() does.
RunSettings read_run_settings(const Sources& sources);

/// The hooks of [post_write_hooks], in the order of `hooks`. Throws ConfigError on one
/// that lacks a key, or is of a type that only Python can run; names what to write.
std::vector<Hook> read_hooks(const Sources& sources);

}  // namespace revise::config
