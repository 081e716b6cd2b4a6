/// What a person is told when a run has failed: which step, which statement, the
/// server's words, what stays, and the way out.

#pragma once

#include <string>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/graph/plan.hpp"
#include "engine/migration/online_sink.hpp"
#include "engine/migration/runner.hpp"

namespace revise::migration {

/// "upgrade ae10 -> 27c6", "stamp_revision  -> 27c6".
std::string name_of(const graph::Step& step, Effect effect);

/// Adds the step by its name, number and text of the statement, what the server told
/// of it (the place, code, detail and hint), and the way out. `step` is the one whose
/// unit asked for the statement; null where none did.
void tell_statement(Error& error, const std::string& name, const StepProgress& progress,
                    const graph::Step* step);

/// The same for a statement of the engine's own, outside any step.
void tell_refused(DatabaseError& error);

/// Adds who was refused a right, and who can help.
void tell_rights(DatabaseError& error, const std::string& acts_as);

/// Adds which limit of time struck, by its value where that is known, and who held what
/// the statement waited for.
void tell_limit(DatabaseError& error, const std::string& limit,
                const std::string& blockers);

/// Adds what is committed, and what a database that ran out of something needs.
void tell_state(Error& error, const std::vector<graph::Step>& committed, Effect effect,
                const std::string& rows);

/// One of several databases, once a run has failed.
struct DatabaseState {
  std::string database;
  std::vector<graph::Step> committed;
  std::string rows;  ///< what the version table holds, in words; empty: unknown
};

/// The same for several databases, and what to do where they no longer agree.
void tell_databases(Error& error, const std::vector<DatabaseState>& states,
                    Effect effect);

}  // namespace revise::migration
