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

std::string held_by(Session& session) {
  const std::string holder = session.holder();
  return holder.empty() ? "another connection" : holder;
}

std::string seconds_of(Clock::duration time) {
  return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(time).count());
}

}  // namespace

void take_lock(Session& session, const Settings& settings, SignalWatch& signals,
               const std::function<void(std::string_view line)>& notice) {
  const auto start = Clock::now();
  auto next_notice = start + kBetweenNotices;
  milliseconds pause = kFirstPause;
  while (!session.try_lock()) {
    const auto now = Clock::now();
    const auto left =
        std::chrono::duration_cast<milliseconds>(start + settings.wait_lock - now);
    if (left <= milliseconds(0)) {
      DatabaseError error("the database is held by " + held_by(session) + "; waited " +
                          seconds_of(now - start) + " s for it");
      error.add_note("nothing was changed; wait longer with --wait-lock SECONDS");
      throw error;
    }
    if (now >= next_notice && notice) {
      notice("waiting for " + held_by(session) + ", for " + seconds_of(now - start) +
             " s now");
      next_notice = now + kBetweenNotices;
    }
    signals.sleep(std::min(pause, left));
    pause = std::min(pause * 2, kLongestPause);
  }
}

}  // namespace revise::migration
