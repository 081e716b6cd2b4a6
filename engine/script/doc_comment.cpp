#include "engine/script/doc_comment.hpp"

#include <cstdint>

#include "engine/core/text.hpp"
#include "engine/script/utf8.hpp"

namespace revise::script {
namespace {

constexpr std::string_view kBlanks = " \t\v\f\r";
constexpr std::string_view kSpace = " \t\v\f\r\n";
constexpr std::string_view kHex = "0123456789abcdef";

void append_escaped(std::string& out, std::string_view bytes) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += "\\x{";
    out += kHex[byte >> 4];
    out += kHex[byte & 0xf];
    out += '}';
  }
}

bool turns_direction(std::uint32_t code_point) {
  return (code_point >= 0x202a && code_point <= 0x202e) ||
         (code_point >= 0x2066 && code_point <= 0x2069) || code_point == 0x200e ||
         code_point == 0x200f || code_point == 0x061c;
}

// Whether the character at `place` of `text` cannot stand in a comment as it is.
bool needs_escape(std::string_view text, std::size_t place, const Utf8Character& c) {
  if (!c.is_valid || turns_direction(c.code_point)) return true;
  if (c.code_point >= 0x80) return c.code_point < 0xa0;  // the second set of controls
  const char byte = text[place];
  const std::string_view rest = text.substr(place + 1);
  const std::size_t solid = rest.find_first_not_of(kBlanks);
  const bool ends_line = solid == rest.npos || rest[solid] == '\n';
  if (byte == '\\') return ends_line || rest.substr(0, 2) == "x{";
  if (byte == '?') return rest.substr(0, 2) == "?/";
  if (byte == ' ' || byte == '\t') return ends_line;
  return byte != '\n' && (c.code_point < 0x20 || c.code_point == 0x7f);
}

// In a row of two hex digits between braces behind `\x`, or nothing.
bool is_escape(std::string_view text) {
  return text.size() >= 6 && text.substr(0, 3) == "\\x{" && text[5] == '}' &&
         kHex.find(text[3]) != kHex.npos && kHex.find(text[4]) != kHex.npos;
}

std::string without_escapes(std::string_view text) {
  if (text.find("\\x{") == text.npos) return std::string(text);
  std::string plain;
  while (!text.empty()) {
    if (!is_escape(text)) {
      plain += text.front();
      text.remove_prefix(1);
      continue;
    }
    plain += static_cast<char>(kHex.find(text[3]) << 4 | kHex.find(text[4]));
    text.remove_prefix(6);
  }
  return plain;
}

std::string escaped(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kSpace);
  const std::size_t last = text.find_last_not_of(kSpace);
  std::string out;
  for (std::size_t place = 0; place < text.size();) {
    const Utf8Character c = utf8_character(text.substr(place));
    const bool is_outside = first == text.npos || place < first || place > last;
    if (is_outside || needs_escape(text, place, c)) {
      append_escaped(out, text.substr(place, c.size));
    } else {
      out += text.substr(place, c.size);
    }
    place += c.size;
  }
  return out;
}

// The line that `source` begins with, spliced as a compiler does, and taken off it;
// `joined` holds it when it had splices.
std::string_view take_line(std::string_view& source, std::string& joined) {
  joined.clear();
  while (true) {
    const std::size_t newline = source.find('\n');
    std::string_view piece = source.substr(0, newline);
    source.remove_prefix(newline == piece.npos ? source.size() : newline + 1);
    const std::size_t last = piece.find_last_not_of(kBlanks);
    if (newline == piece.npos || last == piece.npos || piece[last] != '\\') {
      if (!piece.empty() && piece.back() == '\r') piece.remove_suffix(1);
      return joined.empty() ? piece : std::string_view(joined.append(piece));
    }
    joined.append(piece, 0, last);
  }
}

}  // namespace

std::string comment_of(std::string_view text) {
  std::string comment;
  for (const std::string& line : split(escaped(text), '\n')) {
    if (!comment.empty()) comment += '\n';
    comment += line.empty() ? "//" : "// " + line;
  }
  return comment;
}

DocComment leading_comment(std::string_view source) {
  if (source.substr(0, 3) == "\xef\xbb\xbf") source.remove_prefix(3);
  std::string lines;
  std::string joined;
  bool has_begun = false;
  while (!source.empty()) {
    const std::string_view line = take_line(source, joined);
    const std::size_t mark = line.find_first_not_of(kBlanks);
    if (mark == line.npos && !has_begun) continue;
    if (mark == line.npos || line.substr(mark, 2) != "//") break;
    has_begun = true;
    const std::size_t text = mark + (line.substr(mark, 3) == "// " ? 3 : 2);
    lines.append(line.substr(text)).append("\n");
  }
  const std::string_view longdoc = strip(lines);
  return {without_escapes(longdoc.substr(0, longdoc.find("\n\n"))),
          without_escapes(longdoc)};
}

}  // namespace revise::script
