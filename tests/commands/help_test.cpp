#include "engine/commands/help.hpp"

#include <doctest/doctest.h>

#include <string>

#include "engine/commands/arguments.hpp"
#include "engine/commands/registry.hpp"
#include "engine/core/shell_words.hpp"
#include "engine/core/text.hpp"

using namespace revise;
using namespace revise::commands;

TEST_SUITE("commands/help") {
  TEST_CASE("the help lists every command, in the order of the alphabet") {
    const std::string help = render_help();
    std::size_t place = 0;
    for (const Command* command : all_commands()) {
      CAPTURE(std::string(command->name));
      const auto found = help.find("\n  " + std::string(command->name) + " ", place);
      CHECK(found != std::string::npos);
      place = found;
    }
  }

  TEST_CASE("each command's help has its sentence, its options and an example") {
    for (const Command* command : all_commands()) {
      const std::string help = render_help(*command);
      CAPTURE(help);
      CHECK(help.find("usage: revise [global options] " + std::string(command->name)) ==
            0);
      CHECK(help.find("\nexample:\n  ") != std::string::npos);
      CHECK(command->example.find("revise") != std::string_view::npos);
      for (const auto& option : command->options) {
        CHECK(help.find("--" + std::string(option.name)) != std::string::npos);
        CHECK_FALSE(option.help.empty());
      }
    }
  }

  TEST_CASE("each line of an example is a command that the tool takes") {
    for (const Command* command : all_commands()) {
      int count = 0;
      for (const auto& line : split(command->example, '\n')) {
        CAPTURE(line);
        auto words = split_command(line.substr(0, line.find_first_of("#|>&")));
        while (!words.empty() && words.front().find('=') != std::string::npos) {
          words.erase(words.begin());
        }
        if (words.empty()) continue;
        const bool is_tool = words.front() == "revise" || words.front() == "./migrate";
        CHECK(is_tool);
        words.erase(words.begin());
        CHECK_NOTHROW(parse_command_line(words));
        count += words.front() == command->name ? 1 : 0;
      }
      CAPTURE(std::string(command->name));
      CHECK(count > 0);
    }
  }

  TEST_CASE("no line of a help is wider than a terminal") {
    for (const Command* command : all_commands()) {
      for (const auto& line : split(render_help(*command), '\n')) {
        CAPTURE(line);
        CHECK(line.size() <= 90);
      }
    }
  }
}
