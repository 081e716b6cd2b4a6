#include "tests/support/server_process.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>
#include <system_error>

#include "tests/support/temporary_folder.hpp"

namespace revise::testing {

namespace {

// Servers refuse to run as root, which a build in a container is.
const passwd* server_user() {
  if (geteuid() != 0) return nullptr;
  for (const char* name : {"postgres", "nobody"}) {
    if (const passwd* user = getpwnam(name)) return user;
  }
  throw std::runtime_error("there is no user that a server could run as");
}

[[noreturn]] void become(const std::vector<std::string>& arguments,
                         const std::string& log, const passwd* user, pid_t parent) {
  const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
  const int in = open("/dev/null", O_RDONLY);
  dup2(in, 0);
  dup2(out, 1);
  dup2(out, 2);
  if (user != nullptr && (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 ||
                          setuid(user->pw_uid) != 0)) {
    _exit(126);
  }
  // After the change of user, which takes it away.
  prctl(PR_SET_PDEATHSIG, SIGQUIT);
  if (getppid() != parent) _exit(126);
  // A shell's background jobs ignore it, and pgbouncer would go on doing so.
  signal(SIGQUIT, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  setsid();
  std::vector<char*> words;
  for (const auto& word : arguments) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  execv(words[0], words.data());
  _exit(127);
}

pid_t start(const std::vector<std::string>& arguments, const std::string& log) {
  const passwd* user = server_user();
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (child == 0) become(arguments, log, user, parent);
  return child;
}

}  // namespace

void give_to_server_user(const std::string& path) {
  const passwd* user = server_user();
  if (user != nullptr && chown(path.c_str(), user->pw_uid, user->pw_gid) != 0) {
    throw std::system_error(errno, std::generic_category(), "chown " + path);
  }
}

void run_as_server_user(const std::vector<std::string>& arguments,
                        const std::string& log) {
  int status = 0;
  waitpid(start(arguments, log), &status, 0);
  if (status != 0) {
    throw std::runtime_error(arguments.front() + " failed: " + read_text(log));
  }
}

ServerProcess::ServerProcess(const std::vector<std::string>& arguments,
                             const std::string& log)
    : pid_(start(arguments, log)) {}

ServerProcess::~ServerProcess() {
  if (pid_ == 0) return;
  kill(pid_, SIGQUIT);
  waitpid(pid_, nullptr, 0);
}

void ServerProcess::wait() {
  if (pid_ != 0) waitpid(pid_, nullptr, 0);
  pid_ = 0;
}

bool ServerProcess::is_running() {
  if (pid_ != 0 && waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = 0;
  return pid_ != 0;
}

}  // namespace revise::testing
