#include "engine/migration/failure.hpp"

#include <algorithm>

#include "engine/core/secret.hpp"
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
  add_if_any(error, "hint", details.hint);
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

namespace {

// Where the literal that begins at `at` ends, in each way that PostgreSQL has to write
// one; `at` itself when none begins there.
std::size_t end_of_secret(std::string_view sql, std::size_t at) {
  if (sql[at] == '$') {
    const auto tag_end = sql.find('$', at + 1);
    if (tag_end == sql.npos) return at;
    const auto tag = sql.substr(at, tag_end + 1 - at);
    if (tag.find_first_of(" \t\r\n'") != tag.npos) return at;
    const auto end = sql.find(tag, tag_end + 1);
    return end == sql.npos ? sql.size() : end + tag.size();
  }
  const bool has_escapes = sql.substr(at, 2) == "e'";
  const bool has_codes = sql.substr(at, 3) == "u&'";
  auto quote = at + (has_escapes ? 1 : has_codes ? 2 : 0);
  if (sql[quote] != '\'') return at;
  for (++quote; quote < sql.size(); ++quote) {
    if (has_escapes && sql[quote] == '\\') {
      ++quote;
    } else if (sql[quote] == '\'') {
      if (quote + 1 == sql.size() || sql[quote + 1] != '\'') return quote + 1;
      ++quote;
    }
  }
  return sql.size();
}

}  // namespace

// In PASSWORD 'x' as in password='x' the literal goes, in 'host=h password=x' the word;
// a URL's password goes anywhere.
std::string masked(std::string_view sql) {
  static constexpr std::string_view kWord = "password";
  const std::string lowered = lower(sql);
  std::string text;
  std::size_t done = 0;
  for (auto at = lowered.find(kWord); at != lowered.npos;
       at = lowered.find(kWord, at + 1)) {
    if (at < done) continue;
    const auto from = at + kWord.size();
    const auto literal = lowered.find_first_not_of(" \t\r\n=", from);
    if (literal == lowered.npos) continue;
    const auto end = end_of_secret(lowered, literal);
    if (end != literal) {
      text += sql.substr(done, literal - done);
      text += "'***'";
      done = end;
    } else if (literal == from + 1 && lowered[from] == '=') {
      text += sql.substr(done, literal - done);
      text += "***";
      done = std::min(lowered.find_first_of(" \t\r\n'\",;)&", literal), sql.size());
    }
  }
  return redact_url(text + std::string(sql.substr(done)));
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

void tell_database(Error& error, const std::string& database) {
  if (!database.empty()) error.add_note("in the database " + database);
}

namespace {

std::string line_of(const DatabaseState& state, Effect effect) {
  std::vector<std::string> parts;
  std::vector<std::string> names;
  for (const auto& step : state.committed) names.push_back(name_of(step, effect));
  if (!names.empty()) parts.push_back("committed: " + join(names, ", "));
  if (!state.left.empty()) parts.push_back(state.left);
  if (parts.empty()) parts.push_back("no step was committed");
  if (!state.rows.empty()) parts.push_back(state.rows);
  return "database " + state.database + ": " + join(parts, "; ");
}

}  // namespace

void tell_databases(Error& error, const std::vector<DatabaseState>& states,
                    Effect effect, CommitMode mode) {
  std::vector<std::string> behind;
  for (const auto& state : states) {
    error.add_note(line_of(state, effect));
    if (state.committed.empty()) behind.push_back("--database " + state.database);
  }
  if (behind.empty() || behind.size() == states.size()) return;
  const std::string with =
      mode == CommitMode::TwoPhase ? "" : " with " + join(behind, " ");
  error.add_note(
      "the databases are no longer at one revision; once what is wrong is "
      "mended, run it again" +
      with);
}

}  // namespace revise::migration
