#include "engine/commands/failure.hpp"

#include "engine/core/error.hpp"
#include "engine/core/masked.hpp"
#include "engine/core/text.hpp"
#include "engine/migration/failure.hpp"

namespace revise::commands {

namespace {

constexpr int kFailed = 1;
constexpr int kUsage = 2;
constexpr int kSignal = 128;

constexpr std::size_t kSqlstateLength = 5;

// Each line of `text` indented, so that a note of several lines keeps its columns.
void add_lines(std::string& told, std::string_view text) {
  for (const auto& line : split(text, '\n')) {
    told += line.empty() ? "\n" : "  " + line + "\n";
  }
}

int status_of(const Error& error) {
  if (dynamic_cast<const UsageError*>(&error)) return kUsage;
  if (const auto* interrupted = dynamic_cast<const Interrupted*>(&error)) {
    return kSignal + interrupted->signal();
  }
  return kFailed;
}

std::string message_of(const Error& error, const RevisionRequest& request) {
  if (const auto* wrong = dynamic_cast<const RevisionError*>(&error)) {
    return revision_message(*wrong, request);
  }
  return error.what();
}

void add_place(std::string& told, const ConfigError& error) {
  if (error.file().empty() || told.find(error.file()) != std::string::npos) return;
  told += "  in " + error.file();
  if (error.line() > 0) told += ":" + std::to_string(error.line());
  told += "\n";
}

// Of a connection or a question; what fails within a run has them among its notes.
void add_detail(std::string& told, const DatabaseError& error, const std::string& what,
                const std::string& text) {
  if (text.empty()) return;
  for (const auto& note : error.notes()) {
    if (note.find(text) != std::string::npos) return;
  }
  add_lines(told, what + ": " + text);
}

void add_details(std::string& told, const DatabaseError& error) {
  const auto& details = error.details();
  // SQLite's codes are numbers, and its message says the same in words.
  if (details.code.size() == kSqlstateLength) {
    add_detail(told, error, "code", details.code);
  }
  add_detail(told, error, "detail", masked(details.detail));
  add_detail(told, error, "hint", details.hint);
}

// As its maker wrote it: editors find the places in a compiler's words.
void add_output(std::string& told, const UnitError& error) {
  if (error.output().empty()) return;
  told += error.output();
  if (told.back() != '\n') told += '\n';
}

}  // namespace

Failure describe_failure(const std::exception& error, const RevisionRequest& request,
                         Detail detail) {
  const auto* ours = dynamic_cast<const Error*>(&error);
  if (!ours) {
    return {std::string("FAILED: internal error: ") + error.what() + "\n", kFailed};
  }
  std::string told = "FAILED: " + message_of(*ours, request) + "\n";
  if (const auto* wrong = dynamic_cast<const ConfigError*>(ours))
    add_place(told, *wrong);
  if (const auto* wrong = dynamic_cast<const UnitError*>(ours))
    add_output(told, *wrong);
  if (const auto* wrong = dynamic_cast<const DatabaseError*>(ours))
    add_details(told, *wrong);
  for (const auto& note : ours->notes()) add_lines(told, note);
  if (detail == Detail::Contexts) {
    for (const auto& context : ours->contexts()) add_lines(told, "while " + context);
  }
  return {told, status_of(*ours)};
}

}  // namespace revise::commands
