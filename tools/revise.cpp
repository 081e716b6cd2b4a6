/// main: arguments -> row of the command table -> exit status. The only place that
/// catches in order to print.

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <exception>
#include <string>
#include <vector>

#include "engine/commands/arguments.hpp"
#include "engine/commands/failure.hpp"
#include "engine/commands/help.hpp"
#include "engine/core/log.hpp"
#include "engine/unit/bundle.hpp"

namespace {

using namespace revise;

// What is opened later must not come to be standard output. Write-only where one
// reads and the other way round, so that using it is an error and not silence.
void occupy_standard_descriptors() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (fcntl(descriptor, F_GETFD) >= 0) continue;
    if (open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY) < 0) _exit(1);
  }
}

// Writing to a closed pipe is then an error like others. A function, not SIG_IGN:
// children inherit only the latter.
void do_not_die_of_closed_pipes() {
  struct sigaction action = {};
  action.sa_handler = [](int) {};
  sigaction(SIGPIPE, &action, nullptr);
}

commands::Status carry_out(const commands::CommandLine& line, output::Console& console,
                           commands::RevisionRequest& request) {
  if (line.arguments.has("quiet")) console.set_verbosity(output::Verbosity::Quiet);
  switch (line.request) {
    case commands::Request::Help:
      console.write(line.command ? commands::render_help(*line.command)
                                 : commands::render_help());
      break;
    case commands::Request::Version:
      console.write(commands::render_version());
      break;
    case commands::Request::Run:
      return line.command->run(
          {.console = console,
           .arguments = line.arguments,
           .request = request,
           .command = line.command->name,
           .bundle = revise_bundle_table ? revise_bundle_table() : nullptr});
  }
  return commands::Status::Done;
}

}  // namespace

int main(int count, char** words) {
  occupy_standard_descriptors();
  do_not_die_of_closed_pipes();
  output::Console console;
  commands::CommandLine line;
  commands::RevisionRequest request;
  int status = 0;
  try {
    line = commands::parse_command_line(
        std::vector<std::string>(words + 1, words + count));
    status = static_cast<int>(carry_out(line, console, request));
    console.flush();
  } catch (const std::exception& error) {
    const auto failure = commands::describe_failure(error, request,
                                                    line.arguments.has("raiseerr")
                                                        ? commands::Detail::Contexts
                                                        : commands::Detail::Message);
    console.fail(failure.text);
    status = failure.exit_status;
  }
  log::set_sink({});
  return status;
}
