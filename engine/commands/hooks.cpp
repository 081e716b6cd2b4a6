#include "engine/commands/hooks.hpp"

#include "engine/commands/outcome.hpp"
#include "engine/core/error.hpp"
#include "engine/core/process.hpp"
#include "engine/core/text.hpp"

namespace revise::commands {

namespace {

void run_hook(const config::Hook& hook, const std::string& path,
              output::Console& console) {
  console.print("Running post write hook " + quoted(hook.name) + " ...\n");
  ProcessOptions options;
  options.arguments = hook.arguments(path);
  options.working_directory = hook.cwd;
  ProcessResult result;
  try {
    result = run_process(options);
  } catch (Error& error) {
    console.print("  FAILED\n");
    error.add_context("running post-write hook " + quoted(hook.name));
    error.add_note("the file " + quoted(path) + " was written and stays");
    throw;
  }
  console.print(result.output);
  if (!result.output.empty() && result.output.back() != '\n') console.print("\n");
  console.print(result.succeeded() ? "  done\n" : "  FAILED\n");
  if (result.succeeded()) return;
  Error error("post-write hook " + quoted(hook.name) + " " + describe_outcome(result));
  error.add_note("the file " + quoted(path) + " was written and stays");
  throw error;
}

}  // namespace

void run_hooks(const std::vector<config::Hook>& hooks, const std::string& path,
               output::Console& console) {
  for (const auto& hook : hooks) run_hook(hook, path, console);
}

}  // namespace revise::commands
