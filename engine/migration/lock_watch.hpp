/// Sees who keeps a PostgreSQL session from a lock, over a connection of its own: once
/// lock_timeout has struck, the server does not know any more.
///
/// When there is something to watch for is the session's business.

#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "engine/driver/connection.hpp"

namespace revise::migration {

using Connect = std::function<std::unique_ptr<driver::Connection>()>;

/// SQL for a text such as "server process 4711 (psql, ed at 10.0.0.7, since
/// 2026-01-02 03:04:05)" out of a row `a` of pg_stat_activity. `since` is one of its
/// times.
std::string backend_text(std::string_view since);

/// Looks several times within any wait of `timeout`, from construction to destruction.
class LockWatch {
 public:
  /// `backend` is the server process of the session that may wait. Where `connect`
  /// throws, nothing is seen.
  LockWatch(const Connect& connect, std::int64_t backend,
            std::chrono::milliseconds timeout);
  ~LockWatch();
  LockWatch(const LockWatch&) = delete;
  LockWatch& operator=(const LockWatch&) = delete;

  using Time = std::chrono::steady_clock::time_point;

  /// Whom the session waited for when last seen waiting, one a line, each with what it
  /// holds and runs; empty: not seen waiting since `from`.
  std::string blockers(Time from) const;

 private:
  void run();

  std::unique_ptr<driver::Connection> connection_;
  std::string sql_;
  std::chrono::milliseconds pause_;
  mutable std::mutex mutex_;
  std::condition_variable ends_;
  bool is_ending_ = false;
  std::string blockers_;
  Time seen_ = {};
  std::thread thread_;
};

}  // namespace revise::migration
