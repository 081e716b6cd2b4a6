#include "engine/commands/migrating.hpp"

#include <map>
#include <set>
#include <utility>

#include "engine/commands/context.hpp"
#include "engine/commands/environment.hpp"
#include "engine/commands/files.hpp"
#include "engine/commands/known_rows.hpp"
#include "engine/commands/units.hpp"
#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "engine/core/text.hpp"
#include "engine/graph/resolve.hpp"
#include "engine/migration/offline.hpp"
#include "engine/script/environment_file.hpp"
#include "engine/unit/crash_notice.hpp"
#include "engine/unit/guarded.hpp"

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

// Alembic's template for several databases says so too.
void log_database(const Database& database) {
  if (!database.name.empty())
    log::info("alembic.env", "Migrating database " + database.name);
}

// Also of one alone of several: it may be the one in which a run was cut off.
migration::CommitMode commit_mode(const Project& project, const Databases& databases) {
  const bool is_of_several = databases.size() > 1 || !databases.front().name.empty();
  return is_of_several && project.settings.run.twophase
             ? migration::CommitMode::TwoPhase
             : migration::CommitMode::OneByOne;
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

MigrationInfo info_of(const graph::RevisionMap& map, const graph::Step& step,
                      migration::Effect effect) {
  MigrationInfo info;
  info.is_upgrade = step.direction == graph::Direction::Upgrade;
  info.is_stamp = effect == migration::Effect::RowsOnly;
  if (info.is_stamp) {
    info.up_revision_ids = info.is_upgrade ? step.to : step.from;
    info.down_revision_ids = info.is_upgrade ? step.from : step.to;
  } else {
    info.up_revision_ids = {step.revision};
    info.down_revision_ids = map.parents(step.revision, graph::Edges::All);
  }
  return info;
}

migration::VersionApplied version_applied(const Project& project,
                                          const Database& database,
                                          migration::Effect effect) {
  const auto& callbacks = database.on_version_apply;
  if (callbacks.empty()) return {};
  return [&project, &callbacks, effect](const graph::Step& step,
                                        const graph::Rows& rows, Operations& op) {
    const auto info = info_of(project.map, step, effect);
    unit::run_guarded("on_version_apply", std::string(script::kEnvironmentFile), [&] {
      for (const auto& callback : callbacks) callback(op, info, rows);
    });
  };
}

migration::OfflineRun offline_run(const Project& project, const Database& database,
                                  migration::Effect effect) {
  migration::OfflineRun run;
  run.dialect = database.url.dialect;
  run.effect = effect;
  run.settings = database.settings;
  run.arguments = database.arguments;
  run.statements = database.statements;
  run.preamble = database.static_output;
  run.version_applied = version_applied(project, database, effect);
  return run;
}

// All scripts are made before the first is written.
class Scripts {
 public:
  explicit Scripts(const Invocation& invocation) : invocation_(invocation) {}

  void add(const Database& database, std::string text) {
    texts_.emplace_back(&database, std::move(text));
  }

  void write() const {
    for (const auto& [database, text] : texts_) write(*database, text);
  }

 private:
  void write(const Database& database, const std::string& text) const {
    const auto& buffer = database.output_buffer;
    std::string path = buffer.path();
    if (!buffer.is_set() && !database.name.empty()) path = database.name + ".sql";
    if (!path.empty()) {
      replace_file(path, text);
      invocation_.console.note("Writing output to " + path + "\n");
    } else if (buffer.write()) {
      unit::run_guarded("output_buffer", std::string(script::kEnvironmentFile),
                        [&] { buffer.write()(text); });
    } else {
      invocation_.console.write(text);
    }
  }

  const Invocation& invocation_;
  std::vector<std::pair<const Database*, std::string>> texts_;
};

void print_scripts(const Invocation& invocation, const Project& project,
                   const Migration& wanted, const Databases& databases) {
  Units units(invocation, project);
  Preview preview(invocation, project, wanted.effect);
  Scripts scripts(invocation);
  for (const auto& database : databases) {
    auto run = offline_run(project, database, wanted.effect);
    run.rows = rows_of_start(invocation, project.map,
                             database.starting_rev.value_or(wanted.start));
    run.plan = wanted.plan(run.rows);
    preview.show(run.plan);
    run.units = units.source();
    log_database(database);
    log_context(database);
    for (const auto& step : run.plan.steps) log_step(project, step, wanted.effect);
    scripts.add(database, migration::render_script(run));
  }
  scripts.write();
}

// What a crash from now on leaves behind, in each of the databases.
class CrashState {
 public:
  explicit CrashState(migration::Effect effect) : effect_(effect) {}

  void committed(const std::string& database, const std::vector<graph::Step>& steps,
                 const graph::Step* running) {
    texts_[database] = (database.empty() ? "" : "database " + database + ": ") +
                       state_after(steps, running, effect_);
    std::vector<std::string> all;
    for (const auto& [name, text] : texts_) all.push_back(text);
    unit::set_crash_state(join(all, "; "));
  }

 private:
  const migration::Effect effect_;
  std::map<std::string, std::string> texts_;
};

// The runs of a command on its databases; what they share outlives them.
class OnlineRuns {
 public:
  OnlineRuns(const Invocation& invocation, const Project& project,
             const Migration& wanted)
      : invocation_(invocation),
        project_(project),
        wanted_(wanted),
        units_(invocation, project),
        preview_(invocation, project, wanted.effect),
        crash_state_(wanted.effect) {}

  migration::Run run_on(const Database& database);

 private:
  graph::Plan plan(const Database& database, const graph::Rows& rows);
  migration::Progress progress(const Database& database);

  const Invocation& invocation_;
  const Project& project_;
  const Migration& wanted_;
  Units units_;
  Preview preview_;
  CrashState crash_state_;
  std::set<std::string> is_logged_;
  std::string current_;  // whose steps the log tells of
};

graph::Plan OnlineRuns::plan(const Database& database, const graph::Rows& rows) {
  if (is_logged_.insert(database.name).second) log_context(database);
  auto plan = in_context("planning", [&] {
    return with_known_rows(project_.map, rows, [&] { return wanted_.plan(rows); });
  });
  preview_.show(plan);
  return plan;
}

migration::Progress OnlineRuns::progress(const Database& database) {
  migration::Progress progress;
  progress.step_begins = [&](const graph::Step& step) {
    if (current_ != database.name) log_database(database);
    current_ = database.name;
    log_step(project_, step, wanted_.effect);
  };
  progress.committed = [&](const auto& steps, const graph::Step* running) {
    crash_state_.committed(database.name, steps, running);
  };
  progress.notice = [&](std::string_view line) {
    const std::string name = database.name.empty() ? "" : database.name + ": ";
    invocation_.console.note(name + std::string(line) + "\n");
  };
  return progress;
}

migration::Run OnlineRuns::run_on(const Database& database) {
  announce(invocation_, database);
  // A target that makes no sense is no reason to create a file.
  if (is_absent(database)) preview_.show(wanted_.plan({}));
  migration::Run run;
  run.command = std::string(invocation_.command);
  run.database = database.name;
  run.identity = database.identity();
  run.effect = wanted_.effect;
  run.connect = [&database] {
    return open_database(database, driver::Access::ReadWrite);
  };
  run.plan = [this, &database](const auto& rows) { return plan(database, rows); };
  run.has_block = [this](const graph::Step& step) {
    const auto* script = project_.scripts.find(step.revision);
    return script && wanted_.effect == migration::Effect::Units &&
           commits(*script, step.direction);
  };
  run.units = units_.source();
  run.arguments = database.arguments;
  run.statements = database.statements;
  run.version_applied = version_applied(project_, database, wanted_.effect);
  run.progress = progress(database);
  run.settings = database.settings;
  return run;
}

void run_online(const Invocation& invocation, const Project& project,
                const Migration& wanted, const Databases& databases) {
  for (const auto& database : databases) {
    if (!database.static_output.empty())
      invocation.console.print(database.static_output);
  }
  OnlineRuns online(invocation, project, wanted);
  std::vector<migration::Run> runs;
  for (const auto& database : databases) runs.push_back(online.run_on(database));
  migration::run_all(runs, commit_mode(project, databases));
}

EnvironmentRequest request_of(const Invocation& invocation) {
  const bool as_script = invocation.arguments.has("sql");
  return {.rendering = as_script ? operations::Rendering::Offline
                                 : operations::Rendering::Online};
}

}  // namespace

