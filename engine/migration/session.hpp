/// A database while it is being changed: its transactions, its lock, its version
/// rows. SQLite and PostgreSQL differ here in each line, and in nothing above it.
///
/// Which steps are taken, and in which transactions, is the runner's business.

#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/core/error.hpp"
#include "engine/dialects/dialect.hpp"
#include "engine/driver/connection.hpp"
#include "engine/graph/version_rows.hpp"
#include "engine/migration/lock_watch.hpp"
#include "engine/migration/settings.hpp"
#include "engine/migration/version_table.hpp"
#include "engine/operations/operation.hpp"
#include "engine/operations/timeouts.hpp"

namespace revise::migration {

/// What makes `change` in the version table.
std::string statement_of(const dialects::Dialect& dialect,
                         const dialects::VersionTable& table,
                         const graph::RowChange& change);

class Session {
 public:
  Session(driver::Connection& connection, const Settings& settings);
  virtual ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  driver::Connection& connection() { return connection_; }
  const dialects::Dialect& dialect() const { return dialect_; }
  const dialects::VersionTable& table() const { return table_; }
  const schema::Naming& naming() const { return naming_; }

  /// Before a run's first statement: what has to be set outside any transaction.
  virtual void prepare() {}

  /// The version table as it is now, outside any transaction and without a lock.
  virtual VersionState read() = 0;

  /// What is to be done about a schema of the version table that is not there, as of
  /// the last look; empty: it is there, or the run creates it.
  virtual std::string schema_fault() const { return {}; }

  /// Whether `error` only says that somebody else holds the database just now.
  virtual bool is_busy(const DatabaseError&) const { return false; }

  /// Something that a person should know of this database; empty: nothing.
  virtual std::string notice() const { return {}; }

  /// Makes sure that no other run changes this database: whether that is so now. True
  /// at once when it was so already.
  virtual bool try_lock() = 0;
  /// From now on blockers() is known, over another connection.
  virtual void watch_locks(const Connect&) {}
  /// The role that the run works as; empty: there are none here.
  virtual std::string acts_as() const { return {}; }

  /// Which limit of time made a statement fail with `code`, and how much it is; empty:
  /// none did, as far as is known.
  virtual std::string limit_struck(std::string_view) const { return {}; }
  /// Who kept the statement that failed with `code` from a lock, one a line; empty:
  /// unknown.
  virtual std::string blockers(std::string_view) const { return {}; }
  /// Who else holds what was last asked for, the lock or the version table, as far as
  /// the database tells; empty: unknown.
  virtual std::string holder() = 0;
  virtual void unlock() noexcept = 0;

  /// With the lock held: opens the transaction that try_begin() then goes on with, for
  /// statements that come before the version table is looked for.
  virtual void open_transaction() {}

  /// With the lock held: a transaction, the version table locked and freshly read. It
  /// is created where it does not exist, unless the schema has yet to come. Nothing:
  /// the table is holder()'s just now, and can be asked for again; what ran in the
  /// transaction before stays.
  virtual std::optional<VersionState> try_begin() = 0;

  /// Whether several statements of a step may go in one message.
  virtual bool sends_together() const { return false; }

  /// Ends a step: what is `waiting` to be sent is, deferred checks are made, the
  /// engine's settings put back, the rows changed. Throws DatabaseError when a change
  /// does not meet one row; one that `waiting` met says of which text.
  virtual void end_step(const graph::RowChanges& changes,
                        std::span<const std::string> waiting) = 0;

  /// Throws DatabaseError: is_busy(), and the transaction is still open; what became of
  /// the transaction where the answer was lost is known to outcome().
  virtual void commit() = 0;

  /// The version rows as the open transaction would leave them, sorted.
  virtual graph::Rows rows();

  enum class Outcome { Committed, RolledBack, Unknown };
  /// Asks over `other`, a new connection, what became of the last transaction.
  virtual Outcome outcome(driver::Connection& other) = 0;

  void rollback() noexcept;

  /// Why statements outside any transaction cannot be here; empty: they can.
  virtual std::string block_fault() const { return {}; }

  /// Between commit() and try_begin(): several transactions without letting others in,
  /// and statements outside any.
  virtual void enter_autocommit() = 0;

  /// From now on there will be several transactions.
  virtual void keep_lock() {}

  /// `operation` so that it bears being run again outside a transaction.
  virtual operations::Operation repeatable(const operations::Operation& operation) {
    return operation;
  }

  /// Runs what a unit wrote itself outside any transaction, statement by statement,
  /// each so that it bears being run again.
  virtual void execute_outside(std::string_view sql) { connection_.execute(sql); }

  /// A table is about to be made anew: from now on commit() sees to it that no row
  /// refers to nothing that did not do so before.
  virtual void before_rebuild(const std::string&, const std::string&) {}

  /// Runs `insert`, which `op` was rendered as, for all of its rows.
  virtual void insert(const operations::BulkInsertOp&,
                      const dialects::Statement& insert) {
    connection_.execute_many(insert.sql, insert.rows);
  }

  /// What sets time-outs here, for the transaction that is open or, outside any, until
  /// the step ends; empty: nothing is set, which the log then says.
  virtual std::string timeouts_sql(const operations::Timeouts& timeouts) = 0;

  /// What a unit is about to run.
  virtual void note_statement(std::string_view) {}

 protected:
  /// The error that Alembic gives for a change that met `found` rows.
  void check_found(const graph::RowChange& change, std::int64_t found) const;
  std::string statement_of(const graph::RowChange& change) const {
    return migration::statement_of(dialect_, table_, change);
  }

  driver::Connection& connection_;
  const dialects::Dialect& dialect_;
  const Settings& settings_;
  schema::Naming naming_;
  dialects::VersionTable table_;  ///< with its schema, once it was found
};

std::unique_ptr<Session> sqlite_session(driver::Connection& connection,
                                        const Settings& settings);
std::unique_ptr<Session> postgresql_session(driver::Connection& connection,
                                            const Settings& settings);

/// The one for the connection's dialect; both arguments must outlive it.
std::unique_ptr<Session> open_session(driver::Connection& connection,
                                      const Settings& settings);

}  // namespace revise::migration
