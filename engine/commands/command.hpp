/// What a command is: a row of the table in registry.cpp.
///
/// How its arguments are read is the business of arguments.hpp, its help text that of
/// help.hpp; what it does stands in a file of its own.

#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/commands/revision_message.hpp"
#include "engine/output/console.hpp"

namespace revise::unit {
struct BundleTable;
}

namespace revise::commands {

/// `--name VALUE`, `--name` or `-n`.
struct Option {
  std::string_view name;        ///< long form, without dashes
  char letter = '\0';           ///< short form; '\0': none
  std::string_view value = {};  ///< what its value is called in the help; empty: a flag
  std::string_view help = {};
};

/// How many words a positional argument takes.
enum class Arity { None, One, OneOrMore };

struct Positional {
  Arity arity = Arity::None;
  std::string_view name = {};
  std::string_view help = {};
};

/// What stood on the command line, read but not yet understood.
struct Arguments {
  std::map<std::string, std::vector<std::string>, std::less<>> options = {};
  std::vector<std::string> positionals = {};

  bool has(std::string_view option) const { return options.contains(option); }

  /// The last value given, as argparse takes it.
  std::optional<std::string> value(std::string_view option) const;

  /// All values given, in order.
  std::vector<std::string> values(std::string_view option) const;
};

/// How a command ended, where it did not throw; the numbers are exit statuses.
enum class Status { Done = 0, Different = 3 };

/// One run of a command.
struct Invocation {
  output::Console& console;
  const Arguments& arguments;
  /// Set by the command once it knows: should the graph refuse, it is for the words.
  RevisionRequest& request;
  std::string_view command = {};              ///< its name
  const unit::BundleTable* bundle = nullptr;  ///< the units linked in; nullptr: none
};

struct Command {
  std::string_view name;
  std::string_view summary;  ///< one sentence
  Positional positional = {};
  std::span<const Option> options = {};
  std::string_view example = {};  ///< lines of shell, each ended by a newline
  std::string_view more = {};     ///< further paragraphs of the help, or empty
  Status (*run)(const Invocation& invocation) = nullptr;
};

}  // namespace revise::commands
