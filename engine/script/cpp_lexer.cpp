#include "engine/script/cpp_lexer.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace revise::script {
namespace {

enum : unsigned char {
  kWord = 1,  // letters, `_`, `$` and all of UTF-8 beyond ASCII
  kDigit = 2,
  kBlank = 4,  // white space but for the newline
};

constexpr std::array<unsigned char, 256> kClasses = [] {
  std::array<unsigned char, 256> classes{};
  for (unsigned c = 0; c < 256; ++c) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (is_letter || c == '_' || c == '$' || c >= 0x80) classes[c] = kWord;
    if (c >= '0' && c <= '9') classes[c] = kDigit;
    if (c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f') {
      classes[c] = kBlank;
    }
  }
  return classes;
}();

bool is_a(char c, unsigned char classes) {
  return (kClasses[static_cast<unsigned char>(c)] & classes) != 0;
}

bool is_raw_prefix(std::string_view word) {
  return word == "R" || word == "LR" || word == "uR" || word == "UR" || word == "u8R";
}

bool is_prefix(std::string_view word) {
  return word == "L" || word == "u" || word == "U" || word == "u8";
}

}  // namespace

CppLexer::CppLexer(const SplicedText& spliced, const Source& source)
    : spliced_(spliced),
      source_(source),
      begin_(spliced.text().data()),
      cursor_(begin_),
      end_(begin_ + spliced.text().size()) {
  if (spliced.text().substr(0, 3) == "\xef\xbb\xbf") cursor_ += 3;
}

std::size_t CppLexer::offset_of(const char* place) const {
  return spliced_.original(static_cast<std::size_t>(place - begin_));
}

void CppLexer::fail(const char* place, const std::string& what) const {
  fail_at(source_, offset_of(place), what);
}

Token CppLexer::token(TokenKind kind, const char* start) const {
  return {kind, '\0',
          std::string_view(start, static_cast<std::size_t>(cursor_ - start)),
          offset_of(start)};
}

Token CppLexer::next() {
  while (true) {
    while (skip_space()) {
      ++cursor_;
      at_line_start_ = true;
    }
    if (cursor_ == end_) {
      if (!conditionals_.empty()) {
        fail_at(source_, conditionals_.back().offset, "this conditional has no #endif");
      }
      return token(TokenKind::End, cursor_);
    }
    if (at_line_start_ && at_directive()) {
      read_directive();
      continue;
    }
    at_line_start_ = false;
    if (!is_skipping()) return lex_token(Quotes::MustEnd);
    lex_token(Quotes::MayEndWithLine);
  }
}

// Passes over blanks and comments; true when it stops at a newline.
bool CppLexer::skip_space() {
  while (cursor_ != end_) {
    if (*cursor_ == '\n') return true;
    if (is_a(*cursor_, kBlank)) {
      ++cursor_;
    } else if (*cursor_ == '/' && end_ - cursor_ > 1 && cursor_[1] == '/') {
      const void* newline =
          std::memchr(cursor_, '\n', static_cast<std::size_t>(end_ - cursor_));
      cursor_ = newline == nullptr ? end_ : static_cast<const char*>(newline);
    } else if (*cursor_ == '/' && end_ - cursor_ > 1 && cursor_[1] == '*') {
      skip_block_comment();
    } else {
      return false;
    }
  }
  return false;
}

void CppLexer::skip_block_comment() {
  const std::string_view rest(cursor_ + 2,
                              static_cast<std::size_t>(end_ - cursor_ - 2));
  const std::size_t close = rest.find("*/");
  if (close == rest.npos) fail(cursor_, "this comment does not end");
  cursor_ += 2 + close + 2;
}

Token CppLexer::lex_token(Quotes quotes) {
  const char c = *cursor_;
  if (is_a(c, kWord)) return lex_word(quotes);
  if (is_a(c, kDigit)) return lex_number();
  if (c == '"' || c == '\'') return lex_quoted(cursor_, quotes);
  const char following = end_ - cursor_ > 1 ? cursor_[1] : '\0';
  if (c == '.' && is_a(following, kDigit)) return lex_number();
  const char* start = cursor_++;
  char punctuator = c;
  if (c == '<' && following == '%') punctuator = '{';
  if (c == '%' && following == '>') punctuator = '}';
  if (punctuator != c) ++cursor_;
  Token lexed = token(TokenKind::Punctuator, start);
  lexed.punctuator = punctuator;
  return lexed;
}

