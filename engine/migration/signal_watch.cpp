#include "engine/migration/signal_watch.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "engine/core/error.hpp"
#include "engine/core/process.hpp"

namespace revise::migration {

namespace {

// A cancellation that comes between two statements is lost: hence again and again.
constexpr int kAgainMilliseconds = 20;

// What nohup and shells have a process ignore stays ignored: blocked, it would come.
bool is_ignored(int signal) {
  struct sigaction action;
  return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

SignalWatch::SignalWatch() {
  sigset_t taken;
  sigemptyset(&taken);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    if (!is_ignored(signal)) sigaddset(&taken, signal);
  }
  // The thread inherits the mask, so that no thread dies of them.
  pthread_sigmask(SIG_BLOCK, &taken, &before_);
  signals_ = signalfd(-1, &taken, SFD_CLOEXEC);
  end_ = eventfd(0, EFD_CLOEXEC);
  thread_ = std::thread([this] { run(); });
}

SignalWatch::~SignalWatch() {
  const std::uint64_t one = 1;
  if (write(end_, &one, sizeof one) < 0) std::terminate();
  thread_.join();
  close(signals_);
  close(end_);
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void SignalWatch::watch(driver::Connection* connection) {
  const std::lock_guard lock(mutex_);
  connection_ = connection;
}

int SignalWatch::signal() const {
  const std::lock_guard lock(mutex_);
  return signal_;
}

void SignalWatch::check() const {
  if (const int came = signal(); came != 0) throw Interrupted(came);
}

void SignalWatch::acknowledge() {
  const std::lock_guard lock(mutex_);
  is_cancelling_ = false;
}

void SignalWatch::sleep(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  came_.wait_for(lock, time, [this] { return signal_ != 0; });
  if (signal_ != 0) throw Interrupted(signal_);
}

void SignalWatch::take(int signal) {
  const std::lock_guard lock(mutex_);
  if (signal_ != 0) end_at_once(128 + signal);
  signal_ = signal;
  is_cancelling_ = true;
  came_.notify_all();
}

void SignalWatch::run() {
  pollfd ready[] = {
      {signals_, POLLIN, 0},
      {end_,     POLLIN, 0}
  };
  for (;;) {
    {
      const std::lock_guard lock(mutex_);
      if (is_cancelling_ && connection_ != nullptr) connection_->cancel();
    }
    poll(ready, 2, signal() == 0 ? -1 : kAgainMilliseconds);
    if ((ready[1].revents & POLLIN) != 0) return;
    if ((ready[0].revents & POLLIN) == 0) continue;
    signalfd_siginfo came{};
    if (read(signals_, &came, sizeof came) == sizeof came) {
      take(static_cast<int>(came.ssi_signo));
    }
  }
}

}  // namespace revise::migration
