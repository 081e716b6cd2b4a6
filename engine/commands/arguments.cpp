#include "engine/commands/arguments.hpp"

#include <algorithm>
#include <boost/program_options/cmdline.hpp>
#include <boost/program_options/errors.hpp>
#include <boost/program_options/options_description.hpp>
#include <boost/program_options/parsers.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <climits>

#include "engine/commands/registry.hpp"
#include "engine/commands/suggestion.hpp"
#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise::commands {

namespace {

namespace po = boost::program_options;

constexpr Option kGlobalOptions[] = {
    {"config",    'c',  "FILE",
     "Settings: an ini, a pyproject.toml, or one of each; default: ALEMBIC_CONFIG, "
     "else alembic.ini and pyproject.toml"                                                        },
    {"name",      'n',  "SECTION", "Section of the ini to use; default: alembic"                  },
    {"x",         'x',  "ARG",     "name=value, for units and env.cpp; may be given several times"},
    {"url",       '\0', "URL",     "Database to use; without a password in it"                    },
    {"url-file",  '\0', "FILE",    "File that holds the URL of the database; -: stdin"            },
    {"database",  '\0', "NAME",
     "Only this one of the setting 'databases'; may be given several times"                       },
    {"wait-lock", '\0', "SECONDS", "How long to wait for another run; 0: not at all"              },
    {"quiet",     'q',  "",        "Print no results and no status on standard output"            },
    {"raiseerr",  '\0', "",        "With an error, tell what was being done when it arose"        },
    {"version",   '\0', "",        "Print the version and exit"                                   },
    {"help",      'h',  "",        "Print this help and exit"                                     },
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// argparse's `^-\d+$|^-\d*\.\d+$`: no option of ours looks like it, so it is a word.
bool is_negative_number(std::string_view word) {
  if (word.size() < 2 || word[0] != '-') return false;
  const auto point = word.find('.');
  const auto digits = [](std::string_view text) {
    return std::all_of(text.begin(), text.end(), is_digit);
  };
  if (point == std::string_view::npos) return digits(word.substr(1));
  return point + 1 < word.size() && digits(word.substr(1, point - 1)) &&
         digits(word.substr(point + 1));
}

bool looks_like_option(std::string_view word) {
  return word.size() > 1 && word[0] == '-' && !is_negative_number(word) &&
         word.find(' ') == std::string_view::npos;
}

std::vector<std::string> names_of(const std::vector<Option>& options) {
  std::vector<std::string> names;
  for (const auto& option : options) names.push_back("--" + std::string(option.name));
  return names;
}

// The command's own, and of the global ones those whose names it leaves free.
std::vector<Option> options_after(const Command& command) {
  std::vector<Option> options(command.options.begin(), command.options.end());
  for (Option global : kGlobalOptions) {
    const auto same_letter = [&](const Option& own) {
      return own.letter == global.letter;
    };
    const auto same_name = [&](const Option& own) { return own.name == global.name; };
    if (std::any_of(command.options.begin(), command.options.end(), same_name))
      continue;
    if (std::any_of(command.options.begin(), command.options.end(), same_letter)) {
      global.letter = '\0';
    }
    options.push_back(global);
  }
  return options;
}

po::options_description description_of(const std::vector<Option>& options) {
  po::options_description description;
  for (const auto& option : options) {
    std::string names(option.name);
    if (option.letter != '\0') names += std::string(",") + option.letter;
    const po::value_semantic* semantic =
        option.value.empty()
            ? static_cast<const po::value_semantic*>(new po::untyped_value(true))
            : new po::untyped_value(false);
    description.add(boost::shared_ptr<po::option_description>(
        new po::option_description(names.c_str(), semantic)));
  }
  return description;
}

// A word that no later parser of Program_options may take for an option.
po::option word(const std::string& text) {
  po::option positional;
  positional.value.push_back(text);
  positional.original_tokens.push_back(text);
  positional.position_key = INT_MAX;
  return positional;
}

enum class Words {
  Interleaved,  ///< with options, in any order
  EndOptions,   ///< the first is the command; what follows is read by its rules
};

// What Program_options does otherwise than argparse: negative numbers, and `-r=a:b`.
std::vector<po::option> take_special_words(std::vector<std::string>& args, Words words,
                                           const std::vector<Option>& own) {
  std::vector<po::option> taken;
  const std::string& first = args.front();
  if (!looks_like_option(first)) {
    // A single word may be one that Program_options tries as an option's value; as a
    // word of its own it is taken rightly by the default.
    const bool is_left =
        words == Words::EndOptions ? args.size() == 1 : !is_negative_number(first);
    if (is_left) return taken;
    const auto count = words == Words::EndOptions ? args.size() : 1;
    for (std::size_t i = 0; i < count; ++i) taken.push_back(word(args[i]));
    args.erase(args.begin(), args.begin() + static_cast<std::ptrdiff_t>(count));
    return taken;
  }
  if (first.size() > 2 && first[1] != '-' && first[2] == '=') {
    args.front().erase(2, 1);
    return taken;
  }
  // The command's options come before the global ones when a name is cut short.
  if (first.size() > 2 && first.starts_with("--")) {
    const auto equals = first.find('=');
    const std::string name =
        first.substr(2, equals == std::string::npos ? std::string::npos : equals - 2);
    std::vector<std::string_view> fits;
    for (const auto& option : own) {
      if (option.name.starts_with(name)) fits.push_back(option.name);
    }
    if (fits.size() == 1) args.front().replace(2, name.size(), fits.front());
  }
  return taken;
}

[[noreturn]] void refuse(const po::error& error, const std::vector<Option>& options,
                         const std::string& help) {
  if (const auto* unknown = dynamic_cast<const po::unknown_option*>(&error)) {
    const std::string name = unknown->get_option_name();
    throw UsageError("unknown option '" + name + "'" +
                     suggestion(name, names_of(options)) + "; see '" + help + "'");
  }
  throw UsageError(std::string(error.what()) + "; see '" + help + "'");
}

// `-r -2:` would take the option that follows for the value.
void check_value(const po::option& option) {
  const auto& tokens = option.original_tokens;
  if (tokens.size() == 2 && looks_like_option(tokens[1])) {
    throw UsageError("option '" + tokens[0] + "' needs a value, and '" + tokens[1] +
                     "' looks like an option; write '" + tokens[0] +
                     (tokens[0].starts_with("--") ? "=" : "") + tokens[1] + "'");
  }
}

void parse_into(Arguments& arguments, const std::vector<std::string>& words,
                const std::vector<Option>& options, const std::vector<Option>& own,
                Words order, const std::string& help) {
  const auto description = description_of(options);
  namespace style = po::command_line_style;
  try {
    const auto parsed = po::command_line_parser(words)
                            .options(description)
                            .style(style::unix_style)
                            .extra_style_parser([&](std::vector<std::string>& args) {
                              return take_special_words(args, order, own);
                            })
                            .run();
    for (const auto& option : parsed.options) {
      if (option.string_key.empty()) {
        arguments.positionals.insert(arguments.positionals.end(), option.value.begin(),
                                     option.value.end());
        continue;
      }
      check_value(option);
      auto& values = arguments.options[option.string_key];
      values.insert(values.end(), option.value.begin(), option.value.end());
    }
  } catch (const po::error& error) {
    refuse(error, options, help);
  }
}

void check_positionals(const Command& command, const Arguments& arguments) {
  const auto count = arguments.positionals.size();
  const std::string help = "; see 'revise " + std::string(command.name) + " --help'";
  const std::string wanted(command.positional.name);
  if (command.positional.arity != Arity::None && count == 0) {
    throw UsageError(quoted(command.name) + " needs " + wanted + help);
  }
  const std::size_t most = command.positional.arity == Arity::None  ? 0
                           : command.positional.arity == Arity::One ? 1
                                                                    : count;
  if (count > most) {
    throw UsageError("unexpected argument '" + arguments.positionals[most] + "'" +
                     help);
  }
}

const Command& command_named(const std::string& name) {
  if (const Command* command = find_command(name)) return *command;
  std::vector<std::string> names;
  for (const Command* command : all_commands()) names.emplace_back(command->name);
  throw UsageError("unknown command '" + name + "'" + suggestion(name, names) +
                   "; see 'revise --help'");
}

}  // namespace

std::span<const Option> global_options() { return kGlobalOptions; }

CommandLine parse_command_line(const std::vector<std::string>& words) {
  CommandLine line;
  const std::vector<Option> global(std::begin(kGlobalOptions),
                                   std::end(kGlobalOptions));
  parse_into(line.arguments, words, global, global, Words::EndOptions, "revise --help");
  if (line.arguments.has("help")) return {Request::Help, nullptr, {}};
  if (line.arguments.has("version")) return {Request::Version, nullptr, {}};
  auto rest = std::move(line.arguments.positionals);
  line.arguments.positionals.clear();
  if (rest.empty()) throw UsageError("no command given; see 'revise --help'");

  line.command = &command_named(rest.front());
  rest.erase(rest.begin());
  const std::vector<Option> own(line.command->options.begin(),
                                line.command->options.end());
  parse_into(line.arguments, rest, options_after(*line.command), own,
             Words::Interleaved,
             "revise " + std::string(line.command->name) + " --help");
  if (line.arguments.has("help")) {
    line.request = Request::Help;
  } else if (line.arguments.has("version")) {
    line.request = Request::Version;
  } else {
    check_positionals(*line.command, line.arguments);
  }
  return line;
}

}  // namespace revise::commands
