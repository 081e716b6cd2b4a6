/// Waits until no other run changes the same database.
///
/// What the lock is, is the session's business.

#pragma once

#include <functional>
#include <string_view>

#include "engine/migration/session.hpp"
#include "engine/migration/signal_watch.hpp"

namespace revise::migration {

/// Takes the lock, asking again and again for up to `settings.wait_lock`; every five
/// seconds `notice` is told who holds it. Throws DatabaseError when the time is over,
/// Interrupted on a signal.
void take_lock(Session& session, const Settings& settings, SignalWatch& signals,
               const std::function<void(std::string_view line)>& notice);

}  // namespace revise::migration
