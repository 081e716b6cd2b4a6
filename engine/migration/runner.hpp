/// Changes a database along a plan, and leaves it at a revision boundary whatever
/// happens.
///
/// What should run is decided by the plan function, what a step does by its unit, what
/// a statement says by the dialect; where progress goes by who is told.

#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/driver/connection.hpp"
#include "engine/graph/plan.hpp"
#include "engine/migration/settings.hpp"
#include "engine/migration/unit_source.hpp"
#include "engine/migration/version_table.hpp"
#include "engine/operations/run_arguments.hpp"

namespace revise::migration {

enum class Effect {
  Units,     ///< each step runs its unit's function
  RowsOnly,  ///< a stamp
};

/// What a run tells while it goes on. Each may be empty.
struct Progress {
  /// Before each step, in order.
  std::function<void(const graph::Step& step)> step_begins = {};
  /// After each commit: the steps that stay; `running` is null, or the step that
  /// committed before its block outside a transaction.
  std::function<void(const std::vector<graph::Step>& steps, const graph::Step* running)>
      committed = {};
  /// A line for a person: who holds the lock, that a pooler stands between.
  std::function<void(std::string_view line)> notice = {};
};

/// Called once a step's rows are written and before they are committed: `rows` is what
/// the version table then holds, sorted; `op` reaches the same transaction.
using VersionApplied = std::function<void(const graph::Step& step,
                                          const graph::Rows& rows, Operations& op)>;

struct Run {
  std::string command = {};   ///< "upgrade", ...; for messages
  std::string database = {};  ///< its name among several; empty: the only one
  /// Which database this is, the same in every run: locks are taken in this order.
  std::string identity = {};
  Effect effect = Effect::Units;
  /// Opens the database for changes; called more than once.
  std::function<std::unique_ptr<driver::Connection>()> connect = {};
  /// The steps to take from the rows that were found. Called again when the rows
  /// are not those of before once the lock is held.
  std::function<graph::Plan(const graph::Rows& rows)> plan = {};
  /// Whether a step is known to have a block outside the transaction; empty: of none.
  std::function<bool(const graph::Step& step)> has_block = {};
  UnitSource units = {};  ///< not asked where the effect is RowsOnly
  operations::RunArguments arguments = {};
  /// Run first thing in the first transaction, before the version table is looked for.
  std::vector<std::string> statements = {};
  VersionApplied version_applied = {};  ///< empty: nobody wants to know
  Progress progress = {};
  Settings settings = {};
};

/// What was done.
struct Report {
  std::vector<graph::Step> steps = {};  ///< taken and committed, in order
  graph::Rows rows = {};                ///< of the version table, at the end
};

/// Takes the planned steps. With none to take nothing is locked or written, but for
/// the version table where it does not exist. Throws what went wrong, with the state
/// that things are in as notes; Interrupted after SIGINT, SIGTERM or SIGHUP, which
/// are caught while it runs.
Report run(const Run& run);

/// How several databases are committed.
enum class CommitMode {
  OneByOne,  ///< in order; what is committed stays when a later one fails
  TwoPhase,  ///< all or none, by PREPARE TRANSACTION; PostgreSQL alone
};

/// The same on several databases, in their order: locks first, then a transaction on
/// each, all steps on all, and then the commits. One without a step to take, and with a
/// version table, is left alone. `runs` is not empty. Throws what went wrong, with the
/// state of each database as notes.
std::vector<Report> run_all(const std::vector<Run>& runs, CommitMode mode);

/// Creates the version table where it does not exist. Throws DatabaseError.
void ensure_version_table(const Run& run);

}  // namespace revise::migration
