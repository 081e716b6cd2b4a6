#include "engine/script/literal.hpp"

#include <algorithm>

#include "engine/script/utf8.hpp"

namespace revise::script {
namespace {

constexpr std::string_view kSimpleEscapes = "'\"?\\abfnrtve";
constexpr std::string_view kSimpleValues = "'\"?\\\a\b\f\n\r\t\v\x1b";

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

class EscapeReader {
 public:
  EscapeReader(std::string_view body, const Token& literal, const Source& source)
      : body_(body), literal_(literal), source_(source) {}

  std::string read() {
    std::string value;
    while (place_ < body_.size()) {
      const std::size_t backslash = std::min(body_.find('\\', place_), body_.size());
      value.append(body_, place_, backslash - place_);
      place_ = backslash;
      if (place_ < body_.size()) read_escape(value);
    }
    return value;
  }

 private:
  void read_escape(std::string& value) {
    if (++place_ == body_.size()) fail();
    const char kind = body_[place_];
    if (const auto simple = kSimpleEscapes.find(kind); simple != body_.npos) {
      value += kSimpleValues[simple];
      ++place_;
    } else if (digit_of(kind) < 8) {
      append_byte(value, number(8, 1, 3));
    } else if (kind == 'x') {
      ++place_;
      append_byte(value, number(16, 1, body_.size()));
    } else if (kind == 'u' || kind == 'U') {
      ++place_;
      const std::size_t digits = kind == 'u' ? 4 : 8;
      const unsigned long code_point = number(16, digits, digits);
      if (!is_code_point(code_point)) fail();
      append_utf8(value, code_point);
    } else {
      fail();
    }
  }

  unsigned long number(int base, std::size_t least, std::size_t most) {
    unsigned long value = 0;
    std::size_t count = 0;
    while (count < most && place_ < body_.size() && digit_of(body_[place_]) < base) {
      value = value * static_cast<unsigned long>(base) +
              static_cast<unsigned long>(digit_of(body_[place_]));
      if (value > 0xffffffff) fail();
      ++place_;
      ++count;
    }
    if (count < least) fail();
    return value;
  }

  void append_byte(std::string& value, unsigned long byte) {
    if (byte > 0xff) fail();
    value += static_cast<char>(byte);
  }

  [[noreturn]] void fail() {
    fail_at(source_, literal_.offset,
            "an escape in " + shown(literal_.text) + " cannot be read");
  }

  std::string_view body_;
  const Token& literal_;
  const Source& source_;
  std::size_t place_ = 0;
};

std::string raw_value(const Token& literal) {
  const std::string_view text = literal.text;
  const std::size_t quote = text.find('"');
  const std::size_t open = text.find('(', quote);
  const std::size_t delimiter = open - quote - 1;
  const std::size_t close = text.size() - delimiter - 2;
  // A carriage return before a newline is no part of the literal, as GCC has it.
  std::string value;
  for (const char c : text.substr(open + 1, close - open - 1)) {
    if (c == '\n' && !value.empty() && value.back() == '\r') value.pop_back();
    value += c;
  }
  return value;
}

}  // namespace

std::string value_of(const Token& literal, const Source& source) {
  const std::string_view text = literal.text;
  const bool is_raw = literal.kind == TokenKind::RawString;
  if (text.front() != '"' && !(is_raw && text.front() == 'R')) {
    fail_at(source, literal.offset,
            shown(text) + " has a prefix; an id is a plain string literal");
  }
  if (text.back() != '"') {
    fail_at(source, literal.offset,
            shown(text) + " has a suffix; an id is a plain string literal");
  }
  std::string value =
      is_raw ? raw_value(literal)
             : EscapeReader(text.substr(1, text.size() - 2), literal, source).read();
  if (value.find('\0') != value.npos) {
    fail_at(source, literal.offset, shown(text) + " holds a NUL");
  }
  return value;
}

}  // namespace revise::script
