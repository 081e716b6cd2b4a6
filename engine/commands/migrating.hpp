/// Runs a plan on a database, or prints it as a script: what `upgrade`, `downgrade`
/// and `stamp` have in common.

#pragma once

#include <functional>
#include <string>

#include "engine/commands/database.hpp"
#include "engine/graph/plan.hpp"
#include "engine/migration/runner.hpp"

namespace revise::commands {

inline constexpr Option kSql{
    "sql", '\0', "",
    "Don't change the database - print a script to standard output instead"};
inline constexpr Option kTag{"tag", '\0', "TAG",
                             "For op.get_tag_argument() and env.cpp"};
inline constexpr Option kLogSql{
    "log-sql", 'v', "",
    "Log each statement of the units, as sqlalchemy.engine at INFO"};

/// What to do from the rows that are found.
using Planner = std::function<graph::Plan(const graph::Rows& rows)>;

struct Migration {
  Planner plan = {};
  migration::Effect effect = migration::Effect::Units;
  std::string target = {};  ///< as spelt, for an env.cpp
  std::string start = {};   ///< of a script, as spelt; empty: base
};

/// Runs it, telling each step in the log; with --sql prints the script that does it.
/// Throws what went wrong.
void migrate(const Invocation& invocation, const Project& project,
             const Migration& wanted);

/// Creates the version table where it does not exist; with --sql prints the script that
/// does it.
void ensure_version_table(const Invocation& invocation, const Project& project);

/// `[start:]end` of a command that can print a script.
struct ScriptRange {
  std::string start = {};
  std::string end = {};
  bool has_start = false;
};

/// Throws RevisionError (Command) on several colons.
ScriptRange parse_script_range(const std::string& text);

}  // namespace revise::commands
