/// Waits until no other run changes the same database, and for who only reads it.
///
/// What the lock is, is the session's business.

#pragma once

#include <functional>
#include <string_view>

#include "engine/migration/session.hpp"
#include "engine/migration/signal_watch.hpp"

namespace revise::migration {

/// Is told, every five seconds, who is waited for.
using Notice = std::function<void(std::string_view line)>;

/// Takes the lock, asking again and again for up to `settings.wait_lock`. Throws
/// DatabaseError when the time is over, Interrupted on a signal.
void take_lock(Session& session, const Settings& settings, SignalWatch& signals,
               const Notice& notice);

/// Begins a transaction of who has that lock, waiting in the same way for the version
/// table. Throws as take_lock() does.
VersionState begin(Session& session, const Settings& settings, SignalWatch& signals,
                   const Notice& notice);

/// Commits; the transaction stays open while readers keep the database from being
/// written, for up to `settings.wait_lock`, and no less than five seconds. Throws
/// DatabaseError, Interrupted.
void commit(Session& session, const Settings& settings, SignalWatch& signals,
            const Notice& notice);

}  // namespace revise::migration
