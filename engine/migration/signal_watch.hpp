/// Takes SIGINT, SIGTERM and SIGHUP while a database is being changed, but for those
/// that the process was started to ignore.
///
/// The first has the running statement cancelled, so that the run can roll back and
/// say the state; a second one ends the process at once.

#pragma once

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>

#include "engine/driver/connection.hpp"

namespace revise::migration {

/// Signals are taken from construction to destruction. One at a time in a process.
class SignalWatch {
 public:
  SignalWatch();
  ~SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

  /// Whose statements to cancel; nullptr: nobody's.
  void watch(driver::Connection* connection);

  /// Throws Interrupted when a signal has come.
  void check() const;

  /// The signal that has come; 0: none.
  int signal() const;

  /// Stops cancelling: what runs from now on is clearing up.
  void acknowledge();

  /// Waits; throws Interrupted as soon as a signal comes.
  void sleep(std::chrono::milliseconds time);

 private:
  void run();
  void take(int signal);

  mutable std::mutex mutex_;
  std::condition_variable came_;
  driver::Connection* connection_ = nullptr;
  int signal_ = 0;
  bool is_cancelling_ = false;
  sigset_t before_;
  int signals_ = -1;  // descriptor that signals come from
  int end_ = -1;      // readable when the thread is to end
  std::thread thread_;
};

}  // namespace revise::migration
