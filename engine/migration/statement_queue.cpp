#include "engine/migration/statement_queue.hpp"

#include <utility>

#include "engine/core/text.hpp"

namespace revise::migration {

namespace {

constexpr std::size_t kMostBytes = 1024 * 1024;

// Settings that a whole message has been read by before its first statement runs.
constexpr std::string_view kReading[] = {"standard_conforming_strings",
                                         "backslash_quote", "client_encoding", "names"};

// What ends a transaction is found before it is sent; should it not be, nothing must
// follow it in its message.
constexpr std::string_view kEnding[] = {"commit", "rollback", "end", "abort",
                                        "prepare"};

}  // namespace

void StatementQueue::add(int number, std::string sql) {
  bytes_ += sql.size();
  texts_.push_back(std::move(sql));
  numbers_.push_back(number);
}

bool StatementQueue::is_full() const { return bytes_ > kMostBytes; }

void StatementQueue::clear() {
  texts_.clear();
  numbers_.clear();
  bytes_ = 0;
}

Travel travel_of(std::string_view sql) {
  const auto lowered = lower(sql);
  const auto holds = [&lowered](std::string_view word) {
    return lowered.find(word) != lowered.npos;
  };
  if (holds("savepoint")) return Travel::Immediately;
  for (const auto word : kReading) {
    if (holds(word)) return Travel::Alone;
  }
  for (const auto word : kEnding) {
    if (holds(word)) return Travel::Alone;
  }
  return Travel::Together;
}

}  // namespace revise::migration