void migrate(const Invocation& invocation, const Project& project,
             const Migration& wanted) {
  auto request = request_of(invocation);
  request.revision = wanted.target;
  request.start = wanted.start;
  with_databases(invocation, project, request, [&](const Databases& databases) {
    if (invocation.arguments.has("sql")) {
      print_scripts(invocation, project, wanted, databases);
    } else {
      run_online(invocation, project, wanted, databases);
    }
  });
}

void ensure_version_table(const Invocation& invocation, const Project& project) {
  const bool as_script = invocation.arguments.has("sql");
  const Migration nothing{.plan =
                              [](const graph::Rows& rows) {
                                return graph::Plan{rows, {}, rows};
                              },
                          .effect = migration::Effect::RowsOnly};
  with_databases(invocation, project, request_of(invocation),
                 [&](const auto& databases) {
                   Scripts scripts(invocation);
                   std::vector<migration::Run> runs;
                   OnlineRuns online(invocation, project, nothing);
                   for (const auto& database : databases) {
                     if (as_script) {
                       const auto run = offline_run(project, database, nothing.effect);
                       scripts.add(database, migration::render_ensure_version(run));
                     } else {
                       runs.push_back(online.run_on(database));
                     }
                   }
                   scripts.write();
                   if (!as_script)
                     migration::run_all(runs, commit_mode(project, databases));
                 });
}

ScriptRange parse_script_range(const std::string& text) {
  const auto pieces = split(text, ':');
  if (pieces.size() == 1) return {{}, text, false};
  if (pieces.size() == 2) return {pieces[0], pieces[1], true};
  throw RevisionError(RevisionErrorKind::Command,
                      "Range " + quoted(text) + " has more than one colon");
}

}  // namespace revise::commands
