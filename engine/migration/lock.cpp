#include "engine/migration/lock.hpp"

#include <algorithm>
#include <chrono>
#include <string>

#include "engine/core/error.hpp"

namespace revise::migration {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kFirstPause(50);
constexpr milliseconds kLongestPause(1000);
constexpr std::chrono::seconds kBetweenNotices(5);

// Readers come and go; a run that is all but done does not fail on one.
constexpr milliseconds kFirstPauseForReaders(5);
constexpr milliseconds kLeastWaitForReaders(5000);

std::string held_by(Session& session) {
  const std::string holder = session.holder();
  return holder.empty() ? "another connection" : holder;
}

std::string seconds_of(Clock::duration time) {
  return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(time).count());
}

// One wait: pauses that grow, a line now and then, an end.
class Wait {
 public:
  Wait(Session& session, SignalWatch& signals, const Notice& notice, milliseconds pause,
       milliseconds longest)
      : session_(session),
        signals_(signals),
        notice_(notice),
        pause_(pause),
        end_(start_ + longest) {}

  /// False when the time is over. Throws Interrupted.
  bool go_on() {
    const auto now = Clock::now();
    const auto left = std::chrono::duration_cast<milliseconds>(end_ - now);
    if (left <= milliseconds(0)) return false;
    if (now >= next_notice_ && notice_) {
      notice_("waiting for " + held_by(session_) + ", for " + waited() + " s now");
      next_notice_ = now + kBetweenNotices;
    }
    signals_.sleep(std::min(pause_, left));
    pause_ = std::min(pause_ * 2, kLongestPause);
    return true;
  }

  std::string waited() const { return seconds_of(Clock::now() - start_); }

 private:
  Session& session_;
  SignalWatch& signals_;
  const Notice& notice_;
  milliseconds pause_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point next_notice_ = start_ + kBetweenNotices;
  Clock::time_point end_;
};

void go_on(Wait& wait, Session& session) {
  if (wait.go_on()) return;
  DatabaseError error("the database is locked by " + held_by(session) + "; waited " +
                      wait.waited() + " s for it");
  error.add_note("wait longer with --wait-lock SECONDS");
  throw error;
}

}  // namespace

void take_lock(Session& session, const Settings& settings, SignalWatch& signals,
               const Notice& notice) {
  Wait wait(session, signals, notice, kFirstPause, settings.wait_lock);
  while (!session.try_lock()) go_on(wait, session);
}

VersionState begin(Session& session, const Settings& settings, SignalWatch& signals,
                   const Notice& notice) {
  Wait wait(session, signals, notice, kFirstPause, settings.wait_lock);
  for (;;) {
    if (auto state = session.try_begin()) return *std::move(state);
    go_on(wait, session);
  }
}

void commit(Session& session, const Settings& settings, SignalWatch& signals,
            const Notice& notice) {
  Wait wait(session, signals, notice, kFirstPauseForReaders,
            std::max(settings.wait_lock, kLeastWaitForReaders));
  for (;;) {
    try {
      session.commit();
      return;
    } catch (DatabaseError& error) {
      if (!session.is_busy(error)) throw;
      if (wait.go_on()) continue;
      error.add_note("the database is being read by " + held_by(session) + "; waited " +
                     wait.waited() + " s for it");
      throw;
    }
  }
}

}  // namespace revise::migration
