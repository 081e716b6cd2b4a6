/// A compiled env.cpp: what it is handed, what it said, and how it is called.
///
/// How settings and command line become what it is handed, and what is done with what
/// it said, is the business of commands.

#pragma once

#include <functional>
#include <map>
#include <optional>
#include <revise/env.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "engine/operations/handles.hpp"
#include "engine/operations/run_arguments.hpp"

namespace revise::environment {

/// An env.cpp is handed an Environment over one of these.
struct Host {
  operations::RunArguments arguments = {};
  bool is_transactional_ddl = true;
  std::string config_file = {};
  std::string config_section = {};
  using Option = std::function<std::optional<std::string>(std::string_view name)>;
  Option main_option = {};
  std::function<std::map<std::string, std::string>(std::string_view section)> section =
      {};
  std::function<std::optional<std::string>()> revision = {};
  std::function<std::optional<std::string>()> starting_revision = {};
  std::function<std::vector<std::string>()> heads = {};
  std::function<void()> run_migrations = {};

  // What it said.
  ConfigureOptions options = {};
  std::vector<std::string> search_path = {};   ///< of options.postgresql_search_path
  schema::NamedValues naming_convention = {};  ///< of options.target_metadata
  std::vector<std::string> statements = {};    ///< execute(), for the next run
  std::string static_output = {};              ///< for the next run
  int runs = 0;                                ///< how often it called run_migrations()
};

}  // namespace revise::environment

namespace revise::unit {

/// The name under which an env.cpp is built: no revision's id.
inline constexpr const char* kEnvironmentName = "/env";

/// An env.cpp that is in this process.
struct LoadedEnvironment {
  std::string path = {};
  const EnvironmentEntry* entry = nullptr;  ///< good while the process lives
};

/// Throws UnitError when it was compiled against headers of another ABI, or is a unit.
void check_abi(const LoadedEnvironment& environment);

/// Calls it. Errors of the engine pass through; whatever else it throws becomes a
/// UnitError that names it. A crash is told by crash_notice.hpp.
void run_environment(const LoadedEnvironment& environment, environment::Host& host);

}  // namespace revise::unit
