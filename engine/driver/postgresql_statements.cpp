#include "engine/driver/postgresql_statements.hpp"

#include <cstddef>
#include <string>

#include "engine/core/text.hpp"

namespace revise::driver {

namespace {

bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_name_part(char c) { return is_name_start(c) || (c >= '0' && c <= '9'); }

enum class Backslash { Plain, Escapes };

class Splitter {
 public:
  explicit Splitter(std::string_view script) : script_(script) {}

  std::vector<std::string_view> split() {
    while (at_ < script_.size()) step();
    close();
    return std::move(found_);
  }

  std::vector<std::string_view> tokens() {
    while (at_ < script_.size()) {
      const auto from = at_;
      step();
      if (last_ > from) found_.push_back(script_.substr(from, last_ - from));
    }
    return std::move(found_);
  }

  bool is_left_open() {
    while (at_ < script_.size()) step();
    return is_cut_off_ || parentheses_ > 0 || body_depth_ > 0;
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < script_.size() ? script_[at_ + ahead] : '\0';
  }

  void step() {
    const char c = peek();
    if (c == '-' && peek(1) == '-') {
      skip_line();
    } else if (c == '/' && peek(1) == '*') {
      skip_comment();
    } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
      ++at_;
    } else if (c == ';' && parentheses_ == 0 && body_depth_ == 0) {
      close();
      ++at_;
    } else {
      token(c);
      last_ = at_;
    }
  }

  void token(char c) {
    if (first_ == std::string_view::npos) first_ = at_;
    if (c == '\'' || c == '"') {
      skip_quoted(c, Backslash::Plain);
    } else if (c == '$') {
      skip_dollar();
    } else if (is_name_start(c)) {
      word();
    } else if (c >= '0' && c <= '9') {
      while (is_name_part(peek())) ++at_;
    } else {
      if (c == '(') ++parentheses_;
      if (c == ')' && parentheses_ > 0) --parentheses_;
      ++at_;
    }
  }

  // A body in standard SQL (BEGIN ATOMIC ... END) has semicolons of its own; CASE is
  // the other thing in it that END ends.
  void word() {
    const std::size_t from = at_;
    while (is_name_part(peek()) || peek() == '$') ++at_;
    const std::string text = lower(script_.substr(from, at_ - from));
    if (peek() == '\'' && (text == "e")) {
      skip_quoted('\'', Backslash::Escapes);
    } else if (text == "atomic" && previous_ == "begin") {
      ++body_depth_;
    } else if (body_depth_ > 0 && text == "case") {
      ++body_depth_;
    } else if (body_depth_ > 0 && text == "end") {
      --body_depth_;
    }
    previous_ = text;
  }

  void skip_line() {
    while (at_ < script_.size() && peek() != '\n') ++at_;
  }

  void skip_comment() {
    int depth = 0;
    do {
      if (peek() == '/' && peek(1) == '*') {
        ++depth;
        at_ += 2;
      } else if (peek() == '*' && peek(1) == '/') {
        --depth;
        at_ += 2;
      } else {
        ++at_;
      }
    } while (depth > 0 && at_ < script_.size());
    is_cut_off_ = is_cut_off_ || depth > 0;
    if (at_ > script_.size()) at_ = script_.size();
  }

  // A doubled quote ends one and begins the next, which comes to the same.
  void skip_quoted(char quote, Backslash backslash) {
    for (++at_; at_ < script_.size() && peek() != quote; ++at_) {
      if (backslash == Backslash::Escapes && peek() == '\\') ++at_;
    }
    is_cut_off_ = is_cut_off_ || at_ >= script_.size();
    at_ = at_ < script_.size() ? at_ + 1 : script_.size();
  }

  void skip_dollar() {
    std::size_t end = at_ + 1;
    if (end < script_.size() && is_name_start(script_[end])) {
      while (end < script_.size() && is_name_part(script_[end])) ++end;
    }
    if (end >= script_.size() || script_[end] != '$') {
      ++at_;
      return;
    }
    const std::string_view tag = script_.substr(at_, end + 1 - at_);
    const std::size_t close = script_.find(tag, end + 1);
    is_cut_off_ = is_cut_off_ || close == std::string_view::npos;
    at_ = close == std::string_view::npos ? script_.size() : close + tag.size();
  }

  void close() {
    if (first_ != std::string_view::npos) {
      found_.push_back(script_.substr(first_, last_ - first_));
    }
    first_ = std::string_view::npos;
    parentheses_ = 0;
    previous_.clear();
  }

  std::string_view script_;
  std::vector<std::string_view> found_;
  std::size_t at_ = 0;
  std::size_t first_ = std::string_view::npos;  // of the open statement's tokens
  std::size_t last_ = 0;                        // behind its last token
  int parentheses_ = 0;
  int body_depth_ = 0;
  bool is_cut_off_ = false;  // the script ends inside a quotation or comment
  std::string previous_;
};

}  // namespace

std::vector<std::string_view> split_statements(std::string_view script) {
  return Splitter(script).split();
}

std::vector<std::string_view> tokens_of(std::string_view statement) {
  return Splitter(statement).tokens();
}

bool is_left_open(std::string_view script) { return Splitter(script).is_left_open(); }

}  // namespace revise::driver
