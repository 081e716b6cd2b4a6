#include <clocale>
#include <cwctype>
#include <utility>

#include "engine/script/file_name.hpp"
#include "engine/script/utf8.hpp"

namespace revise::script {
namespace {

// What is a letter must not hang on the user's locale.
class UnicodeRules {
 public:
  UnicodeRules() : locale_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {}
  ~UnicodeRules() {
    if (locale_ != nullptr) freelocale(locale_);
  }
  UnicodeRules(const UnicodeRules&) = delete;
  UnicodeRules& operator=(const UnicodeRules&) = delete;

  bool is_word(std::uint32_t c) const {
    if (c < 0x80 || locale_ == nullptr) {
      return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
             (c >= 'A' && c <= 'Z');
    }
    return iswalnum_l(static_cast<wint_t>(c), locale_) != 0;
  }

  std::uint32_t lowered(std::uint32_t c) const {
    if (c < 0x80 || locale_ == nullptr) return c >= 'A' && c <= 'Z' ? c + 32 : c;
    return static_cast<std::uint32_t>(towlower_l(static_cast<wint_t>(c), locale_));
  }

 private:
  locale_t locale_;
};

}  // namespace

std::string slug_of(std::string_view message, unsigned length) {
  const UnicodeRules rules;
  std::u32string slug;
  bool is_in_word = false;
  for (; !message.empty();) {
    const Utf8Character c = utf8_character(message);
    message.remove_prefix(c.size);
    const bool is_word = c.is_valid && rules.is_word(c.code_point);
    if (is_word && !is_in_word && !slug.empty()) slug += U'_';
    if (is_word) slug += static_cast<char32_t>(rules.lowered(c.code_point));
    is_in_word = is_word;
  }
  if (slug.size() > length) {
    slug.resize(length);
    slug.resize(std::min(slug.rfind(U'_'), slug.size()));
    slug += U'_';
  }
  std::string encoded;
  for (const char32_t c : slug) append_utf8(encoded, c);
  return encoded;
}

}  // namespace revise::script
