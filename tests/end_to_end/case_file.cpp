#include "tests/end_to_end/case_file.hpp"

#include <map>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace revise::testing {
namespace {

const std::map<std::string_view, StepKind> kKinds = {
    {"write",              StepKind::Write            },
    {"append",             StepKind::Append           },
    {"run",                StepKind::Run              },
    {"holds",              StepKind::Holds            },
    {"absent",             StepKind::Absent           },
    {"postgresql",         StepKind::Postgresql       },
    {"guarded_postgresql", StepKind::GuardedPostgresql},
};

std::string filled(std::string text,
                   const std::vector<std::pair<std::string, std::string>>& fill) {
  for (const auto& [name, value] : fill) {
    for (auto place = text.find(name); place != text.npos;
         place = text.find(name, place + value.size())) {
      text.replace(place, name.size(), value);
    }
  }
  return text;
}

std::pair<std::string, std::string> word_and_rest(const std::string& line) {
  const auto space = line.find(' ');
  if (space == line.npos) return {line, ""};
  return {line.substr(0, space), line.substr(space + 1)};
}

// A last paragraph of `# ` lines is about the next step.
void drop_comment(std::string& body) {
  const auto trim = [&body] {
    while (body.ends_with("\n\n") || body == "\n") body.pop_back();
  };
  trim();
  const auto start = body.starts_with("# ") ? 0 : body.rfind("\n\n# ");
  if (start == body.npos) return;
  for (auto place = start; place != body.npos; place = body.find('\n', place + 1)) {
    const auto line = body.find_first_not_of('\n', place);
    if (line != body.npos && body[line] != '#') return;
  }
  body.erase(start == 0 ? 0 : start + 1);
  trim();
}

// The text that follows lines belong to: a file's, or what a stream must hold.
std::string* open_part(Step& step, const std::string& part, int line) {
  const auto [word, rest] = word_and_rest(part);
  if (step.kind == StepKind::Run && word == "stdout") return &step.output;
  if (step.kind == StepKind::Run && word == "stderr") return &step.errors.emplace();
  if (step.kind == StepKind::Run && word == "exit") {
    step.status = std::stoi(rest);
    return nullptr;
  }
  throw std::runtime_error(std::to_string(line) + ": no such part: " + part);
}

}  // namespace

std::vector<Step> parse_case(
    const std::string& text,
    const std::vector<std::pair<std::string, std::string>>& fill) {
  std::vector<Step> steps;
  std::string* body = nullptr;
  std::istringstream input(filled(text, fill));
  std::string line;
  for (int number = 1; std::getline(input, line); ++number) {
    if (line.starts_with("=== ")) {
      const auto [word, rest] = word_and_rest(line.substr(4));
      const auto kind = kKinds.find(word);
      if (kind == kKinds.end()) {
        throw std::runtime_error(std::to_string(number) + ": no such step: " + word);
      }
      steps.push_back({.kind = kind->second, .line = number, .argument = rest});
      body = kind->second == StepKind::Run ? nullptr : &steps.back().body;
    } else if (line.starts_with("--- ") && !steps.empty()) {
      body = open_part(steps.back(), line.substr(4), number);
    } else if (body != nullptr) {
      *body += line + "\n";
    } else if (!steps.empty() && !line.empty() && !line.starts_with("#")) {
      throw std::runtime_error(std::to_string(number) +
                               ": belongs to no step: " + line);
    }
  }
  for (auto& step : steps) {
    drop_comment(step.body);
    drop_comment(step.output);
    if (step.errors) drop_comment(*step.errors);
  }
  return steps;
}

}  // namespace revise::testing
