#include "engine/dialects/sqlite/lexer.hpp"

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise::sqlite {

namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Lexer {
 public:
  explicit Lexer(std::string_view sql) : sql_(sql) {}

  std::vector<Token> read() {
    std::vector<Token> tokens;
    for (skip_trivia(); at_ < sql_.size(); skip_trivia()) {
      const std::size_t begin = at_;
      const TokenKind kind = next();
      tokens.push_back({
          kind, {begin, at_}
      });
    }
    return tokens;
  }

 private:
  bool starts(std::string_view with) const {
    return sql_.substr(at_, with.size()) == with;
  }

  // A comment that is not closed ends with the text.
  void skip_past(std::string_view end, std::size_t from) {
    const auto found = sql_.find(end, from);
    at_ = found == sql_.npos ? sql_.size() : found + end.size();
  }

  void skip_trivia() {
    while (at_ < sql_.size()) {
      if (is_space(sql_[at_])) {
        ++at_;
      } else if (starts("--")) {
        skip_past("\n", at_);
      } else if (starts("/*") && at_ + 2 < sql_.size()) {
        skip_past("*/", at_ + 2);
      } else {
        return;
      }
    }
  }

  TokenKind next() {
    const char c = sql_[at_];
    if (c == '\'' || c == '"' || c == '`') {
      skip_quoted(c);
      return c == '\'' ? TokenKind::String : TokenKind::Name;
    }
    if (c == '[') {
      const auto end = sql_.find(']', at_);
      if (end == sql_.npos) refuse();
      at_ = end + 1;
      return TokenKind::Name;
    }
    const bool has_next = at_ + 1 < sql_.size();
    if ((c == 'x' || c == 'X') && has_next && sql_[at_ + 1] == '\'') {
      ++at_;
      skip_quoted('\'');
      return TokenKind::Number;
    }
    if (is_digit(c) || (c == '.' && has_next && is_digit(sql_[at_ + 1]))) {
      skip_number();
      return TokenKind::Number;
    }
    if (is_name_character(c)) {
      while (at_ < sql_.size() && is_name_character(sql_[at_])) ++at_;
      return TokenKind::Word;
    }
    ++at_;
    return TokenKind::Symbol;
  }

  void skip_quoted(char quote) {
    const std::size_t begin = at_;
    for (++at_; at_ < sql_.size(); ++at_) {
      if (sql_[at_] != quote) continue;
      if (at_ + 1 == sql_.size() || sql_[at_ + 1] != quote) {
        ++at_;
        return;
      }
      ++at_;
    }
    at_ = begin;
    refuse();
  }

  // Digits, a point, an exponent with its sign, 0x1f: what follows at once belongs to
  // it, as SQLite would refuse it otherwise.
  void skip_number() {
    for (; at_ < sql_.size(); ++at_) {
      const char c = sql_[at_];
      const char before = at_ == 0 ? ' ' : sql_[at_ - 1];
      const bool is_sign = (c == '+' || c == '-') && (before == 'e' || before == 'E');
      if (!is_name_character(c) && c != '.' && !is_sign) return;
    }
  }

  [[noreturn]] void refuse() const {
    throw UnsupportedError("the quote at " + quoted(sql_.substr(at_, 20)) +
                           " is not closed");
  }

  std::string_view sql_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<Token> tokens_of(std::string_view sql) { return Lexer(sql).read(); }

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' ||
         c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

std::string name_of(std::string_view token) {
  if (token.size() < 2) return std::string(token);
  const char quote = token.front();
  const auto inner = token.substr(1, token.size() - 2);
  if (quote == '[') return std::string(inner);
  if (quote != '\'' && quote != '"' && quote != '`') return std::string(token);
  return replace_all(inner, std::string(2, quote), {&quote, 1});
}

bool is_same_name(std::string_view left, std::string_view right) {
  return lower(left) == lower(right);
}

}  // namespace revise::sqlite
