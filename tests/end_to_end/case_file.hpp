/// A case: a story about the built tool, as a text file.
///
///     One sentence that states the rule.
///
///     === write PATH          the lines below become the file, in the case's folder
///     === append PATH         the same, at the file's end
///     === run COMMAND         through bash; `revise` is the built tool
///     --- exit N              expected; 0 when it is not given
///     --- stdout              the lines below are expected; nothing, when not given
///     --- stderr              the same; anything, when not given
///     === holds PATH          the lines below are what the file holds
///     === absent PATH         there is no such file
///     === postgresql          $POSTGRESQL is the URL of an empty database from here on
///     === guarded_postgresql  the same, on a server of the case's own, which asks
///                             everybody at 127.0.0.1 and $PORT for a password
///
/// A paragraph of `# ` lines before a step is a comment. Expected lines are patterns
/// (pattern.hpp). {DIR}, {SOURCE} and {BUILD} stand for the case's folder, the checkout
/// and the build folder, everywhere. How a case is run is run_case.hpp's business.

#pragma once

#include <optional>
#include <string>
#include <vector>

namespace revise::testing {

enum class StepKind {
  Write,
  Append,
  Run,
  Holds,
  Absent,
  Postgresql,
  GuardedPostgresql
};

struct Step {
  StepKind kind = StepKind::Run;
  int line = 0;               ///< in the case's file, from 1
  std::string argument = {};  ///< path or command
  std::string body = {};      ///< of a file
  int status = 0;
  std::string output = {};                 ///< pattern
  std::optional<std::string> errors = {};  ///< pattern; absent: anything
};

/// `text` as steps, the names in braces filled in by `fill`. Throws
/// std::runtime_error with the line on what is none of the above.
std::vector<Step> parse_case(
    const std::string& text,
    const std::vector<std::pair<std::string, std::string>>& fill);

}  // namespace revise::testing
