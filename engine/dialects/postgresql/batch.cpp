// A table is changed in place first, and then made anew as it is: so the result is the
// one of the plain ALTERs, but for the order of the columns.

#include "engine/dialects/postgresql/batch.hpp"

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/batch_plan.hpp"
#include "engine/dialects/column_order.hpp"
#include "engine/dialects/identifier.hpp"
#include "engine/dialects/postgresql/batch_arguments.hpp"
#include "engine/dialects/postgresql/recreation.hpp"
#include "engine/dialects/postgresql/recreation_limits.hpp"
#include "engine/operations/batch.hpp"

namespace revise::postgresql {

namespace {

using dialects::ColumnOrder;
using dialects::single_quoted;
using operations::BatchAlterTableOp;
using operations::BatchChange;
using Names = std::vector<std::string>;

// Follows the changes, which are not made yet.
struct FollowOrder {
  ColumnOrder& order;
  const BatchChange& change;

  void operator()(const operations::AddColumnOp& op) const {
    const std::string& name = op.column.name;
    if (dialects::has_column(order, name)) return;  // PostgreSQL's to refuse
    const auto place =
        dialects::place_of(order, name, change.insert_before, change.insert_after);
    order.names.insert(order.names.begin() + static_cast<std::ptrdiff_t>(place), name);
  }
  void operator()(const operations::DropColumnOp& op) const {
    std::erase(order.names, op.column);
  }
  void operator()(const operations::AlterColumnOp& op) const {
    if (!op.new_column_name.empty()) {
      std::replace(order.names.begin(), order.names.end(), op.column,
                   op.new_column_name);
    }
    dialects::move_column(order, op.column, change.insert_before, change.insert_after);
  }
  void operator()(const auto&) const {}
};

Names planned_order(const BatchAlterTableOp& batch, Names columns) {
  ColumnOrder order{.table = batch.table,
                    .names = std::move(columns),
                    .is_same = [](std::string_view left, std::string_view right) {
                      return left == right;
                    }};
  for (const BatchChange& change : dialects::ordered_changes(batch)) {
    std::visit(FollowOrder{order, change}, change.operation);
  }
  dialects::reorder(order, dialects::final_order(batch));
  return order.names;
}

// What the unit's own statements added comes last.
Names order_of(const Names& columns, const Names& planned) {
  Names order;
  for (const auto& lists : {planned, columns}) {
    for (const auto& name : lists) {
      const bool is_there =
          std::find(columns.begin(), columns.end(), name) != columns.end();
      const bool is_placed = std::find(order.begin(), order.end(), name) != order.end();
      if (is_there && !is_placed) order.push_back(name);
    }
  }
  return order;
}

// Names are told in full where the search path is empty.
template <typename Look>
auto with_full_names(const dialects::Live& live, const Look& look) {
  live.aside("SAVEPOINT revise_names; SET LOCAL search_path = ''");
  auto seen = look();
  live.aside("ROLLBACK TO SAVEPOINT revise_names; RELEASE SAVEPOINT revise_names");
  return seen;
}

class Batch {
 public:
  Batch(const dialects::Dialect& dialect, const BatchAlterTableOp& batch,
        const dialects::Live& live)
      : dialect_(dialect),
        batch_(batch),
        live_(live),
        name_(dialect.qualified(batch.schema, batch.table)),
        temporary_(dialects::temporary_name(batch.table, dialect.max_name_bytes())) {}

  void run();

 private:
  void lock();
  void refuse_leftover() const;
  Names read_columns() const;
  void change() const;
  std::vector<std::string> statements(const Names& columns) const;

