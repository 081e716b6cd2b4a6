#include "engine/commands/help.hpp"

#include <algorithm>

#include "engine/commands/arguments.hpp"
#include "engine/commands/registry.hpp"

#ifndef REVISE_VERSION
#error "REVISE_VERSION is the project's version, set by the build"
#endif

namespace revise::commands {

namespace {

constexpr std::size_t kHelpColumn = 26;
constexpr std::size_t kWidth = 80;

// Words of `text` in lines up to kWidth, each but the first indented to `column`.
std::string wrapped(std::string_view text, std::size_t column) {
  std::string lines;
  std::size_t width = column;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (width > column && width + 1 + end > kWidth) {
      lines += "\n" + std::string(column, ' ');
      width = column;
    } else if (width > column) {
      lines += ' ';
      ++width;
    }
    lines += text.substr(0, end);
    width += end;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string row(const std::string& what, std::string_view help) {
  std::string text = "  " + what;
  if (text.size() + 2 > kHelpColumn) {
    text += "\n" + std::string(kHelpColumn, ' ');
  } else {
    text.resize(kHelpColumn, ' ');
  }
  return text + wrapped(help, kHelpColumn) + "\n";
}

std::string row(const Option& option) {
  std::string what =
      option.letter == '\0' ? "    " : "-" + std::string(1, option.letter) + ", ";
  what += "--" + std::string(option.name);
  if (!option.value.empty()) what += " " + std::string(option.value);
  return row(what, option.help);
}

std::string rows_of_global_options() {
  std::string text;
  for (const auto& option : global_options()) text += row(option);
  return text;
}

std::string usage_of(const Command& command) {
  std::string usage = "usage: revise [global options] " + std::string(command.name);
  if (!command.options.empty()) usage += " [options]";
  const std::string word(command.positional.name);
  switch (command.positional.arity) {
    case Arity::None:
      break;
    case Arity::One:
      usage += " " + word;
      break;
    case Arity::OneOrMore:
      usage += " " + word + " [" + word + " ...]";
      break;
  }
  return usage + "\n";
}

}  // namespace

std::string render_help() {
  std::string text =
      "usage: revise [global options] COMMAND [options]\n"
      "\n"
      "Keeps a database's schema as a graph of revisions, and moves a database along "
      "it.\n"
      "\n"
      "commands:\n";
  for (const Command* command : all_commands()) {
    text += row(std::string(command->name), command->summary);
  }
  text += "\nglobal options:\n" + rows_of_global_options();
  text +=
      "\n'revise COMMAND --help' tells more of each, with an example.\n"
      "Exit status: 0 done; 1 failed; 2 wrong usage; 3 differences found "
      "(--check-heads);\n128+n ended by signal n.\n";
  return text;
}

std::string render_help(const Command& command) {
  std::string text = usage_of(command) + "\n" + wrapped(command.summary, 0) + "\n";
  if (!command.more.empty()) text += "\n" + std::string(command.more);
  if (command.positional.arity != Arity::None) {
    text += "\narguments:\n" +
            row(std::string(command.positional.name), command.positional.help);
  }
  if (!command.options.empty()) {
    text += "\noptions:\n";
    for (const auto& option : command.options) text += row(option);
  }
  text += "\nexample:\n" + std::string(command.example);
  return text + "\n'revise --help' lists the global options.\n";
}

std::string render_version() { return "revise " REVISE_VERSION "\n"; }

}  // namespace revise::commands
