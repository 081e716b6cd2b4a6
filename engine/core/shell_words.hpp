/// Words as a POSIX shell would split and quote them: no variables, no globs, no
/// commands.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace revise {

/// As Python's shlex.split(text) has it. Throws Error on an open quote or a backslash
/// at the end.
std::vector<std::string> split_command(std::string_view text);

/// `word` so that a shell, and split_command, read it back as it is (shlex.quote).
std::string quote_word(std::string_view word);

}  // namespace revise
