#include "tests/end_to_end/tour.hpp"

#include <sstream>
#include <stdexcept>

namespace revise::testing {
namespace {

enum class Block { Prose, Console, File };

Block block_of(const std::string& line) {
  if (line == "```console") return Block::Console;
  return line.starts_with("```cpp ") ? Block::File : Block::Prose;
}

}  // namespace

std::vector<Step> parse_tour(const std::string& text) {
  std::vector<Step> steps;
  std::istringstream input(text);
  std::string line;
  Block block = Block::Prose;
  bool in_tour = false;
  for (int number = 1; std::getline(input, line); ++number) {
    if (line == "<!-- tour -->" || line == "<!-- end of tour -->") {
      in_tour = line == "<!-- tour -->";
    } else if (!in_tour) {
      continue;
    } else if (line.starts_with("```")) {
      block = block_of(line);
      if (block == Block::File) {
        steps.push_back(
            {.kind = StepKind::Write, .line = number, .argument = line.substr(7)});
      }
    } else if (block == Block::File) {
      steps.back().body += line + "\n";
    } else if (block == Block::Console && line.starts_with("$ ")) {
      steps.push_back({.line = number, .argument = line.substr(2) + " 2>&1"});
    } else if (block == Block::Console && !steps.empty()) {
      steps.back().output += line + "\n";
    }
  }
  if (steps.empty()) throw std::runtime_error("there is no tour");
  return steps;
}

}  // namespace revise::testing
