#include "engine/core/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <utility>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise {

namespace {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }
  int release() { return std::exchange(number_, -1); }

 private:
  int number_ = -1;
};

// Above 2, so that the child's 0, 1 and 2 can be set one after the other without one
// of them being the source of the next, also where the parent has closed its own.
int memory_file(const char* name) {
  const Descriptor file(::memfd_create(name, MFD_CLOEXEC));
  const int moved = ::fcntl(file.number(), F_DUPFD_CLOEXEC, 3);
  if (moved < 0) throw Error(std::string("no memory file: ") + std::strerror(errno));
  return moved;
}

int input_file(const std::string& text) {
  Descriptor file(memory_file("input"));
  std::size_t written = 0;
  while (written < text.size()) {
    const auto count =
        ::write(file.number(), text.data() + written, text.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw Error(std::string("no memory file: ") + std::strerror(errno));
    written += static_cast<std::size_t>(count);
  }
  ::lseek(file.number(), 0, SEEK_SET);
  return file.release();
}

std::string contents(int file) {
  struct stat status = {};
  if (::fstat(file, &status) != 0) return {};
  std::string text(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t filled = 0;
  while (filled < text.size()) {
    const auto count = ::pread(file, text.data() + filled, text.size() - filled,
                               static_cast<off_t>(filled));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    filled += static_cast<std::size_t>(count);
  }
  text.resize(filled);
  return text;
}

bool is_executable(const std::string& path) {
  struct stat status = {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         ::access(path.c_str(), X_OK) == 0;
}

// What posix_spawn is told, freed with it.
class SpawnPlan {
 public:
  SpawnPlan() {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
    sigset_t all;
    sigset_t none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setflags(&attributes_,
                             POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }

  void set_input(int file) { posix_spawn_file_actions_adddup2(&actions_, file, 0); }
  void set_no_input() {
    posix_spawn_file_actions_addopen(&actions_, 0, "/dev/null", O_RDONLY, 0);
  }
  void set_output(int file) {
    posix_spawn_file_actions_adddup2(&actions_, file, 1);
    posix_spawn_file_actions_adddup2(&actions_, file, 2);
  }
  void set_no_output() {
    posix_spawn_file_actions_addopen(&actions_, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, 1, 2);
  }
  void set_directory(const std::string& folder) {
    posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str());
  }

  pid_t spawn(const std::string& program, const ProcessOptions& options) {
    // Whatever a library opened without O_CLOEXEC: a database's file above all.
    posix_spawn_file_actions_addclosefrom_np(&actions_, 3);
    const auto arguments = pointers(options.arguments);
    std::vector<char*> environment;
    if (options.environment) environment = pointers(*options.environment);
    pid_t pid = 0;
    const int error =
        posix_spawn(&pid, program.c_str(), &actions_, &attributes_, arguments.data(),
                    options.environment ? environment.data() : environ);
    if (error == 0) return pid;
    throw Error("cannot start " + quoted(options.arguments.front()) +
                (options.working_directory.empty()
                     ? std::string()
                     : " in " + quoted(options.working_directory)) +
                ": " + std::strerror(error));
  }

 private:
  static std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> list;
    for (const auto& text : texts) list.push_back(const_cast<char*>(text.c_str()));
    list.push_back(nullptr);
    return list;
  }

  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

ProcessResult result_of(int status) {
  ProcessResult result;
  if (WIFSIGNALED(status)) {
    result.signal = WTERMSIG(status);
    result.exit_status = 128 + result.signal;
  } else {
    result.exit_status = WEXITSTATUS(status);
  }
  return result;
}

// Whether the child has ended, leaving it to be waited for.
bool has_ended(pid_t pid) {
  siginfo_t info = {};
  const int answer =
      ::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT);
  return answer == 0 && info.si_pid == pid;
}

std::optional<std::size_t> first_ended(const std::vector<pid_t>& pids) {
  for (std::size_t i = 0; i < pids.size(); ++i) {
    if (has_ended(pids[i])) return i;
  }
  return std::nullopt;
}

}  // namespace

Process::Process(const ProcessOptions& options) {
  const auto program = find_program(options.arguments.at(0));
  if (program.empty()) {
    throw Error("cannot start " + quoted(options.arguments.front()) +
                ": no such program");
  }
  SpawnPlan plan;
  const Descriptor input(options.input && options.input_from == ProcessInput::Given
                             ? input_file(*options.input)
                             : -1);
  if (input.number() >= 0) {
    plan.set_input(input.number());
  } else if (options.input_from == ProcessInput::Given) {
    plan.set_no_input();
  }
  Descriptor captured(options.output == ProcessOutput::Capture ? memory_file("output")
                                                               : -1);
  if (captured.number() >= 0) plan.set_output(captured.number());
  if (options.output == ProcessOutput::Discard) plan.set_no_output();
  if (!options.working_directory.empty()) plan.set_directory(options.working_directory);
  pid_ = plan.spawn(program, options);
  captured_ = captured.release();
  // glibc 2.36 declares pidfd_open without C linkage. -1 on an old kernel: wait_any
  // then looks now and then.
  ended_ = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
}

Process::Process(Process&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)),
      captured_(std::exchange(other.captured_, -1)),
      ended_(std::exchange(other.ended_, -1)) {}

