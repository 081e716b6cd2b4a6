#include "engine/commands/migrating.hpp"

#include <set>
#include <utility>

#include "engine/commands/context.hpp"
#include "engine/commands/units.hpp"
#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "engine/core/text.hpp"
#include "engine/graph/resolve.hpp"
#include "engine/migration/offline.hpp"
#include "engine/unit/crash_notice.hpp"

namespace revise::commands {

namespace {

constexpr std::string_view kLogger = "alembic.runtime.migration";

std::string name_of(const graph::Step& step, migration::Effect effect) {
  if (effect == migration::Effect::RowsOnly) return "stamp_revision";
  return step.direction == graph::Direction::Upgrade ? "upgrade" : "downgrade";
}

void log_step(const Project& project, const graph::Step& step,
              migration::Effect effect) {
  std::string line = "Running " + name_of(step, effect) + " " + join(step.from, ", ") +
                     " -> " + join(step.to, ", ");
  const auto* script = project.scripts.find(step.revision);
  if (effect == migration::Effect::Units && script && !script->doc.empty()) {
    line += ", " + script->doc;
  }
  log::info(kLogger, line);
}

// What a unit that crashes from now on leaves behind.
std::string state_after(const std::vector<graph::Step>& committed,
                        const graph::Step* running, migration::Effect effect) {
  std::vector<std::string> names;
  for (const auto& step : committed) {
    names.push_back(name_of(step, effect) + " " + join(step.from, ", ") + " -> " +
                    join(step.to, ", "));
  }
  std::string text = names.empty() ? "no step was committed"
                                   : "committed: " + join(names, ", ") +
                                         "; no other step was committed";
  if (running != nullptr) {
    text += "; what " + running->revision +
            " did before and in its block outside a transaction stays";
  }
  return text;
}

bool commits(const script::Script& script, graph::Direction direction) {
  return direction == graph::Direction::Upgrade ? script.autocommit.upgrade
                                                : script.autocommit.downgrade;
}

// What is found and said before a plan runs, each thing once though the plan is made
// again after the lock is got.
class Preview {
 public:
  Preview(const Invocation& invocation, const Project& project,
          migration::Effect effect)
      : invocation_(invocation), project_(project), effect_(effect) {}

  void show(const graph::Plan& plan) {
    if (effect_ == migration::Effect::RowsOnly) return;
    // A revision in Python ends the command before anything is built, locked or run.
    std::vector<graph::RevisionId> ids;
    for (const auto& step : plan.steps) ids.push_back(step.revision);
    unit_sources(project_, ids);
    for (const auto& step : plan.steps) tell_commits(step);
  }

 private:
  // A failure after such a revision leaves it applied.
  void tell_commits(const graph::Step& step) {
    const auto* script = project_.scripts.find(step.revision);
    if (!script || !commits(*script, step.direction)) return;
    if (!told_.insert(step.revision).second) return;
    invocation_.console.note("commits before and after " + step.revision +
                             ", which has an autocommit block\n");
  }

  const Invocation& invocation_;
  const Project& project_;
  const migration::Effect effect_;
  std::set<graph::RevisionId> told_;
};

// The one revision that `start` names; none for base. Should there be several, the
// words of the refusal are about it, and not about what the script leads to.
graph::Rows rows_of_start(const Invocation& invocation, const graph::RevisionMap& map,
                          const std::string& start) {
  if (start.empty()) return {};
  auto target = std::exchange(invocation.request.target, start);
  const auto id = graph::resolve_one(map, graph::parse_symbol(start));
  invocation.request.target = std::move(target);
  return id ? graph::Rows{*id} : graph::Rows{};
}

void print_script(const Invocation& invocation, const Project& project,
                  const Migration& wanted, const graph::Rows& rows) {
  const auto database = choose_database(invocation, project);
  Units units(invocation, project);
  const auto plan = wanted.plan(rows);
  Preview(invocation, project, wanted.effect).show(plan);
  migration::OfflineRun run;
  run.dialect = database.url.dialect;
  run.rows = rows;
  run.effect = wanted.effect;
  run.plan = plan;
  run.units = units.source();
  run.settings = database.settings;
  log_context(database, Mode::Script);
  for (const auto& step : plan.steps) log_step(project, step, wanted.effect);
  invocation.console.write(migration::render_script(run));
}

void run_online(const Invocation& invocation, const Project& project,
                const Migration& wanted) {
  const auto database = choose_database(invocation, project);
  announce(invocation, database);
  Units units(invocation, project);
  Preview preview(invocation, project, wanted.effect);
  bool is_logged = false;
  // A target that makes no sense is no reason to create a file.
  if (is_absent(database)) preview.show(wanted.plan({}));
  migration::Run run;
  run.command = std::string(invocation.command);
  run.effect = wanted.effect;
  run.connect = [&] { return open_database(database, driver::Access::ReadWrite); };
  run.plan = [&](const std::vector<graph::RevisionId>& rows) {
    if (!is_logged) log_context(database, Mode::Online);
    is_logged = true;
    auto plan = in_context("planning", [&] { return wanted.plan(rows); });
    preview.show(plan);
    return plan;
  };
  run.units = units.source();
  run.progress.step_begins = [&](const graph::Step& step) {
    log_step(project, step, wanted.effect);
  };
  run.progress.committed = [&](const auto& steps, const graph::Step* running) {
    unit::set_crash_state(state_after(steps, running, wanted.effect));
  };
  run.progress.notice = [&](std::string_view line) {
    invocation.console.note(std::string(line) + "\n");
  };
  run.settings = database.settings;
  migration::run(run);
}

}  // namespace

void migrate(const Invocation& invocation, const Project& project,
             const Migration& wanted, const std::string& start) {
  if (invocation.arguments.has("sql")) {
    print_script(invocation, project, wanted,
                 rows_of_start(invocation, project.map, start));
  } else {
    run_online(invocation, project, wanted);
  }
}

void create_version_table(const Invocation& invocation, const Project& project) {
  const auto database = choose_database(invocation, project);
  announce(invocation, database);
  migration::Run run;
  run.command = std::string(invocation.command);
  run.connect = [&] { return open_database(database, driver::Access::ReadWrite); };
  run.settings = database.settings;
  migration::ensure_version_table(run);
}

void print_version_table(const Invocation& invocation, const Project& project) {
  const auto database = choose_database(invocation, project);
  migration::OfflineRun run;
  run.dialect = database.url.dialect;
  run.settings = database.settings;
  invocation.console.write(migration::render_ensure_version(run));
}

ScriptRange parse_script_range(const std::string& text) {
  const auto pieces = split(text, ':');
  if (pieces.size() == 1) return {{}, text, false};
  if (pieces.size() == 2) return {pieces[0], pieces[1], true};
  throw RevisionError(RevisionErrorKind::Command,
                      "Range " + quoted(text) + " has more than one colon");
}

}  // namespace revise::commands
