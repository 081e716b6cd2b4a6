#include "engine/unit/designator_order.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "engine/core/text.hpp"

namespace revise::unit {

namespace {

namespace fs = std::filesystem;

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

std::string without_comments(std::string_view text) {
  std::string code;
  for (std::size_t start = 0; start < text.size();) {
    const auto end = std::min(text.find('\n', start), text.size());
    const auto line = text.substr(start, end - start);
    code += line.substr(0, line.find("//"));
    code += '\n';
    start = end + 1;
  }
  return code;
}

// The word before a declaration's initialiser: "Flag index = {}" -> "index". Empty
// for what declares no member.
std::string member_of(std::string_view declaration) {
  declaration = strip(declaration.substr(0, declaration.find_first_of("={")));
  if (declaration.find('(') != std::string_view::npos) return {};
  auto start = declaration.size();
  while (start > 0 && is_word(declaration[start - 1])) --start;
  return std::string(declaration.substr(start));
}

std::vector<std::string> members_in(std::string_view body) {
  std::vector<std::string> members;
  int depth = 0;
  std::size_t start = 0;
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (body[i] == '{') ++depth;
    if (body[i] == '}') --depth;
    if (depth != 0 || (body[i] != ';' && body[i] != '}')) continue;
    const auto declaration = body.substr(start, i - start);
    // A brace ends a function; that of an initialiser has its semicolon yet to come.
    if (body[i] == '}' && declaration.find('(') > declaration.find('{')) continue;
    auto member = member_of(declaration);
    if (!member.empty()) members.push_back(std::move(member));
    start = i + 1;
  }
  return members;
}

std::vector<std::string> members_of(const std::string& name,
                                    const std::string& headers) {
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(headers, error)) {
    std::ifstream in(entry.path());
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const std::string opening = "struct " + name + " {";
    const auto found = text.find(opening);
    if (found == std::string::npos) continue;
    const auto start = found + opening.size();
    const auto end = text.find("\n};", start);
    return members_in(without_comments(std::string_view(text).substr(
        start, end == std::string::npos ? end : end - start)));
  }
  return {};
}

// 'const revise::ColumnOptions&' is ColumnOptions. GCC's quotes depend on the locale,
// its words here do not. Of a member that there is none of, or whose value does not
// fit, it says no more than that the list does not convert.
std::string struct_complained_of(std::string_view line) {
  for (const std::string_view complaint :
       {"does not match declaration order in ", "<brace-enclosed initializer list>"}) {
    const auto found = line.find(complaint);
    if (found == line.npos || line.find("revise::", found) == line.npos) continue;
    const auto start = line.rfind("::") + 2;
    auto end = start;
    while (end < line.size() && is_word(line[end])) ++end;
    const auto name = line.substr(start, end - start);
    if (name.ends_with("Options")) return std::string(name);
  }
  return {};
}

// Those that the complaints name, each once.
std::vector<std::string> structs_named_in(std::string_view output) {
  std::vector<std::string> names;
  for (std::size_t start = 0; start < output.size();) {
    const auto line_end = std::min(output.find('\n', start), output.size());
    std::string name = struct_complained_of(output.substr(start, line_end - start));
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(std::move(name));
    }
    start = line_end + 1;
  }
  return names;
}

}  // namespace

std::string designator_order_hint(std::string_view output, const std::string& headers) {
  std::vector<std::string> orders;
  for (const auto& name : structs_named_in(output)) {
    const auto members = members_of(name, headers);
    if (!members.empty()) orders.push_back(name + ": " + join(members, ", "));
  }
  if (orders.empty()) return {};
  return "members are given in this order: " + join(orders, "; ");
}

}  // namespace revise::unit
