#include "tests/end_to_end/run_case.hpp"

#include <cstdlib>
#include <filesystem>
#include <memory>

#include "tests/end_to_end/pattern.hpp"
#include "tests/support/command.hpp"
#include "tests/support/postgresql_cluster.hpp"
#include "tests/support/postgresql_server.hpp"
#include "tests/support/temporary_folder.hpp"

namespace revise::testing {
namespace {

namespace fs = std::filesystem;

struct Case {
  Surroundings surroundings;
  std::vector<std::string> environment;
  std::unique_ptr<PostgresqlCluster> guarded = {};
};

// What a developer has set must not reach a case.
std::vector<std::string> clean_environment(const Surroundings& surroundings) {
  const char* path = std::getenv("PATH");
  return {"PATH=" + surroundings.build + ":" +
              REVISE_SOURCE_DIR "/tests/end_to_end/bin:" +
              (path == nullptr ? "/usr/bin:/bin" : path),
          "HOME=" + surroundings.folder,
          "LC_ALL=C.UTF-8",
          "ALEMBIC_CONFIG",
          "EDITOR",
          "NO_COLOR",
          "PGHOST",
          "PGPASSWORD",
          "PGPORT",
          "PGUSER",
          "REVISE_DATABASE_URL",
          "VISUAL",
          "XDG_CACHE_HOME"};
}

std::string all_of(const Outcome& outcome) {
  return "exit " + std::to_string(outcome.status) + "\n--- stdout\n" + outcome.output +
         "--- stderr\n" + outcome.errors;
}

std::string run_command(const Step& step, const Case& running) {
  const auto outcome = run({
      .arguments = {"bash", "-c", step.argument},
      .folder = running.surroundings.folder,
      .environment = running.environment
  });
  std::string wrong;
  if (outcome.status != step.status) {
    wrong = "expected exit " + std::to_string(step.status);
  } else if (auto output = mismatch(step.output, outcome.output); !output.empty()) {
    wrong = "on stdout\n" + output;
  } else if (step.errors) {
    if (auto errors = mismatch(*step.errors, outcome.errors); !errors.empty()) {
      wrong = "on stderr\n" + errors;
    }
  }
  if (wrong.empty()) return {};
  return "$ " + step.argument + "\n" + wrong + "\nIt was: " + all_of(outcome);
}

std::string check_file(const Step& step, const std::string& path) {
  if (!fs::exists(path)) return step.argument + " does not exist";
  const auto wrong = mismatch(step.body, read_text(path));
  if (wrong.empty()) return {};
  return "in " + step.argument + "\n" + wrong + "\nIt was:\n" + read_text(path);
}

void start_guarded(Case& running) {
  running.guarded =
      std::make_unique<PostgresqlCluster>(PostgresqlCluster::Listen::Loopback);
  running.guarded->write_hba(
      "local all revise trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
  running.guarded->start();
  running.environment.push_back("POSTGRESQL=" + running.guarded->url());
  running.environment.push_back("PORT=" + std::to_string(running.guarded->port()));
}

std::string run_step(const Step& step, Case& running) {
  const auto path = running.surroundings.folder + "/" + step.argument;
  switch (step.kind) {
    case StepKind::Write:
      write_text(path, step.body);
      return {};
    case StepKind::Append:
      write_text(path, read_text(path) + step.body);
      return {};
    case StepKind::Run:
      return run_command(step, running);
    case StepKind::Holds:
      return check_file(step, path);
    case StepKind::Absent:
      return fs::exists(path) ? step.argument + " exists" : std::string{};
    case StepKind::Postgresql:
      running.environment.push_back("POSTGRESQL=" +
                                    PostgresqlServer::instance().create_database());
      return {};
    case StepKind::GuardedPostgresql:
      start_guarded(running);
      return {};
  }
  return {};
}

}  // namespace

std::string run_case(const std::vector<Step>& steps, const Surroundings& surroundings) {
  Case running{surroundings, clean_environment(surroundings)};
  for (const auto& step : steps) {
    const auto wrong = run_step(step, running);
    if (!wrong.empty()) return std::to_string(step.line) + ": " + wrong;
  }
  return {};
}

}  // namespace revise::testing
