#include "engine/commands/editor.hpp"

#include <cstdlib>

#include "engine/commands/outcome.hpp"
#include "engine/core/error.hpp"
#include "engine/core/process.hpp"
#include "engine/core/shell_words.hpp"
#include "engine/core/text.hpp"

namespace revise::commands {

std::vector<std::string> editor_command() {
  for (const char* variable : {"EDITOR", "VISUAL"}) {
    const char* value = std::getenv(variable);
    if (!value || strip(value).empty()) continue;
    try {
      return split_command(value);
    } catch (Error& error) {
      error.add_context(std::string("reading $") + variable);
      throw;
    }
  }
  for (const char* program : {"sensible-editor", "editor", "nano", "vim", "code"}) {
    if (!find_program(program).empty()) return {program};
  }
  throw Error("no editor found; set EDITOR to the one that you use");
}

void open_editor(const std::string& path) {
  ProcessOptions options;
  options.arguments = editor_command();
  const std::string name = options.arguments.front();
  options.arguments.push_back(path);
  options.output = ProcessOutput::Inherit;
  options.input_from = ProcessInput::Inherit;
  const auto result = run_process(options);
  if (result.succeeded()) return;
  throw RevisionError(
      RevisionErrorKind::Command,
      "Error executing editor (" + quoted(name) + " " + describe_outcome(result) + ")");
}

}  // namespace revise::commands
