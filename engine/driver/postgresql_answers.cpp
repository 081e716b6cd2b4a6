#include "engine/driver/postgresql_answers.hpp"

#include <libpq-events.h>

#include <charconv>
#include <exception>
#include <string_view>

#include "engine/core/log.hpp"
#include "engine/core/masked.hpp"

namespace revise::driver {

namespace {

constexpr std::string_view kLogger = "revise.driver";

std::string field_of(const PGresult* result, int field) {
  const char* text = PQresultErrorField(result, field);
  return text == nullptr ? std::string() : std::string(text);
}

// Never translated, unlike PG_DIAG_SEVERITY. Servers before 9.6 have only the other.
std::string severity_of(const PGresult* result) {
  const auto severity = field_of(result, PG_DIAG_SEVERITY_NONLOCALIZED);
  return severity.empty() ? field_of(result, PG_DIAG_SEVERITY) : severity;
}

void note_words(Answers& answers, const PGresult* result) {
  const std::string severity = severity_of(result);
  const std::string position = field_of(result, PG_DIAG_STATEMENT_POSITION);
  answers.message = masked(field_of(result, PG_DIAG_MESSAGE_PRIMARY));
  answers.details = {.code = field_of(result, PG_DIAG_SQLSTATE),
                     .detail = field_of(result, PG_DIAG_MESSAGE_DETAIL),
                     .hint = field_of(result, PG_DIAG_MESSAGE_HINT),
                     .connection_lost = severity == "FATAL" || severity == "PANIC"};
  std::from_chars(position.data(), position.data() + position.size(),
                  answers.details.position);
}

// Also of one that returns rows, whose number the tag then tells.
bool is_writing(std::string_view tag) {
  for (const std::string_view verb : {"INSERT", "UPDATE", "DELETE", "MERGE"}) {
    if (tag.starts_with(verb)) return true;
  }
  return false;
}

void note_result(Answers& answers, const PGresult* result) {
  switch (PQresultStatus(result)) {
    case PGRES_FATAL_ERROR:
    case PGRES_BAD_RESPONSE:
      answers.refused = true;
      // Without a field it is libpq that speaks, of a connection that broke.
      if (PQresultErrorField(result, PG_DIAG_SQLSTATE) != nullptr) {
        note_words(answers, result);
      }
      break;
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
      if (!answers.copies) answers.copy_place = answers.completed;
      answers.copies = true;
      break;
    default: {
      const std::string_view tag = PQcmdStatus(const_cast<PGresult*>(result));
      if (tag == "COMMIT" || tag == "ROLLBACK" || tag == "PREPARE TRANSACTION") {
        answers.ended.push_back(answers.completed);
      }
      answers.has_written = is_writing(tag);
      ++answers.completed;
    }
  }
}

// libpq is C: nothing may be thrown through it. Without a note of the result, it fails.
int on_event(PGEventId event, void* info, void* answers) {
  if (event != PGEVT_RESULTCREATE) return 1;
  try {
    note_result(*static_cast<Answers*>(answers),
                static_cast<PGEventResultCreate*>(info)->result);
    return 1;
  } catch (const std::exception&) {  // no memory left
    return 0;
  }
}

void tell(const std::string& severity, const std::string& words) {
  if (severity == "WARNING") {
    log::warning(kLogger, words);
  } else if (severity == "DEBUG") {
    log::debug(kLogger, words);
  } else {  // NOTICE, INFO, LOG
    log::info(kLogger, words);
  }
}

void note_notice(Answers& last, const PGresult* notice) {
  const std::string message = field_of(notice, PG_DIAG_MESSAGE_PRIMARY);
  if (message.empty()) return;
  // A server that ends at once, after a crash for one, says so with a warning.
  if (field_of(notice, PG_DIAG_SQLSTATE).starts_with("57P")) {
    note_words(last, notice);
    last.details.connection_lost = true;
    return;
  }
  std::string words = message;
  for (const int field : {PG_DIAG_MESSAGE_DETAIL, PG_DIAG_MESSAGE_HINT}) {
    const std::string more = field_of(notice, field);
    if (!more.empty()) words += "; " + more;
  }
  tell(severity_of(notice), masked(words));
}

// What the log's sink throws is lost, as the notice is.
void on_notice(void* answers, const PGresult* notice) {
  try {
    note_notice(*static_cast<Answers*>(answers), notice);
  } catch (...) {  // libpq is C: nothing may be thrown through it
  }
}

}  // namespace

void listen_to(PGconn* connection, Answers& answers) {
  PQregisterEventProc(connection, on_event, "revise", &answers);
  PQsetNoticeReceiver(connection, on_notice, &answers);  // libpqxx's goes to stderr
}

}  // namespace revise::driver
