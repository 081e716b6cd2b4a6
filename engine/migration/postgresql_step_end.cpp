#include "engine/migration/postgresql_step_end.hpp"

#include "engine/core/text.hpp"
#include "engine/migration/session.hpp"

namespace revise::migration {

namespace {

using graph::RowChange;

// What a unit may change and the engine puts back. A dump that was pasted into a unit
// empties search_path, for one. The four of how values are written are those that
// typed rows are read by.
constexpr std::string_view kOwned[] = {
    "search_path",           "role",         "DateStyle",
    "IntervalStyle",         "bytea_output", "extra_float_digits",
    "statement_timeout",     "lock_timeout", "idle_in_transaction_session_timeout",
    "check_function_bodies", "row_security", "session_replication_role",
};

}  // namespace

PostgresqlStepEnd::PostgresqlStepEnd(const dialects::Dialect& dialect,
                                     const dialects::VersionTable& table)
    : dialect_(dialect), table_(table) {}

std::string PostgresqlStepEnd::literal(std::string_view text) const {
  return dialect_.literal(std::string(text));
}

std::string PostgresqlStepEnd::columns() {
  std::string sql;
  for (const auto name : kOwned) {
    sql += ", current_setting('" + std::string(name) + "')";
  }
  return sql;
}

void PostgresqlStepEnd::capture(const driver::Result& result, std::size_t first) {
  for (std::size_t i = 0; i < std::size(kOwned); ++i) {
    const auto* text = std::get_if<std::string>(&result.rows.at(0).at(first + i));
    values_.push_back(text == nullptr ? std::string() : *text);
  }
}

std::string PostgresqlStepEnd::put_back_sql(Hold hold) const {
  std::vector<std::string> values;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    values.push_back("(" + literal(kOwned[i]) + ", " + literal(values_[i]) + ")");
  }
  return std::string("SELECT count(set_config(w.n, w.v, ") +
         (hold == Hold::Transaction ? "true" : "false") + ")) FROM (VALUES " +
         join(values, ", ") +
         ") AS w(n, v) WHERE current_setting(w.n) IS DISTINCT FROM w.v";
}

// The server takes longer to read the plain text than to do what it says, and nearly
// all steps but the first do the same.
std::string PostgresqlStepEnd::prepared_sql(const RowChange& change) {
  std::string sql;
  if (!is_prepared_) {
    sql = "PREPARE revise_put_back AS " + put_back_sql(Hold::Transaction) +
          "; PREPARE revise_update (text, text) AS WITH c AS (UPDATE " +
          dialect_.qualified(table_.schema, table_.name) +
          " SET version_num = $2 WHERE version_num = $1 RETURNING 1) "
          "SELECT pg_current_xact_id()::text, (SELECT count(*) FROM c); ";
    is_prepared_ = true;
  }
  return sql + "EXECUTE revise_put_back; EXECUTE revise_update (" +
         literal(change.from) + ", " + literal(change.to) + ")";
}

std::string PostgresqlStepEnd::plain_sql(const graph::RowChanges& changes) const {
  std::vector<std::string> moves;
  std::string counts;
  for (const auto& change : changes) {
    const std::string name = "c" + std::to_string(moves.size());
    moves.push_back(name + " AS (" + statement_of(dialect_, table_, change) +
                    " RETURNING 1)");
    counts += ", (SELECT count(*) FROM " + name + ")";
  }
  const std::string with = moves.empty() ? "" : "WITH " + join(moves, ", ") + " ";
  return put_back_sql(Hold::Transaction) + "; " + with +
         "SELECT pg_current_xact_id()::text" + counts;
}

std::string PostgresqlStepEnd::sql(const graph::RowChanges& changes, SessionUse use) {
  const bool is_usual =
      changes.size() == 1 && changes.front().kind == RowChange::Kind::Update;
  return is_usual && !is_doubted_ && use == SessionUse::Own
             ? prepared_sql(changes.front())
             : plain_sql(changes);
}

}  // namespace revise::migration
