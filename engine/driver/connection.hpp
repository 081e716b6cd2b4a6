/// How one talks to a database: statements in, rows out, errors told apart.
///
/// What the statements should say is the dialects' business, and when a transaction
/// begins and ends is the runner's.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace revise::driver {

/// Bytes as the database holds them.
struct Blob {
  std::string bytes;
  bool operator==(const Blob&) const = default;
};

/// A value of a row or parameter; monostate is NULL. What a driver has no closer
/// alternative for (numeric, dates, json, ...) comes and goes as text.
using Value =
    std::variant<std::monostate, bool, std::int64_t, double, std::string, Blob>;

using Row = std::vector<Value>;

struct Result {
  std::vector<std::string> columns = {};  ///< names, in order
  std::vector<Row> rows = {};             ///< each as long as `columns`
  std::int64_t changed = 0;  ///< rows that an INSERT, UPDATE or DELETE touched
};

/// Transactions that a session has ended, by commit or roll back; those that a single
/// statement outside any transaction is for itself do not count.
struct TransactionEnds {
  std::uint64_t count = 0;
  std::string statement = {};  ///< the one that ended the last; empty: none did so far
};

/// An open session. Not to be shared between threads, but for cancel().
class Connection {
 public:
  virtual ~Connection();

  /// "sqlite" or "postgresql".
  virtual std::string_view dialect() const = 0;

  /// Runs one or several statements, one after another, without parameters.
  /// Throws DatabaseError that names the one refused; those before it took effect.
  virtual void execute(std::string_view statements) = 0;

  /// Runs one statement; `parameters` fill `?1, ?2, ...` on SQLite, `$1, $2, ...` on
  /// PostgreSQL. Reads all rows before it returns. Throws DatabaseError.
  virtual Result query(std::string_view statement,
                       std::span<const Value> parameters = {}) = 0;

  /// Runs several statements in as few messages as the database allows, and gives the
  /// rows of the last. None of them may need to stand outside a transaction. Throws
  /// DatabaseError as execute() does.
  virtual Result batch(std::string_view statements) = 0;

  /// batch() of each of `texts`, in order, in as few messages as keep them apart. The
  /// error says which of them was refused; none after it ran.
  virtual Result send_together(std::span<const std::string> texts);

  /// Runs one statement once for each of `rows`, prepared once. Throws DatabaseError
  /// that says which row was refused; those before it took effect.
  virtual void execute_many(std::string_view statement, std::span<const Row> rows) = 0;

  /// Sends `rows` as the data of `copy`, a COPY ... FROM STDIN. Throws DatabaseError:
  /// no row was taken; UnsupportedError where there is no such statement.
  virtual void copy_rows(std::string_view copy, std::span<const Row> rows);

  /// The texts in a table of one column, named `column`, in no order, where they can be
  /// had for less than a query; nothing where it takes one to tell. Throws
  /// DatabaseError.
  virtual std::optional<std::vector<std::string>> find_texts(std::string_view table,
                                                             std::string_view column);

  /// Whether a transaction is open now, by the database's own account.
  virtual bool in_transaction() const = 0;

  /// Which transactions were ended so far, also by a COMMIT that a BEGIN followed in
  /// the same string. Costs nothing.
  virtual const TransactionEnds& transaction_ends() const = 0;

  /// The server's process as the client was told; 0 where there is none. That it is
  /// not what pg_backend_pid() answers shows a pooler in between.
  virtual std::int64_t backend_pid() const { return 0; }

  /// Asks the database to end the running statement, which then fails with a
  /// DatabaseError. For other threads; does nothing when none runs.
  virtual void cancel() noexcept = 0;
};

}  // namespace revise::driver
