#include "engine/operations/arrays.hpp"

#include "engine/core/text.hpp"

namespace revise::operations {

namespace {

class ArrayReader {
 public:
  explicit ArrayReader(std::string_view text) : text_(text) {}

  std::optional<std::vector<ArrayElement>> read() {
    if (!take('{')) return std::nullopt;
    std::vector<ArrayElement> elements;
    if (take('}')) return is_done() ? std::optional(elements) : std::nullopt;
    do {
      if (!read_element(elements.emplace_back())) return std::nullopt;
    } while (take(','));
    if (!take('}') || !is_done()) return std::nullopt;
    return elements;
  }

 private:
  bool is_done() const { return at_ == text_.size(); }

  bool take(char c) {
    if (is_done() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool read_element(ArrayElement& element) {
    if (is_done()) return false;
    if (text_[at_] == '{') return read_inner(element.emplace());
    if (take('"')) return read_quoted(element.emplace());
    const auto end = std::min(text_.find_first_of(",}", at_), text_.size());
    const auto bare = text_.substr(at_, end - at_);
    at_ = end;
    if (lower(bare) != "null") element = bare;
    return !bare.empty();
  }

  // Up to the quote that ends it; a backslash takes the next character as it is.
  bool read_quoted(std::string& element) {
    while (!is_done() && text_[at_] != '"') {
      if (text_[at_] == '\\') ++at_;
      if (is_done()) return false;
      element += text_[at_++];
    }
    return take('"');
  }

  bool read_inner(std::string& element) {
    const auto from = at_;
    int depth = 0;
    do {
      if (is_done()) return false;
      std::string skipped;
      if (take('"')) {
        if (!read_quoted(skipped)) return false;
        continue;
      }
      if (text_[at_] == '{') ++depth;
      if (text_[at_] == '}') --depth;
      ++at_;
    } while (depth > 0);
    element = text_.substr(from, at_ - from);
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<std::vector<ArrayElement>> parse_array(std::string_view text) {
  if (text.starts_with('[')) {
    const auto bounds = text.find('=');
    if (bounds == text.npos) return std::nullopt;
    text.remove_prefix(bounds + 1);
  }
  return ArrayReader(text).read();
}

std::string quoted_element(std::string_view text) {
  return "\"" + replace_all(replace_all(text, "\\", "\\\\"), "\"", "\\\"") + "\"";
}

}  // namespace revise::operations