  const dialects::Dialect& dialect_;
  const BatchAlterTableOp& batch_;
  const dialects::Live& live_;
  std::string name_;
  std::string temporary_;
  std::int64_t oid_ = 0;
  int server_version_ = 0;
};

void Batch::lock() {
  live_.send("LOCK TABLE " + name_ + " IN ACCESS EXCLUSIVE MODE");
  const auto found = live_.read("SELECT " + single_quoted(name_) +
                                "::regclass::oid::bigint, "
                                "current_setting('server_version_num')::bigint");
  oid_ = std::get<std::int64_t>(found.rows.at(0).at(0));
  server_version_ = static_cast<int>(std::get<std::int64_t>(found.rows.at(0).at(1)));
}

void Batch::refuse_leftover() const {
  const auto found = live_.read(
      "SELECT 1 FROM pg_catalog.pg_class WHERE relname = " + single_quoted(temporary_) +
      " AND relnamespace = (SELECT relnamespace FROM pg_catalog.pg_class WHERE oid = " +
      std::to_string(oid_) + ")");
  if (!found.rows.empty()) dialects::refuse_leftover(temporary_, batch_.table);
}

void Batch::run() {
  lock();
  with_full_names(live_, [&] {
    check_recreation(batch_, oid_, live_);
    return 0;
  });
  refuse_leftover();
  const Names before = read_columns();
  check_arguments(batch_, oid_, before, live_);
  const Names planned = planned_order(batch_, before);
  change();
  const Names columns = order_of(read_columns(), planned);
  for (const auto& statement : statements(columns)) live_.send(statement);
}

Names Batch::read_columns() const {
  Names columns;
  const auto found = live_.read(
      "SELECT attname::text FROM pg_catalog.pg_attribute WHERE attrelid = " +
      std::to_string(oid_) + " AND attnum > 0 AND NOT attisdropped ORDER BY attnum");
  for (const auto& row : found.rows) {
    columns.push_back(std::get<std::string>(row.at(0)));
  }
  return columns;
}

void Batch::change() const {
  apply_overrides(batch_, live_);
  for (const BatchChange& change : dialects::ordered_changes(batch_)) {
    live_.apply(operations::operation_of(change.operation));
  }
  apply_table_arguments(batch_, oid_, live_);
}

std::vector<std::string> Batch::statements(const Names& columns) const {
  const Recreation recreation{.oid = oid_,
                              .server_version = server_version_,
                              .temporary_name = temporary_,
                              .columns = columns,
                              .method = batch_.table_kwargs.postgresql_using,
                              .tablespace = batch_.table_kwargs.postgresql_tablespace};
  auto statements = with_full_names(live_, [&] {
    // Once more, for the changes may have brought something.
    check_recreation(batch_, oid_, live_);
    return plan_recreation(recreation, live_);
  });
  if (statements.empty()) {
    throw UnitError("the batch on table " + quoted(batch_.table) +
                    " drops it, and there is nothing to recreate");
  }
  return statements;
}

void undo(const dialects::Live& live) {
  try {
    live.aside("ROLLBACK TO SAVEPOINT revise_batch; RELEASE SAVEPOINT revise_batch");
  } catch (const Error& error) {
    // The server has given up the transaction, and the whole run goes back.
    log::debug("revise.dialects.postgresql", error.what());
  }
}

void begin(const BatchAlterTableOp& batch, const dialects::Live& live) {
  constexpr std::string_view kNoTransaction = "25P01";
  try {
    live.aside("SAVEPOINT revise_batch");
  } catch (const DatabaseError& error) {
    if (error.code() != kNoTransaction) throw;
    throw UnsupportedError("table " + quoted(batch.table) +
                           " cannot be recreated outside a transaction; take the batch "
                           "out of op.autocommit_block()");
  }
}

}  // namespace

void run_batch(const dialects::Dialect& dialect, const BatchAlterTableOp& batch,
               const dialects::Live& live) {
  if (batch.recreate != operations::Recreate::Always) {
    for (const auto& operation : dialects::plain_operations(batch)) {
      live.apply(operation);
    }
    return;
  }
  begin(batch, live);
  try {
    Batch(dialect, batch, live).run();
    live.aside("RELEASE SAVEPOINT revise_batch");
  } catch (...) {
    undo(live);
    throw;
  }
}

}  // namespace revise::postgresql
