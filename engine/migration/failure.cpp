#include "engine/migration/failure.hpp"

#include "engine/core/secret.hpp"
#include "engine/core/text.hpp"

namespace revise::migration {

namespace {

void add_if_any(Error& error, const std::string& what, const std::string& text) {
  if (!text.empty()) error.add_note(what + ": " + text);
}

// SQLSTATEs that leave a person wondering what to do.
std::string way_out(const std::string& code) {
  if (code == "53200") {
    return "the run locks more tables than the server has room for: raise "
           "max_locks_per_transaction, or set transaction_per_migration = true";
  }
  if (code == "55P03") return "a lock was not to be had within lock_timeout";
  if (code == "40P01") return "another session waits for this one: run it again";
  return {};
}

}  // namespace

std::string name_of(const graph::Step& step, Effect effect) {
  const bool is_upgrade = step.direction == graph::Direction::Upgrade;
  const std::string verb = effect == Effect::RowsOnly ? "stamp_revision"
                           : is_upgrade               ? "upgrade"
                                                      : "downgrade";
  return verb + " " + join(step.from, ", ") + " -> " + join(step.to, ", ");
}

// In PASSWORD 'x' as in password='x' the literal goes; a URL's password goes anywhere.
std::string masked(std::string_view sql) {
  static constexpr std::string_view kWord = "password";
  const std::string lowered = lower(sql);
  std::string text;
  std::size_t done = 0;
  for (auto at = lowered.find(kWord); at != lowered.npos;
       at = lowered.find(kWord, at + 1)) {
    if (at < done) continue;
    const auto quote = lowered.find_first_not_of(" \t\r\n=", at + kWord.size());
    if (quote == lowered.npos || lowered[quote] != '\'') continue;
    auto end = lowered.find('\'', quote + 1);
    while (end != lowered.npos && end + 1 < lowered.size() &&
           lowered[end + 1] == '\'') {
      end = lowered.find('\'', end + 2);
    }
    text += sql.substr(done, quote - done);
    text += "'***'";
    done = end == lowered.npos ? sql.size() : end + 1;
  }
  return redact_url(text + std::string(sql.substr(done)));
}

void tell_statement(Error& error, const StepProgress& progress) {
  const auto* database = dynamic_cast<const DatabaseError*>(&error);
  const std::string& sent = database != nullptr && !database->statement().empty()
                                ? database->statement()
                                : progress.statement;
  if (progress.statements > 0) {
    error.add_note("statement " + std::to_string(progress.statements) +
                   " of the step: " + masked(sent));
  }
  if (database == nullptr) return;
  const auto details = database->details();
  add_if_any(error, "code", details.code);
  add_if_any(error, "detail", masked(details.detail));
  add_if_any(error, "hint", details.hint);
  add_if_any(error, "way out", way_out(details.code));
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

}  // namespace revise::migration
