#include "engine/migration/failure.hpp"

#include "engine/core/masked.hpp"
#include "engine/core/text.hpp"
#include "engine/migration/way_out.hpp"

namespace revise::migration {

namespace {

void add_if_any(Error& error, const std::string& what, const std::string& text) {
  if (!text.empty()) error.add_note(what + ": " + text);
}

// As an editor counts, both from 1.
std::string place_of(std::string_view statement, int position) {
  if (position <= 0) return {};
  int line = 1;
  int column = 1;
  for (const char c : statement) {
    if ((c & 0xc0) == 0x80) continue;
    if (--position == 0) break;
    column = c == '\n' ? 1 : column + 1;
    line += c == '\n';
  }
  return "line " + std::to_string(line) + ", column " + std::to_string(column) +
         " of the statement";
}

void add_details(DatabaseError& error, const graph::Step* step) {
  const auto& details = error.details();
  add_if_any(error, "at", place_of(details.statement, details.position));
  if (details.row > 0) {
    error.add_note("at: row " + std::to_string(details.row) + " of those given");
  }
  add_if_any(error, "code", details.code);
  add_if_any(error, "detail", masked(details.detail));
  add_if_any(error, "hint", masked(details.hint));
  add_if_any(error, "way out", way_out(error, step));
}

}  // namespace

std::string name_of(const graph::Step& step, Effect effect) {
  const bool is_upgrade = step.direction == graph::Direction::Upgrade;
  const std::string verb = effect == Effect::RowsOnly ? "stamp_revision"
                           : is_upgrade               ? "upgrade"
                                                      : "downgrade";
  return verb + " " + join(step.from, ", ") + " -> " + join(step.to, ", ");
}

void tell_statement(Error& error, const std::string& name, const StepProgress& progress,
                    const graph::Step* step) {
  auto* database = dynamic_cast<DatabaseError*>(&error);
  const std::string& sent = database != nullptr && !database->statement().empty()
                                ? database->statement()
                                : progress.statement;
  if (progress.statements > 0) {
    const bool is_told = database != nullptr && !database->statement().empty();
    const std::string place =
        progress.is_running || is_told ? "statement " : "after statement ";
    error.add_note("in " + name + ", " + place + std::to_string(progress.statements) +
                   " of the step" + (sent.empty() ? "" : ": " + masked(sent)));
  } else {
    error.add_note("in " + name);
  }
  if (database != nullptr) add_details(*database, step);
}

void tell_refused(DatabaseError& error) {
  add_if_any(error, "statement", masked(error.statement()));
  add_details(error, nullptr);
}

void tell_rights(DatabaseError& error, const std::string& acts_as) {
  if (error.code() != "42501" || acts_as.empty()) return;
  error.add_note("the run works as the role " + quoted(acts_as) +
                 "; the setting role gives it another");
}

void tell_limit(DatabaseError& error, const std::string& limit,
                const std::string& blockers) {
  const bool is_wait = error.code() == "55P03";
  if (!is_wait && error.code() != "57014") return;
  add_if_any(error, "blocked by", blockers);
  if (!limit.empty()) {
    error.add_note("way out: " + limit + (is_wait ? " was not enough" : " ran out") +
                   "; run it again when the server is less busy, or allow more in the "
                   "settings or with op.set_timeouts()");
  } else if (is_wait) {
    error.add_note("way out: run it again when the lock is free");
  }
}

void tell_state(Error& error, const std::vector<graph::Step>& committed, Effect effect,
                const std::string& rows) {
  if (committed.empty()) {
    error.add_note("no step was committed");
  } else {
    std::string lines = "committed:";
    for (const auto& step : committed) lines += "\n" + name_of(step, effect);
    error.add_note(lines);
  }
  if (!rows.empty()) error.add_note(rows);
}

void tell_databases(Error& error, const std::vector<DatabaseState>& states,
                    Effect effect) {
  std::vector<std::string> behind;
  for (const auto& state : states) {
    std::vector<std::string> names;
    for (const auto& step : state.committed) names.push_back(name_of(step, effect));
    std::string line =
        "database " + state.database + ": " +
        (names.empty() ? "no step was committed" : "committed: " + join(names, ", "));
    if (!state.rows.empty()) line += "; " + state.rows;
    error.add_note(line);
    if (names.empty()) behind.push_back("--database " + state.database);
  }
  if (behind.empty() || behind.size() == states.size()) return;
  error.add_note(
      "the databases are no longer at one revision; once what is wrong is "
      "mended, run it again with " +
      join(behind, " "));
}

}  // namespace revise::migration
