#include "engine/core/masked.hpp"

#include <algorithm>

#include "engine/core/secret.hpp"
#include "engine/core/text.hpp"

namespace revise {

namespace {

constexpr std::string_view kSpace = " \t\r\n\f";

enum class Backslash { Plain, Escapes };

// What the word PASSWORD stands in.
enum class Within { Sql, Literal };

// Behind the quote that ends the literal whose first quote is at `at`.
std::size_t end_of_quoted(std::string_view sql, std::size_t at, Backslash backslash) {
  for (++at; at < sql.size(); ++at) {
    if (backslash == Backslash::Escapes && sql[at] == '\\') {
      ++at;
    } else if (sql[at] == '\'') {
      if (at + 1 == sql.size() || sql[at + 1] != '\'') return at + 1;
      ++at;
    }
  }
  return sql.size();
}

std::size_t end_of_dollars(std::string_view sql, std::size_t at) {
  const auto tag_end = sql.find('$', at + 1);
  if (tag_end == sql.npos || (sql[at + 1] >= '0' && sql[at + 1] <= '9')) return at;
  const auto tag = sql.substr(at, tag_end + 1 - at);
  if (tag.find_first_of(" \t\r\n'") != tag.npos) return at;
  const auto end = sql.find(tag, tag_end + 1);
  return end == sql.npos ? sql.size() : end + tag.size();
}

// Where the literal that begins at `at` ends, in each way that PostgreSQL has to write
// one; `at` itself when none begins there.
std::size_t end_of_one(std::string_view sql, std::size_t at, Backslash backslash) {
  if (at >= sql.size()) return at;
  if (sql[at] == '$') return end_of_dollars(sql, at);
  if (sql.substr(at, 2) == "e'") return end_of_quoted(sql, at + 1, Backslash::Escapes);
  const auto quote = at + (sql.substr(at, 3) == "u&'" ? 2 : 0);
  return sql[quote] == '\'' ? end_of_quoted(sql, quote, backslash) : at;
}

// Behind white space, comments and, between a name and its value, signs.
std::size_t skip_between(std::string_view sql, std::size_t at, std::string_view signs) {
  while (at < sql.size()) {
    if (sql.substr(at, 2) == "--") {
      at = std::min(sql.find('\n', at), sql.size());
    } else if (sql.substr(at, 2) == "/*") {
      const auto end = sql.find("*/", at);
      at = end == sql.npos ? sql.size() : end + 2;
    } else if (kSpace.find(sql[at]) != kSpace.npos ||
               signs.find(sql[at]) != signs.npos) {
      ++at;
    } else {
      break;
    }
  }
  return at;
}

// A literal goes on with the next one, where a line ends between them.
std::size_t end_of_literal(std::string_view sql, std::size_t at, Backslash backslash) {
  auto end = end_of_one(sql, at, backslash);
  while (end != at && end < sql.size()) {
    const auto next = skip_between(sql, end, {});
    const bool goes_on = next < sql.size() && sql[next] == '\'' &&
                         sql.substr(end, next - end).find('\n') != sql.npos;
    if (!goes_on) break;
    end = end_of_quoted(sql, next, backslash);
  }
  return end;
}

// How much stands for one character at `at` inside of a literal: a doubled quote, and
// in libpq's keywords anything behind a backslash.
std::size_t size_of_pair(std::string_view sql, std::size_t at) {
  const bool is_escape = sql[at] == '\\';
  const bool is_doubled = sql.substr(at + (is_escape ? 1 : 0), 2) == "''";
  return 1 + (is_escape ? 1 : 0) + (is_doubled ? 1 : 0);
}

// The rest of the literal that is open at `at`, up to the quote that ends it.
std::size_t rest_of_literal(std::string_view sql, std::size_t at) {
  for (; at < sql.size(); ++at) {
    if (const auto pair = size_of_pair(sql, at); pair > 1) {
      at += pair - 1;
    } else if (sql[at] == '\'') {
      return at;
    }
  }
  return sql.size();
}

// A word of libpq's keywords, which are the whole of a literal or in no literal at all.
std::size_t end_of_word(std::string_view sql, std::size_t at, Within within) {
  if (within == Within::Sql) {
    return std::min(sql.find_first_of(" \t\r\n'\",;)&", at), sql.size());
  }
  for (; at < sql.size(); ++at) {
    if (const auto pair = size_of_pair(sql, at); pair > 1) {
      at += pair - 1;
    } else if (kSpace.find(sql[at]) != kSpace.npos || sql[at] == '&' ||
               sql[at] == '\'') {
      return at;
    }
  }
  return sql.size();
}

// One password: what stands for it, and where it ends.
struct Secret {
  std::string_view shown = {};
  std::size_t end = 0;
};

// Of a quote at `at`, with the other that follows at once: whether they stand for one,
// as a quotation inside of a literal begins.
bool is_doubled_quote(std::string_view sql, std::size_t at, Within within) {
  if (sql.substr(at, 2) != "''") return false;
  if (within == Within::Literal) return true;
  const auto after = sql.substr(at + 2, 1);
  return !after.empty() && std::string_view(" \t\r\n,;)'").find(after) == after.npos;
}

// What is at `at`, behind the word and the signs after it, if a secret is.
Secret secret_at(std::string_view sql, std::size_t name_end, std::size_t at,
                 Within within) {
  const bool is_set = sql.substr(name_end, at - name_end).find('=') != sql.npos;
  if (is_doubled_quote(sql, at, within) || (is_set && sql[at] == '\\')) {
    // Where a quotation in libpq's keywords ends is for libpq to find.
    return {"***", rest_of_literal(sql, at)};
  }
  const auto backslash =
      is_set && at == name_end + 1 ? Backslash::Escapes : Backslash::Plain;
  const auto end = end_of_literal(sql, at, backslash);
  if (end != at) return {"'***'", end};
  const bool is_word =
      at == name_end + 1 ? sql[name_end] == '=' : is_set && within == Within::Literal;
  return is_word ? Secret{"***", end_of_word(sql, at, within)} : Secret{{}, at};
}

}  // namespace

// In PASSWORD 'x' as in password='x' the literal goes, in 'host=h password=x' the word;
// a URL's password goes anywhere.
std::string masked(std::string_view sql) {
  static constexpr std::string_view kWord = "password";
  const std::string lowered = lower(sql);
  std::string text;
  std::size_t done = 0;
  std::ptrdiff_t quotes = 0;
  std::size_t counted = 0;
  for (auto at = lowered.find(kWord); at != lowered.npos;
       at = lowered.find(kWord, at + 1)) {
    if (at < done) continue;
    const auto name_end = at + kWord.size();
    const auto value = skip_between(lowered, name_end, "=:>");
    if (value == lowered.size()) continue;
    quotes += std::count(lowered.begin() + static_cast<std::ptrdiff_t>(counted),
                         lowered.begin() + static_cast<std::ptrdiff_t>(at), '\'');
    counted = at;
    const auto secret = secret_at(lowered, name_end, value,
                                  quotes % 2 == 0 ? Within::Sql : Within::Literal);
    if (secret.end == value) continue;
    text += sql.substr(done, value - done);
    text += secret.shown;
    done = secret.end;
  }
  return redact_url(text + std::string(sql.substr(done)));
}

}  // namespace revise
