#include "engine/migration/postgresql_settings.hpp"

#include "engine/core/text.hpp"

namespace revise::migration {

namespace {

using Statements = std::vector<std::string>;
using Time = std::optional<std::chrono::milliseconds>;

std::string set(Hold hold) { return hold == Hold::Session ? "SET " : "SET LOCAL "; }

void add_time(Statements& statements, std::string_view name, const Time& time,
              Hold hold) {
  if (!time) return;
  statements.push_back(set(hold) + std::string(name) + " = " +
                       std::to_string(time->count()));
}

}  // namespace

Statements set_statements(const dialects::Dialect& dialect,
                          const SessionSettings& wanted, Hold hold) {
  Statements statements;
  if (!wanted.role.empty()) {
    statements.push_back(set(hold) + "ROLE " + dialect.quote(wanted.role));
  }
  if (!wanted.search_path.empty()) {
    Statements names;
    for (const auto& name : wanted.search_path) names.push_back(dialect.quote(name));
    statements.push_back(set(hold) + "search_path TO " + join(names, ", "));
  }
  add_time(statements, "statement_timeout", wanted.statement_timeout, hold);
  add_time(statements, "lock_timeout", wanted.lock_timeout, hold);
  return statements;
}

Statements set_statements(const operations::Timeouts& timeouts, Hold hold) {
  Statements statements;
  add_time(statements, "lock_timeout", timeouts.lock_timeout, hold);
  add_time(statements, "statement_timeout", timeouts.statement_timeout, hold);
  return statements;
}

Statements reset_statements(const SessionSettings& wanted) {
  Statements statements;
  if (!wanted.role.empty()) statements.push_back("RESET ROLE");
  if (!wanted.search_path.empty()) statements.push_back("RESET search_path");
  if (wanted.statement_timeout) statements.push_back("RESET statement_timeout");
  if (wanted.lock_timeout) statements.push_back("RESET lock_timeout");
  return statements;
}

Statements reset_statements(const operations::Timeouts& timeouts) {
  Statements statements;
  if (timeouts.lock_timeout) statements.push_back("RESET lock_timeout");
  if (timeouts.statement_timeout) statements.push_back("RESET statement_timeout");
  return statements;
}

Statements put_back_statements(const operations::Timeouts& timeouts,
                               const SessionSettings& wanted) {
  Statements statements;
  const auto put_back = [&](std::string_view name, const Time& now,
                            const Time& before) {
    if (!now) return;
    statements.push_back("SET LOCAL " + std::string(name) +
                         (before ? " = " + std::to_string(before->count())
                                 : std::string(" TO DEFAULT")));
  };
  put_back("lock_timeout", timeouts.lock_timeout, wanted.lock_timeout);
  put_back("statement_timeout", timeouts.statement_timeout, wanted.statement_timeout);
  return statements;
}

bool may_defer(std::string_view sql) {
  return lower(sql).find("deferred") != std::string::npos;
}

bool may_change_rows(std::string_view sql) {
  const auto lowered = lower(sql);
  for (const std::string_view word :
       {"insert", "update", "delete", "merge", "select", "call", "do", "perform"}) {
    if (lowered.find(word) != lowered.npos) return true;
  }
  return false;
}

const std::string_view kCheckDeferred = "SET CONSTRAINTS ALL IMMEDIATE";

// SET CONSTRAINTS has no way back to what each was declared as. A name that some
// constraint of its schema bears that cannot be deferred is left out: it would fail.
const std::string_view kDeferAgain =
    "DO $revise$ DECLARE names text; BEGIN "
    "SELECT string_agg(name, ', ') INTO names FROM ("
    "SELECT format('%I.%I', n.nspname, c.conname) AS name "
    "FROM pg_catalog.pg_constraint c "
    "JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace "
    "GROUP BY n.nspname, c.conname "
    "HAVING bool_and(c.condeferrable) AND bool_or(c.condeferred)) AS deferred; "
    "IF names IS NOT NULL THEN EXECUTE 'SET CONSTRAINTS ' || names || ' DEFERRED'; "
    "END IF; END $revise$";

}  // namespace revise::migration
