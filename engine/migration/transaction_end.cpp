#include "engine/migration/transaction_end.hpp"

#include <functional>
#include <string>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise::migration {

namespace {

bool is_word_part(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

class Reader {
 public:
  Reader(std::string_view sql, std::string_view dialect)
      : sql_(sql), is_postgresql_(dialect == "postgresql") {}

  /// The first statement of which `is_meant(reader)` is true.
  template <typename IsMeant>
  std::string_view find(const IsMeant& is_meant) {
    while (at_ < sql_.size()) {
      if (sql_[at_] == ';' && depth_ == 0) {
        if (is_meant(*this)) return statement();
        words_.clear();
        names_client_ = false;
        first_ = sql_.npos;
        ++at_;
      } else {
        token();
      }
    }
    return is_meant(*this) ? statement() : std::string_view();
  }

  bool ends_transaction() const {
    if (words_.empty()) return false;
    const auto& verb = words_.front();
    if (verb == "prepare") return words_.size() > 1 && words_[1] == "transaction";
    if (verb == "rollback") {
      for (const auto& word : words_) {
        if (word == "to" || word == "prepared") return false;
      }
      return true;
    }
    if (verb == "commit") return words_.size() < 2 || words_[1] != "prepared";
    return verb == "end" || verb == "abort";
  }

  bool copies_to_client() const {
    return !words_.empty() && words_.front() == "copy" && names_client_;
  }

 private:
  bool starts(std::string_view with) const {
    return sql_.substr(at_, with.size()) == with;
  }
  void skip_past(std::string_view end, std::size_t from) {
    const auto found = sql_.find(end, from);
    at_ = found == sql_.npos ? sql_.size() : found + end.size();
  }

  void token() {
    const char c = sql_[at_];
    if (starts("--")) return skip_past("\n", at_);
    if (starts("/*")) return skip_comment();
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
      ++at_;
      return;
    }
    if (first_ == sql_.npos) first_ = at_;
    if (c == '\'' || c == '"' || (!is_postgresql_ && c == '`')) {
      skip_past({&c, 1}, at_ + 1);
    } else if (!is_postgresql_ && c == '[') {
      skip_past("]", at_);
    } else if (is_postgresql_ && c == '$') {
      skip_dollar();
    } else if (is_word_part(c)) {
      word();
    } else {
      ++at_;
    }
  }

  // PostgreSQL's nest.
  void skip_comment() {
    if (!is_postgresql_) return skip_past("*/", at_ + 2);
    int open = 0;
    do {
      const bool is_mark = starts("/*") || starts("*/");
      if (is_mark) open += sql_[at_] == '/' ? 1 : -1;
      at_ += is_mark ? 2 : 1;
    } while (open > 0 && at_ < sql_.size());
  }

  void skip_escaped() {
    for (++at_; at_ < sql_.size() && sql_[at_] != '\''; ++at_) {
      if (sql_[at_] == '\\') ++at_;
    }
    ++at_;
  }

  void skip_dollar() {
    auto end = at_ + 1;
    while (end < sql_.size() && is_word_part(sql_[end])) ++end;
    if (end >= sql_.size() || sql_[end] != '$') {
      ++at_;
      return;
    }
    skip_past(sql_.substr(at_, end + 1 - at_), end + 1);
  }

  // The body of a trigger (SQLite) or of a function in standard SQL (PostgreSQL) has
  // semicolons of its own; CASE is the other thing in it that END ends.
  void word() {
    const auto from = at_;
    while (at_ < sql_.size() && (is_word_part(sql_[at_]) || sql_[at_] == '$')) ++at_;
    const auto text = lower(sql_.substr(from, at_ - from));
    if (is_postgresql_ && text == "e" && starts("'")) return skip_escaped();
    const bool is_create = !words_.empty() && words_.front() == "create";
    if (is_create && (text == "begin" || (depth_ > 0 && text == "case"))) ++depth_;
    if (depth_ > 0 && text == "end") --depth_;
    if (words_.size() < kTelling) words_.push_back(text);
    names_client_ = names_client_ || text == "stdin" || text == "stdout";
  }

  std::string_view statement() const {
    return strip(sql_.substr(first_, at_ - first_));
  }

  static constexpr std::size_t kTelling = 3;  // ROLLBACK TRANSACTION TO

  std::string_view sql_;
  bool is_postgresql_;
  std::size_t at_ = 0;
  std::size_t first_ = std::string_view::npos;  // where the open statement begins
  std::vector<std::string> words_;              // its first ones
  bool names_client_ = false;                   // among its words
  int depth_ = 0;
};

// Case does not count in SQL; most statements are done with here.
bool may_end_transaction(std::string_view sql) {
  const auto lowered = lower(sql);
  for (const std::string_view word :
       {"commit", "rollback", "end", "abort", "prepare"}) {
    if (lowered.find(word) != lowered.npos) return true;
  }
  return false;
}

}  // namespace

std::string_view find_transaction_end(std::string_view sql, std::string_view dialect) {
  if (!may_end_transaction(sql)) return {};
  return Reader(sql, dialect).find(std::mem_fn(&Reader::ends_transaction));
}

void refuse_transaction_end(const std::string& verb, const std::string& statement) {
  DatabaseError error(
      "the unit " + verb + " the run's transaction with " + quoted(statement),
      {.statement = statement});
  error.add_note(
      "the run begins and ends transactions itself; take the statement out, and put "
      "what cannot run in a transaction into op.autocommit_block()");
  throw error;
}

std::string_view find_client_copy(std::string_view sql) {
  if (lower(sql).find("copy") == sql.npos) return {};
  return Reader(sql, "postgresql").find(std::mem_fn(&Reader::copies_to_client));
}

}  // namespace revise::migration
