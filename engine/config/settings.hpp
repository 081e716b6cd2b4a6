/// All settings, as plain values: a small struct for each who needs some.
///
/// Where they were read from, and by which rules, is config.hpp's business. Paths are
/// as written, `%(here)s` filled in: relative ones are relative to the working
/// directory, those of BuildSettings to the folder of the ini.

#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace revise::config {

/// For engine/script: where revisions are, and how new ones are named.
struct ScriptSettings {
  std::string script_location = {};  ///< a folder; a `package:dir` is resolved already
  std::vector<std::string> version_locations = {};  ///< never empty
  std::vector<std::string> prepend_sys_path = {};
  std::string file_template = "%(rev)s_%(slug)s";
  std::string timezone = {};  ///< an IANA name as written; empty: local time
  int truncate_slug_length = 40;
  std::string output_encoding = "utf-8";
  bool recursive_version_locations = false;
  bool sourceless = false;
  bool revision_environment = false;
  std::vector<std::string> databases = {};  ///< sections, of several; empty: but one
};

/// Which parts of a database a comparison looks at, and how.
struct CompareSettings {
  bool include_schemas = false;
  bool render_as_batch = false;
  bool compare_type = true;
  bool compare_server_default = false;
};

/// What keeps two runs on a database apart.
enum class RunLock {
  Session,      ///< lock = true: one lock from a run's begin to its end
  Transaction,  ///< lock = transaction: the version table, in each transaction
  None,         ///< lock = false
};

/// For engine/migration: how a database is changed. Absent: the server's own value.
struct RunSettings {
  std::string version_table = "alembic_version";
  std::string version_table_schema = {};  ///< empty: the default schema
  int version_num_length = 32;
  bool version_table_pk = true;
  bool create_version_schema = false;
  bool transaction_per_migration = false;
  bool twophase = false;  ///< of several databases, all of them PostgreSQL
  RunLock lock = RunLock::Session;
  std::chrono::milliseconds wait_lock = std::chrono::seconds(600);  ///< 0: do not wait
  std::string role = {};                                            ///< PostgreSQL
  std::vector<std::string> search_path = {};  ///< PostgreSQL; names, unquoted
  std::optional<std::chrono::milliseconds> statement_timeout = {};  ///< PostgreSQL
  std::optional<std::chrono::milliseconds> lock_timeout = {};       ///< PostgreSQL
  std::optional<std::chrono::milliseconds> busy_timeout = {};       ///< SQLite
  std::optional<bool> foreign_keys = {};                            ///< SQLite
};

/// For engine/unit: how units are compiled, and where to.
struct BuildSettings {
  std::string compiler = {};                          ///< empty: the default one
  std::vector<std::string> cxxflags = {};             ///< split as a shell splits
  std::vector<std::string> include_directories = {};  ///< absolute
  std::vector<std::string> libraries = {};  ///< as for the linker: -lz, a path
  std::string build_directory = {};         ///< absolute; empty: the default
  int jobs = 0;                             ///< 0: as many as processors
};

/// A post-write hook of type `exec`.
struct Hook {
  std::string name = {};
  std::string executable = {};
  /// Split as a shell splits; the file's name is put in and, where no token named it,
  /// in front.
  std::vector<std::string> options = {};
  std::string cwd = {};  ///< empty: the working directory

  /// The child's arguments for the file `path`, the executable first.
  std::vector<std::string> arguments(const std::string& path) const;
};

struct Settings {
  ScriptSettings script = {};
  CompareSettings compare = {};
  RunSettings run = {};
  BuildSettings build = {};
};

}  // namespace revise::config
