#include "engine/migration/autocommit.hpp"

#include <algorithm>
#include <span>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/driver/postgresql_statements.hpp"

namespace revise::migration {

namespace {

using Words = std::span<const std::string_view>;

// The rows that these touch are counted.
constexpr std::string_view kCounted[] = {"insert", "update", "delete", "merge",
                                         "replace"};
constexpr std::string_view kReading[] = {"select", "with",    "values", "table",
                                         "show",   "explain", "pragma", "("};
constexpr std::string_view kChanging[] = {"insert", "update", "delete", "merge",
                                          "into"};

bool is_one_of(std::string_view word, Words words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

// https://www.postgresql.org/docs/15/queries-with.html, 7.8.4, has WITH change data;
// INTO makes a table; EXPLAIN may run what it explains. SQLite has none of these.
bool may_change(std::string_view query) {
  const auto tokens = driver::tokens_of(query);
  if (tokens.empty()) return false;
  const auto verb = lower(tokens.front());
  if (is_one_of(verb, kCounted)) return false;
  if (!is_one_of(verb, kReading)) return true;
  std::string before;
  for (const auto token : tokens) {
    const auto word = lower(token);
    const bool locks = word == "update" && (before == "for" || before == "key");
    if (is_one_of(word, kChanging) && !locks) return true;
    before = word;
  }
  return false;
}

void refuse_late_block() {
  throw UnitError(
      "autocommit_block() must be the first change of its function: it would commit "
      "what came before without a version row; split the revision, or give "
      "{.after_changes = true}");
}

void refuse_block(const std::string& step, const std::string& why) {
  throw UnsupportedError("a block outside a transaction" +
                         (step.empty() ? "" : ", as " + step + " has,") + " " + why);
}

void refuse_nested_autocommit() {
  throw UnitError(
      "an autocommit_block() stands inside another; what is in it is outside any "
      "transaction already");
}

}  // namespace revise::migration
