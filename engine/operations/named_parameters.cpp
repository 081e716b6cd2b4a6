#include "engine/operations/named_parameters.hpp"

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise::operations {

namespace {

bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_name_part(char c) { return is_name_start(c) || (c >= '0' && c <= '9'); }

// Bytes of UTF-8 beyond ASCII may be a part of a word before a colon or a dollar.
bool is_word(char c) {
  return is_name_part(c) || static_cast<unsigned char>(c) >= 0x80;
}

// What a database reads as one piece without looking into it: each function yields
// the place after the piece that begins at `start`, or `start` where none does. A
// piece without an end goes on to the end of the statement.
class Pieces {
 public:
  Pieces(std::string_view sql, const Quoting& quoting) : sql_(sql), quoting_(quoting) {}

  std::size_t end_at(std::size_t start) const {
    const char c = sql_[start];
    if (c == '\'') return end_of_string(start);
    if (c == '"' || (c == '`' && quoting_.backticks)) return end_of_quoted(start, c);
    if (c == '[' && quoting_.brackets) return after(sql_.find(']', start), 1);
    if (c == '$' && quoting_.dollar_quotes) return end_of_dollar_quoted(start);
    if (starts("--", start)) return after(sql_.find('\n', start), 1);
    if (starts("/*", start)) return end_of_comment(start);
    return start;
  }

 private:
  bool starts(std::string_view what, std::size_t place) const {
    return sql_.substr(place, what.size()) == what;
  }
  std::size_t after(std::size_t found, std::size_t length) const {
    return found == std::string_view::npos ? sql_.size() : found + length;
  }

  // A doubled quote closes and opens again, which comes to the same.
  std::size_t end_of_quoted(std::size_t start, char quote) const {
    return after(sql_.find(quote, start + 1), 1);
  }

  std::size_t end_of_string(std::size_t start) const {
    const bool has_escapes = quoting_.escape_strings && start > 0 &&
                             (sql_[start - 1] == 'E' || sql_[start - 1] == 'e') &&
                             (start == 1 || !is_word(sql_[start - 2]));
    if (!has_escapes) return end_of_quoted(start, '\'');
    for (std::size_t at = start + 1; at < sql_.size(); ++at) {
      if (sql_[at] == '\\') {
        ++at;
      } else if (sql_[at] == '\'') {
        // Here the doubled quote matters: what follows it still has escapes.
        if (at + 1 == sql_.size() || sql_[at + 1] != '\'') return at + 1;
        ++at;
      }
    }
    return sql_.size();
  }

  std::size_t end_of_dollar_quoted(std::size_t start) const {
    if (start > 0 && (is_word(sql_[start - 1]) || sql_[start - 1] == '$')) return start;
    std::size_t tag_end = start + 1;
    if (tag_end < sql_.size() && sql_[tag_end] >= '0' && sql_[tag_end] <= '9') {
      return start;
    }
    while (tag_end < sql_.size() && is_word(sql_[tag_end])) ++tag_end;
    if (tag_end == sql_.size() || sql_[tag_end] != '$') return start;
    const std::string_view tag = sql_.substr(start, tag_end + 1 - start);
    return after(sql_.find(tag, tag_end + 1), tag.size());
  }

  std::size_t end_of_comment(std::size_t start) const {
    if (!quoting_.nested_comments) return after(sql_.find("*/", start + 2), 2);
    int depth = 1;
    std::size_t at = start + 2;
    while (at < sql_.size() && depth > 0) {
      if (starts("/*", at)) {
        ++depth;
        at += 2;
      } else if (starts("*/", at)) {
        --depth;
        at += 2;
      } else {
        ++at;
      }
    }
    return at;
  }

  std::string_view sql_;
  const Quoting& quoting_;
};

std::size_t end_of_name(std::string_view sql, std::size_t start) {
  while (start < sql.size() && is_name_part(sql[start])) ++start;
  return start;
}

std::size_t index_of(std::span<const NamedValue> parameters, std::string_view name) {
  for (std::size_t place = 0; place < parameters.size(); ++place) {
    if (parameters[place].name == name) return place;
  }
  throw UnitError("the statement has ':" + std::string(name) +
                  "', for which no parameter is given; a colon of its own is written "
                  "'\\:'");
}

void check_all_used(std::span<const NamedValue> parameters,
                    const std::vector<bool>& used) {
  for (std::size_t place = 0; place < parameters.size(); ++place) {
    if (!used[place]) {
      throw UnitError(
          "parameter " + quoted(parameters[place].name) +
          " is given, but the statement has no ':" + parameters[place].name + "'");
    }
  }
}

// A literal such as -3 behind it would begin a comment.
bool ends_in_minus(std::string_view sql) { return !sql.empty() && sql.back() == '-'; }

}  // namespace

BoundStatement bind_named(std::string_view sql, std::span<const NamedValue> parameters,
                          const Quoting& quoting, const Placeholder& placeholder) {
  const Pieces pieces(sql, quoting);
  std::vector<bool> used(parameters.size(), false);
  BoundStatement bound;
  std::size_t at = 0;
  const auto copy_to = [&](std::size_t end) {
    bound.sql.append(sql.substr(at, end - at));
    at = end;
  };
  while (at < sql.size()) {
    const char next = at + 1 < sql.size() ? sql[at + 1] : '\0';
    if (const std::size_t piece_end = pieces.end_at(at); piece_end != at) {
      copy_to(piece_end);
    } else if (sql[at] == '\\' && next == ':') {
      bound.sql += ':';
      at += 2;
    } else if (sql[at] == ':' && next == ':') {
      copy_to(at + 2);
    } else if (sql[at] == ':' && is_name_start(next) &&
               (at == 0 || !is_word(sql[at - 1]))) {
      const std::size_t end = end_of_name(sql, at + 1);
      const std::size_t place = index_of(parameters, sql.substr(at + 1, end - at - 1));
      used[place] = true;
      const NamedValue& parameter = parameters[place];
      if (!parameter.is_inline) bound.values.push_back(parameter.value);
      const std::string text = placeholder(
          parameter.is_inline ? kInline : bound.values.size(), parameter.value);
      const bool is_operand = ends_in_minus(bound.sql) || sql.substr(end, 2) == "::";
      bound.sql += text.front() == '-' && is_operand ? "(" + text + ")" : text;
      at = end;
    } else {
      copy_to(at + 1);
    }
  }
  check_all_used(parameters, used);
  return bound;
}

}  // namespace revise::operations