Token CppLexer::lex_word(Quotes quotes) {
  const char* start = cursor_;
  while (cursor_ != end_ && is_a(*cursor_, kWord | kDigit)) ++cursor_;
  if (cursor_ != end_ && (*cursor_ == '"' || *cursor_ == '\'')) {
    const std::string_view word(start, static_cast<std::size_t>(cursor_ - start));
    if (*cursor_ == '"' && is_raw_prefix(word)) return lex_raw_string(start);
    if (is_prefix(word)) return lex_quoted(start, quotes);
  }
  return token(TokenKind::Identifier, start);
}

// A pp-number; its apostrophes separate digits and open no literal.
Token CppLexer::lex_number() {
  const char* start = cursor_++;
  while (cursor_ != end_) {
    const char c = *cursor_;
    const char before = cursor_[-1];
    const bool is_sign = (c == '+' || c == '-') && (before == 'e' || before == 'E' ||
                                                    before == 'p' || before == 'P');
    const bool is_separator =
        c == '\'' && end_ - cursor_ > 1 && is_a(cursor_[1], kWord | kDigit);
    if (!is_a(c, kWord | kDigit) && c != '.' && !is_sign && !is_separator) break;
    ++cursor_;
  }
  return token(TokenKind::Number, start);
}

// From the opening quote at the cursor; `start` is where its prefix begins.
Token CppLexer::lex_quoted(const char* start, Quotes quotes) {
  const char quote = *cursor_++;
  while (cursor_ != end_ && *cursor_ != quote && *cursor_ != '\n') {
    cursor_ += *cursor_ == '\\' && end_ - cursor_ > 1 && cursor_[1] != '\n' ? 2 : 1;
  }
  const TokenKind kind = quote == '"' ? TokenKind::String : TokenKind::Character;
  if (cursor_ == end_ || *cursor_ == '\n') {
    if (quotes == Quotes::MustEnd) fail(start, "this literal does not end on its line");
    return token(kind, start);
  }
  ++cursor_;
  skip_suffix();
  return token(kind, start);
}

// Splices inside a raw string are undone: it is read from the source itself.
Token CppLexer::lex_raw_string(const char* start) {
  const std::string_view source = spliced_.source();
  const std::size_t quote = offset_of(cursor_);
  const std::size_t open = source.find_first_of("()\\ \t\v\f\r\n", quote + 1);
  if (open == source.npos || source[open] != '(' || open - quote - 1 > 16) {
    fail(start, "the delimiter of this raw string cannot be read");
  }
  std::string closing = ")";
  closing.append(source, quote + 1, open - quote - 1).append("\"");
  const std::size_t close = source.find(closing, open + 1);
  if (close == source.npos) fail(start, "this raw string does not end");
  const std::size_t end = close + closing.size();
  cursor_ = begin_ + spliced_.without_splices(end);
  const char* const suffix = cursor_;
  skip_suffix();
  Token lexed = token(TokenKind::RawString, start);
  // A splice between prefix and quote, or before a suffix, is no reason to guess.
  const auto prefix_size = static_cast<std::size_t>(
      std::find(start, begin_ + spliced_.text().size(), '"') - start);
  if (quote - lexed.offset != prefix_size) {
    fail(start, "this raw string has a line splice in its prefix");
  }
  lexed.text = source.substr(
      lexed.offset, end - lexed.offset + static_cast<std::size_t>(cursor_ - suffix));
  return lexed;
}

void CppLexer::skip_suffix() {
  if (cursor_ == end_ || !is_a(*cursor_, kWord)) return;
  while (cursor_ != end_ && is_a(*cursor_, kWord | kDigit)) ++cursor_;
}

}  // namespace revise::script
