#include "engine/migration/lock_watch.hpp"

#include <algorithm>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/core/masked.hpp"
#include "engine/core/text.hpp"
#include "engine/migration/failure.hpp"

namespace revise::migration {

namespace {

using std::chrono::milliseconds;

// Often enough to see a wait that ends, seldom enough to cost nothing.
constexpr int kLooksInTimeout = 4;
constexpr milliseconds kShortestPause(10);
constexpr milliseconds kLongestPause(1000);

// Who only stands before us in the queue holds nothing of it yet.
// https://www.postgresql.org/docs/15/view-pg-locks.html
std::string blockers_sql(std::int64_t backend) {
  return "SELECT DISTINCT CASE WHEN b.pid = 0 THEN 'a prepared transaction' ELSE " +
         backend_text("coalesce(a.xact_start, a.backend_start)") +
         " END || CASE WHEN h.pid IS NULL THEN ', which waits for the same' "
         "WHEN w.locktype = 'relation' THEN ', which holds ' || h.mode || ' on ' || "
         "w.relation::regclass "
         "WHEN w.locktype IN ('transactionid', 'tuple') THEN "
         "', which changed the same rows' "
         "ELSE ', which holds ' || h.mode || ' on a ' || w.locktype END, "
         "CASE a.state WHEN 'active' THEN 'runs' ELSE 'ran last' END, a.query "
         "FROM pg_catalog.pg_locks w "
         "CROSS JOIN LATERAL unnest(pg_blocking_pids(w.pid)) AS b(pid) "
         "LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = b.pid "
         "LEFT JOIN pg_catalog.pg_locks h ON h.pid = b.pid AND h.granted AND "
         "(h.locktype, h.database, h.relation, h.page, h.tuple, h.virtualxid, "
         "h.transactionid, h.classid, h.objid, h.objsubid) IS NOT DISTINCT FROM "
         "(w.locktype, w.database, w.relation, w.page, w.tuple, w.virtualxid, "
         "w.transactionid, w.classid, w.objid, w.objsubid) "
         "WHERE NOT w.granted AND w.pid = " +
         std::to_string(backend) + " ORDER BY 1";
}

constexpr std::size_t kLongestQuery = 200;

// Masked before it is cut: half a password is one too.
std::string blocker_of(const driver::Row& row) {
  const auto text_at = [&row](std::size_t column) {
    const auto* text = std::get_if<std::string>(&row.at(column));
    return text == nullptr ? std::string() : *text;
  };
  std::string query = masked(text_at(2));
  std::replace_if(
      query.begin(), query.end(),
      [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  // What another role's session runs is hidden from a common one.
  if (query.empty() || query == "<insufficient privilege>") return text_at(0);
  if (query.size() > kLongestQuery) query = query.substr(0, kLongestQuery) + "...";
  return text_at(0) + "; it " + text_at(1) + ": " + query;
}

// It looks from a thread of its own, where nothing may be logged: no notices.
std::unique_ptr<driver::Connection> connection_of(const Connect& connect) {
  try {
    auto connection = connect();
    connection->execute("SET client_min_messages = error");
    return connection;
  } catch (const Error&) {
    return nullptr;
  }
}

}  // namespace

// What another role's sessions are doing since when is hidden from a common one.
std::string backend_text(std::string_view since) {
  return "'server process ' || a.pid || ' (' || "
         "coalesce(nullif(a.application_name, ''), 'no name') || ', ' || "
         "coalesce(a.usename || ' at ', '') || "
         "coalesce(host(a.client_addr), 'local') || "
         "coalesce(', since ' || to_char(" +
         std::string(since) + ", 'YYYY-MM-DD HH24:MI:SS'), '') || ')'";
}

LockWatch::LockWatch(const Connect& connect, std::int64_t backend, milliseconds timeout)
    : connection_(connection_of(connect)),
      sql_(blockers_sql(backend)),
      pause_(std::clamp(timeout / kLooksInTimeout, kShortestPause, kLongestPause)) {
  if (connection_) thread_ = std::thread([this] { run(); });
}

LockWatch::~LockWatch() {
  {
    const std::lock_guard lock(mutex_);
    is_ending_ = true;
  }
  ends_.notify_all();
  if (thread_.joinable()) thread_.join();
}

std::string LockWatch::blockers(Time from) const {
  const std::lock_guard lock(mutex_);
  return seen_ < from ? std::string() : blockers_;
}

void LockWatch::run() {
  std::unique_lock lock(mutex_);
  while (!ends_.wait_for(lock, pause_, [this] { return is_ending_; })) {
    lock.unlock();
    std::vector<std::string> seen;
    try {
      for (const auto& row : connection_->batch(sql_).rows) {
        seen.push_back(blocker_of(row));
      }
    } catch (const Error&) {  // the server is gone: the run finds that out itself
      return;
    }
    lock.lock();
    if (seen.empty()) continue;
    blockers_ = join(seen, "\n");
    seen_ = std::chrono::steady_clock::now();
  }
}

}  // namespace revise::migration
