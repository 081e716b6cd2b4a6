#include "engine/script/id_rules.hpp"

#include <set>

#include "engine/core/text.hpp"

namespace revise::script {
namespace {

std::string printable(char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x20 && byte != 0x7f) return std::string(1, c);
  return {'\\', 'x', kHex[byte >> 4], kHex[byte & 0xf]};
}

}  // namespace

std::vector<std::string> illegal_characters(std::string_view id) {
  std::set<char> found;
  for (const char c : id) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_control = byte < 0x20 || byte == 0x7f;
    if (is_control ||
        std::string_view(" +-:@/'\"`\\").find(c) != std::string_view::npos) {
      found.insert(c);
    }
  }
  std::vector<std::string> characters;
  for (const char c : found) characters.push_back(printable(c));
  return characters;
}

std::string fault_of_id(std::string_view id) {
  if (id.empty()) return "is empty";
  if (id.size() > kMaxIdLength) {
    return "is longer than " + std::to_string(kMaxIdLength) + " characters";
  }
  const auto illegal = illegal_characters(id);
  if (illegal.empty()) return {};
  return "holds " + quoted(join(illegal, ", ")) + ", which an id must not";
}

}  // namespace revise::script
