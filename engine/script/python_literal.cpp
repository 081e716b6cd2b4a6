#include <algorithm>

#include "engine/core/text.hpp"
#include "engine/script/python_lexer.hpp"
#include "engine/script/utf8.hpp"

namespace revise::script {
namespace {

constexpr std::string_view kSimpleEscapes = "'\"\\abfnrtv";
constexpr std::string_view kSimpleValues = "'\"\\\a\b\f\n\r\t\v";
constexpr std::string_view kDigits = "0123456789abcdef";

std::size_t digit_of(char c) {
  const char low = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  return kDigits.find(low);
}

// Newlines of all kinds are one to Python.
std::string with_newlines(std::string_view text) {
  if (text.find('\r') == text.npos) return std::string(text);
  return replace_all(replace_all(text, "\r\n", "\n"), "\r", "\n");
}

class PythonEscapes {
 public:
  PythonEscapes(const std::string& body, const PythonToken& literal,
                const Source& source, NamedCharacters named)
      : body_(body), literal_(literal), source_(source), named_(named) {}

  std::string read() {
    std::string value;
    while (place_ < body_.size()) {
      const std::size_t backslash = std::min(body_.find('\\', place_), body_.size());
      value.append(body_, place_, backslash - place_);
      place_ = backslash;
      if (place_ + 1 < body_.size()) read_escape(value);
    }
    return value;
  }

 private:
  void read_escape(std::string& value) {
    const char kind = body_[place_ + 1];
    place_ += 2;
    if (const auto simple = kSimpleEscapes.find(kind); simple != body_.npos) {
      value += kSimpleValues[simple];
    } else if (digit_of(kind) < 8) {
      --place_;
      append_utf8(value, number(8, 1, 3));
    } else if (kind == 'x') {
      append_utf8(value, number(16, 2, 2));
    } else if (kind == 'u' || kind == 'U') {
      const std::size_t digits = kind == 'u' ? 4 : 8;
      const std::uint64_t code_point = number(16, digits, digits);
      if (!is_code_point(code_point)) fail();
      append_utf8(value, code_point);
    } else if (kind == 'N' && named_ == NamedCharacters::Refused) {
      fail();
    } else if (kind != '\n') {
      // An escape that Python does not know stands for itself.
      value += '\\';
      value += kind;
    }
  }

  std::uint64_t number(std::size_t base, std::size_t least, std::size_t most) {
    std::uint64_t value = 0;
    std::size_t count = 0;
    while (count < most && place_ < body_.size() && digit_of(body_[place_]) < base) {
      value = value * base + digit_of(body_[place_]);
      ++place_;
      ++count;
    }
    if (count < least) fail();
    return value;
  }

  [[noreturn]] void fail() {
    fail_at(source_, literal_.offset,
            "an escape in " + shown(literal_.text) + " cannot be read");
  }

  const std::string& body_;
  const PythonToken& literal_;
  const Source& source_;
  const NamedCharacters named_;
  std::size_t place_ = 0;
};

}  // namespace

std::string value_of(const PythonToken& literal, const Source& source,
                     NamedCharacters named) {
  const std::size_t open = literal.text.find_first_of("'\"");
  const std::string prefix = lower(literal.text.substr(0, open));
  if (!prefix.empty() && prefix != "r" && prefix != "u") {
    fail_at(source, literal.offset,
            shown(literal.text) + " is no plain string; only running it would tell");
  }
  const std::string_view quoted_text = literal.text.substr(open);
  const bool is_long = quoted_text.size() >= 6 && quoted_text[1] == quoted_text[0] &&
                       quoted_text[2] == quoted_text[0];
  const std::size_t quotes = is_long ? 3 : 1;
  const std::string body =
      with_newlines(quoted_text.substr(quotes, quoted_text.size() - 2 * quotes));
  if (prefix == "r") return body;
  return PythonEscapes(body, literal, source, named).read();
}

}  // namespace revise::script
