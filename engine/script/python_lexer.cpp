#include "engine/script/python_lexer.hpp"

#include <algorithm>
#include <utility>

namespace revise::script {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Of any letters that could be one: those that cannot are found when it is read.
bool is_string_prefix(std::string_view word) {
  return word.size() <= 2 &&
         word.find_first_not_of("rRbBuUfFtT") == std::string_view::npos;
}

}  // namespace

PythonLexer::PythonLexer(const Source& source) : source_(source), text_(source.text) {
  if (text_.substr(0, 3) == "\xef\xbb\xbf") place_ = 3;
}

PythonToken PythonLexer::token(PythonTokenKind kind, std::size_t start) const {
  return {kind, text_.substr(start, place_ - start), start, indent_,
          static_cast<unsigned>(brackets_.size())};
}

PythonToken PythonLexer::next() {
  while (true) {
    if (at_line_start_ && brackets_.empty()) measure_indent();
    at_line_start_ = false;
    skip_blanks();
    const char c = at(place_);
    if (place_ == text_.size()) {
      if (!brackets_.empty()) {
        fail_at(source_, place_,
                "a '" + brackets_.substr(brackets_.size() - 1) +
                    "' is missing at the file's end");
      }
      if (std::exchange(line_has_tokens_, false)) {
        return token(PythonTokenKind::Newline, place_);
      }
      return token(PythonTokenKind::End, place_);
    }
    if (c == '\n' || c == '\r') {
      place_ += c == '\r' && at(place_ + 1) == '\n' ? 2 : 1;
      at_line_start_ = true;
      if (!brackets_.empty() || !std::exchange(line_has_tokens_, false)) continue;
      return token(PythonTokenKind::Newline, place_);
    }
    line_has_tokens_ = true;
    if (is_name(c)) return name_or_string();
    if (is_digit(c) || (c == '.' && is_digit(at(place_ + 1)))) return number();
    if (c == '"' || c == '\'') return string(place_);
    return operation();
  }
}

void PythonLexer::measure_indent() {
  indent_ = 0;
  for (; place_ < text_.size(); ++place_) {
    const char c = text_[place_];
    if (c == ' ') {
      ++indent_;
    } else if (c == '\t') {
      indent_ = indent_ / 8 * 8 + 8;
    } else if (c == '\f') {
      indent_ = 0;
    } else {
      return;
    }
  }
}

// Blanks, a comment, and the ends of lines that a backslash takes away.
void PythonLexer::skip_blanks() {
  while (place_ < text_.size()) {
    const char c = text_[place_];
    if (c == '#') {
      place_ = std::min(text_.find_first_of("\r\n", place_), text_.size());
    } else if (c == ' ' || c == '\t' || c == '\f') {
      ++place_;
    } else if (c != '\\' || !skip_continuation()) {
      return;
    }
  }
}

bool PythonLexer::skip_continuation() {
  const char c = at(place_ + 1);
  if (c != '\n' && c != '\r') return false;
  place_ += c == '\r' && at(place_ + 2) == '\n' ? 3 : 2;
  return true;
}

PythonToken PythonLexer::name_or_string() {
  const std::size_t start = place_;
  while (is_name(at(place_)) || is_digit(at(place_))) ++place_;
  const char c = at(place_);
  if ((c == '"' || c == '\'') &&
      is_string_prefix(text_.substr(start, place_ - start))) {
    return string(start);
  }
  return token(PythonTokenKind::Name, start);
}

PythonToken PythonLexer::number() {
  const std::size_t start = place_;
  while (is_name(at(place_)) || is_digit(at(place_)) || at(place_) == '.') ++place_;
  return token(PythonTokenKind::Number, start);
}

// From the opening quote; `start` is where its prefix begins.
PythonToken PythonLexer::string(std::size_t start) {
  const char quote = text_[place_];
  const bool is_long = at(place_ + 1) == quote && at(place_ + 2) == quote;
  place_ += is_long ? 3 : 1;
  while (place_ < text_.size()) {
    const char c = text_[place_];
    if (c == '\\') {
      place_ += at(place_ + 1) == '\r' && at(place_ + 2) == '\n' ? 3 : 2;
    } else if (c == quote && !is_long) {
      ++place_;
      return token(PythonTokenKind::String, start);
    } else if (c == quote && at(place_ + 1) == quote && at(place_ + 2) == quote) {
      place_ += 3;
      return token(PythonTokenKind::String, start);
    } else if ((c == '\n' || c == '\r') && !is_long) {
      break;
    } else {
      ++place_;
    }
  }
  fail_at(source_, start, "this string does not end");
}

PythonToken PythonLexer::operation() {
  const std::size_t start = place_;
  const char c = text_[place_];
  if (c == '(' || c == '[' || c == '{') {
    ++place_;
    const PythonToken opening = token(PythonTokenKind::Operator, start);
    brackets_ += c == '(' ? ')' : c == '[' ? ']' : '}';
    return opening;
  }
  if (c == ')' || c == ']' || c == '}') {
    if (brackets_.empty() || brackets_.back() != c) {
      fail_at(source_, start, "this bracket closes none");
    }
    brackets_.pop_back();
  }
  ++place_;
  // What ends in `=` and is no assignment, or one that needs the old value.
  if (at(place_) == '=' &&
      std::string_view("=!<>:+-*/%&|^@").find(c) != std::string_view::npos) {
    ++place_;
  } else if ((c == '/' || c == '*' || c == '<' || c == '>') && at(place_) == c) {
    place_ += at(place_ + 1) == '=' ? 2 : 1;
  }
  return token(PythonTokenKind::Operator, start);
}

}  // namespace revise::script
