/// What an env.cpp needs: Alembic's `context`, name for name.
///
/// An env.cpp stands in the script directory and ends with REVISE_ENV(function). It is
/// for what takes code; plain values are settings. Connections, locks and transactions
/// stay the engine's: run_migrations() is where they are.

#pragma once

#include <chrono>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <revise/op.hpp>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace revise {

namespace environment {
struct Host;
}

/// A step as on_version_apply is told of it.
struct MigrationInfo {
  bool is_upgrade = false;  ///< of a stamp: whether it leads upwards
  bool is_stamp = false;    ///< the row was written and no unit ran
  /// The revision that ran; of a stamp: where it leads, or led from when it goes down.
  std::vector<std::string> up_revision_ids = {};
  /// What it stands on, dependencies too; empty: base.
  std::vector<std::string> down_revision_ids = {};

  bool is_migration() const { return !is_stamp; }
  const std::vector<std::string>& source_revision_ids() const {
    return is_upgrade ? down_revision_ids : up_revision_ids;
  }
  const std::vector<std::string>& destination_revision_ids() const {
    return is_upgrade ? up_revision_ids : down_revision_ids;
  }
};

/// Called once a step's row is written and before it is committed; `op` reaches the
/// same transaction, and `heads` is what the version table then holds, sorted.
using VersionApplyCallback = std::function<void(
    Operations& op, const MigrationInfo& step, const std::vector<std::string>& heads)>;

/// One callback, or several in braces.
class VersionApplyCallbacks {
 public:
  VersionApplyCallbacks() = default;
  template <typename Callback>
  requires std::is_invocable_v < Callback&, Operations&, const MigrationInfo&,
      const std::vector<std::string>
  & > VersionApplyCallbacks(Callback callback) {
    list_.emplace_back(std::move(callback));
  }
  VersionApplyCallbacks(std::initializer_list<VersionApplyCallback> callbacks)
      : list_(callbacks) {}

  const std::vector<VersionApplyCallback>& list() const { return list_; }

 private:
  std::vector<VersionApplyCallback> list_;
};

/// Where a script goes: the path of a file, or a function that is handed the text.
class OutputBuffer {
 public:
  OutputBuffer() = default;
  OutputBuffer(const char* path) : path_(path) {}
  OutputBuffer(std::string path) : path_(std::move(path)) {}
  template <typename Write>
  requires std::is_invocable_v<Write&, std::string_view> OutputBuffer(Write write)
      : write_(std::move(write)) {}

  const std::string& path() const { return path_; }  ///< empty: none
  const std::function<void(std::string_view text)>& write() const { return write_; }
  bool is_set() const { return !path_.empty() || write_; }

 private:
  std::string path_;
  std::function<void(std::string_view)> write_;
};

/// Left alone: as the settings and the command line have it.
struct ConfigureOptions {
  std::optional<std::string> url = {};  ///< --url and --url-file come before it
  std::optional<std::string> dialect_name =
      {};                       ///< for a script, where there is no URL
  Flag transactional_ddl = {};  ///< false: as transaction_per_migration
  Flag transaction_per_migration = {};
  OutputBuffer output_buffer = {};               ///< scripts only
  std::optional<std::string> starting_rev = {};  ///< scripts only
  std::optional<std::string> tag = {};
  std::map<std::string, std::string> template_args = {};  ///< for script.cpp.mustache
  MetaData target_metadata = {};  ///< its naming_convention, for units
  Flag literal_binds = {};        ///< scripts only, which have them anyway
  VersionApplyCallbacks on_version_apply = {};
  std::optional<std::string> version_table = {};
  std::optional<std::string> version_table_schema = {};
  Flag version_table_pk = {};
  std::optional<std::chrono::milliseconds> postgresql_lock_timeout = {};
  std::optional<std::string> postgresql_role = {};
  Names postgresql_search_path = {};
  std::optional<std::chrono::milliseconds> postgresql_statement_timeout = {};
};

/// Asks get_x_argument() for a dictionary.
struct AsDictionary {};
inline constexpr AsDictionary as_dictionary{};

}  // namespace revise

#pragma GCC visibility push(default)

namespace revise {

/// The ini, and [tool.alembic] for its main section.
class Config {
 public:
  explicit Config(const environment::Host& host) : host_(host) {}

  /// A key of the section that -n names, [alembic] else. `${NAME}` in sqlalchemy.url is
  /// filled in.
  std::optional<std::string> get_main_option(std::string_view name) const;
  std::string get_main_option(std::string_view name, std::string default_value) const;

  std::optional<std::string> get_section_option(std::string_view section,
                                                std::string_view name) const;
  /// All keys of an ini's section, [DEFAULT]'s too; empty when there is none.
  std::map<std::string, std::string> get_section(std::string_view name) const;

  std::string config_file_name() const;    ///< as it was named
  std::string config_ini_section() const;  ///< "alembic", or what -n names

 private:
  const environment::Host& host_;
};

/// What an env.cpp is handed: Alembic's EnvironmentContext.
class Environment {
 public:
  explicit Environment(environment::Host& host) : host_(host) {}
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  bool is_offline_mode() const;  ///< --sql
  bool requires_connection() const;
  bool is_transactional_ddl() const;

  /// Each -x as it was given.
  std::vector<std::string> get_x_argument() const;
  /// `-x name=value` by name: empty for a bare `-x name`, the last of several.
  std::map<std::string, std::string> get_x_argument(AsDictionary) const;
  std::optional<std::string> get_x_argument(std::string_view name) const;

  std::optional<std::string> get_tag_argument() const;
  /// The full id of what the command leads to; nothing: base, or the command has no
  /// such argument. Throws RevisionError where it is several.
  std::optional<std::string> get_revision_argument() const;
  /// Where a script starts; nothing: base. Throws Error for commands without.
  std::optional<std::string> get_starting_revision_argument() const;
  /// Nothing without any revision. Throws RevisionError where there are several.
  std::optional<std::string> get_head_revision() const;
  std::vector<std::string> get_head_revisions() const;

  /// Which of the ini's `databases` this call is for; empty when it names none.
  std::string engine_name() const;
  Config config() const { return Config(host_); }

  /// What is given here comes before the settings; what was given in an earlier call
  /// and not in this one stays.
  void configure(const ConfigureOptions& options);

  /// Does what the command is for, with its transactions. Throws what went wrong.
  void run_migrations();

  /// Runs `sql` first thing in the run's first transaction, under its lock and before
  /// the version table is looked for; not when there is nothing to run. In a script,
  /// writes it there. To be called before run_migrations().
  void execute(std::string_view sql);

  /// Writes `text` into a script as it is, before its first revision.
  void static_output(std::string_view text);

 private:
  environment::Host& host_;
};

/// Differs from any kUnitAbi: the two kinds of entry stand under the same symbol.
inline constexpr unsigned kEnvAbi = 0x45'0000 + kUnitAbi;

/// The one symbol that an env.cpp shows.
struct EnvironmentEntry {
  unsigned abi;  ///< kEnvAbi of the headers that it was compiled against
  void (*run)(Environment& context);
};

}  // namespace revise

#pragma GCC visibility pop

/// Declares an env.cpp: its one function.
#define REVISE_ENV(run_function)                                         \
  extern "C" {                                                           \
  extern __attribute__((visibility("default")))                          \
  const ::revise::EnvironmentEntry REVISE_UNIT_SYMBOL;                   \
  const ::revise::EnvironmentEntry REVISE_UNIT_SYMBOL{::revise::kEnvAbi, \
                                                      &(run_function)};  \
  }
