#include "engine/unit/dependencies.hpp"

namespace revise::unit {

namespace {

// Make quotes a blank, a hash and a backslash before one of these with a backslash,
// a dollar with another; a backslash elsewhere is itself.
bool is_quotable(char c) { return c == ' ' || c == '\t' || c == '#' || c == '\\'; }

std::string quoted_for_make(const std::string& path) {
  std::string text;
  for (const char c : path) {
    if (c == ' ' || c == '\t' || c == '#') text += '\\';
    if (c == '$') text += '$';
    text += c;
  }
  return text;
}

}  // namespace

std::vector<std::string> parse_dependencies(std::string_view rule) {
  std::vector<std::string> files;
  const auto colon = rule.find(": ");
  if (colon == std::string_view::npos) return files;
  rule.remove_prefix(colon + 1);
  std::string file;
  const auto end_file = [&files, &file] {
    if (!file.empty()) files.push_back(std::move(file));
    file.clear();
  };
  for (std::size_t i = 0; i < rule.size(); ++i) {
    const char next = i + 1 < rule.size() ? rule[i + 1] : '\n';
    if (rule[i] == '\\' && next == '\n') {
      end_file();
      ++i;
    } else if (rule[i] == '\\' && is_quotable(next)) {
      file += rule[++i];
    } else if (rule[i] == '$' && next == '$') {
      file += rule[++i];
    } else if (rule[i] == '\n') {
      end_file();
      break;
    } else if (rule[i] == ' ' || rule[i] == '\t') {
      end_file();
    } else {
      file += rule[i];
    }
  }
  end_file();
  return files;
}

std::string render_dependencies(const std::string& target,
                                const std::vector<std::string>& files) {
  std::string rule = quoted_for_make(target) + ":";
  for (const auto& file : files) rule += " \\\n  " + quoted_for_make(file);
  return rule + "\n";
}

}  // namespace revise::unit
