#include "tests/support/command.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace revise::testing {
namespace {

int memory_file() {
  const int descriptor = memfd_create("command", MFD_CLOEXEC);
  if (descriptor < 0) throw std::runtime_error("memfd_create failed");
  return descriptor;
}

std::string content_of(int descriptor) {
  std::string content;
  char buffer[1 << 14];
  off_t place = 0;
  ssize_t count = 0;
  while ((count = pread(descriptor, buffer, sizeof buffer, place)) > 0) {
    content.append(buffer, static_cast<std::size_t>(count));
    place += count;
  }
  return content;
}

std::string_view name_of(std::string_view variable) {
  return variable.substr(0, variable.find('='));
}

std::vector<std::string> environment_of(const Command& command) {
  std::vector<std::string> result;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    bool kept = true;
    for (const auto& change : command.environment) {
      kept = kept && name_of(change) != name_of(*entry);
    }
    if (kept) result.emplace_back(*entry);
  }
  for (const auto& change : command.environment) {
    if (change.find('=') != std::string::npos) result.push_back(change);
  }
  return result;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (auto& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

int shell_status(int status) {
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

Running::Running(const Command& command)
    : output_(memory_file()), errors_(memory_file()) {
  const int input = memory_file();
  if (write(input, command.input.data(), command.input.size()) < 0 ||
      lseek(input, 0, SEEK_SET) < 0) {
    throw std::runtime_error("cannot keep the input of a command");
  }
  auto arguments = command.arguments;
  auto environment = environment_of(command);
  const auto argv = pointers_to(arguments);
  const auto envp = pointers_to(environment);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, 0);
  posix_spawn_file_actions_adddup2(&actions, output_, 1);
  posix_spawn_file_actions_adddup2(&actions, errors_, 2);
  if (!command.folder.empty()) {
    posix_spawn_file_actions_addchdir_np(&actions, command.folder.c_str());
  }
  const int error =
      posix_spawnp(&pid_, argv[0], &actions, nullptr, argv.data(), envp.data());
  posix_spawn_file_actions_destroy(&actions);
  close(input);
  if (error != 0) {
    pid_ = 0;
    throw std::runtime_error("cannot start '" + command.arguments[0] +
                             "': " + std::strerror(error));
  }
}

Running::Running(Running&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)),
      output_(std::exchange(other.output_, -1)),
      errors_(std::exchange(other.errors_, -1)) {}

Running::~Running() {
  if (pid_ != 0) {
    ::kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  if (output_ >= 0) close(output_);
  if (errors_ >= 0) close(errors_);
}

std::string Running::errors_so_far() const { return content_of(errors_); }

void Running::kill(int signal) const { ::kill(pid_, signal); }

std::optional<Outcome> Running::poll() {
  int status = 0;
  if (waitpid(pid_, &status, WNOHANG) == 0) return std::nullopt;
  return finish(status);
}

Outcome Running::wait() {
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  return finish(status);
}

Outcome Running::finish(int status) {
  pid_ = 0;
  return {.status = shell_status(status),
          .output = content_of(output_),
          .errors = content_of(errors_)};
}

Outcome run(const Command& command) { return Running(command).wait(); }

}  // namespace revise::testing