Process& Process::operator=(Process&& other) noexcept {
  std::swap(pid_, other.pid_);
  std::swap(captured_, other.captured_);
  std::swap(ended_, other.ended_);
  return *this;
}

Process::~Process() {
  if (pid_ != 0) {
    ::kill(pid_, SIGKILL);
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  close_files();
}

void Process::close_files() noexcept {
  if (captured_ >= 0) ::close(std::exchange(captured_, -1));
  if (ended_ >= 0) ::close(std::exchange(ended_, -1));
}

ProcessResult Process::finish(int status) {
  ProcessResult result = result_of(status);
  if (captured_ >= 0) result.output = contents(captured_);
  pid_ = 0;
  close_files();
  return result;
}

ProcessResult Process::wait() {
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0) {
    if (errno == EINTR) continue;
    throw Error(std::string("cannot wait for a child process: ") +
                std::strerror(errno));
  }
  return finish(status);
}

std::optional<ProcessResult> Process::poll() {
  if (!has_ended(pid_)) return std::nullopt;
  return wait();
}

void Process::kill(int signal) noexcept {
  if (pid_ != 0) ::kill(pid_, signal);
}

ProcessResult run_process(const ProcessOptions& options) {
  return Process(options).wait();
}

std::optional<std::size_t> wait_any(const std::vector<const Process*>& running,
                                    std::chrono::milliseconds at_most) {
  constexpr std::chrono::milliseconds kOldKernelPause(5);
  std::vector<pid_t> pids;
  std::vector<pollfd> ends;
  bool all_watched = true;
  for (const auto* process : running) {
    pids.push_back(process->pid_);
    ends.push_back({process->ended_, POLLIN, 0});
    all_watched = all_watched && process->ended_ >= 0;
  }
  const auto deadline = std::chrono::steady_clock::now() + at_most;
  while (true) {
    if (const auto ended = first_ended(pids)) return ended;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) return std::nullopt;
    const auto pause = all_watched ? left : std::min(left, kOldKernelPause);
    if (::poll(ends.data(), ends.size(), static_cast<int>(pause.count())) < 0) {
      return std::nullopt;
    }
  }
}

std::string find_program(const std::string& program) {
  if (program.empty()) return {};
  if (program.find('/') != std::string::npos) return program;
  const char* path = std::getenv("PATH");
  for (const auto& folder : split(path != nullptr ? path : "/usr/bin:/bin", ':')) {
    // An empty element would be the working directory: nobody means that any more.
    if (folder.empty()) continue;
    const auto candidate = folder + "/" + program;
    if (is_executable(candidate)) return candidate;
  }
  return {};
}

void end_at_once(int status) noexcept {
  for (;;) ::syscall(SYS_exit_group, status);
}

}  // namespace revise
