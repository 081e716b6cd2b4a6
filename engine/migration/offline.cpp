#include "engine/migration/offline.hpp"

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/sqlite/script_checks.hpp"
#include "engine/migration/client_text.hpp"
#include "engine/migration/failure.hpp"
#include "engine/migration/postgresql_settings.hpp"
#include "engine/migration/script_sink.hpp"
#include "engine/migration/session.hpp"
#include "engine/operations/call.hpp"

namespace revise::migration {

namespace {

class Script {
 public:
  Script(const OfflineRun& run)
      : run_(run),
        dialect_(dialects::dialect_named(run.dialect)),
        table_(run.settings.version_table),
        rows_(run.rows) {
    std::sort(rows_.begin(), rows_.end());
    has_deferred_ = !rows_.empty();
  }

  std::string render();
  std::string render_ensure_version();

 private:
  bool is_sqlite() const { return dialect_.name() == "sqlite"; }
  std::string table_name() const {
    return dialect_.qualified(table_.schema, table_.name);
  }
  void prepare();
  void begin();
  void commit();
  void add_all(const std::vector<std::string>& statements);
  void end_of_unit(const ScriptSink& sink);
  void leave_transaction();
  void enter_transaction();
  void finish();
  void create_table();
  void settings();
  void expect_rows_sqlite();
  void expect_rows_postgresql();
  void step(const graph::Step& step);
  void call(const graph::Step& step,
            const std::function<void(Operations& op)>& function);

  const OfflineRun& run_;
  const dialects::Dialect& dialect_;
  const dialects::VersionTable& table_;
  graph::Rows rows_;
  bool is_created_ = false;
  bool has_begun_ = false;
  bool leaves_transactions_ = false;
  bool has_deferred_ = false;
  bool has_pending_ = false;  // checks, since the transaction's begin
  std::string text_;
  std::size_t committed_ = 0;  // of the text, in bytes
};

// sqlite3 goes on after an error unless told otherwise, and would commit what is left.
void Script::prepare() {
  if (!is_sqlite()) return;
  text_ += ".bail on\n\n";
  add_statement(text_, run_.settings.session.foreign_keys.value_or(false)
                           ? "PRAGMA foreign_keys = ON"
                           : "PRAGMA foreign_keys = OFF");
}

void Script::settings() {
  if (is_sqlite()) return;
  add_all(set_statements(dialect_, run_.settings.session, Hold::Transaction));
}

void Script::add_all(const std::vector<std::string>& statements) {
  for (const auto& one : statements) add_statement(text_, one);
}

void Script::commit() {
  const auto transaction = std::string_view(text_).substr(committed_);
  if (is_sqlite() && sqlite::watches_foreign_keys(transaction)) {
    add_all(sqlite::check_foreign_keys(dialect_));
  }
  add_statement(text_, "COMMIT");
  committed_ = text_.size();
  has_pending_ = false;
}

// An empty table may be left from before; that it is empty is looked at next.
void Script::create_table() {
  if (!rows_.empty() || is_created_) return;
  const auto& schema = table_.schema;
  if (!schema.empty() && !is_sqlite() &&
      run_.settings.version_schema == VersionSchema::CreateIfAbsent) {
    add_statement(text_, "CREATE SCHEMA IF NOT EXISTS " + dialect_.quote(schema));
  }
  std::string create = dialects::create_version_table(dialect_, table_);
  add_statement(text_, create.replace(0, std::string("CREATE TABLE").size(),
                                      "CREATE TABLE IF NOT EXISTS"));
  is_created_ = true;
}

void Script::begin() {
  add_statement(text_, is_sqlite() ? "BEGIN IMMEDIATE" : "BEGIN");
  settings();
  if (!has_begun_) {
    for (const auto& statement : run_.statements) add_statement(text_, statement);
    text_ += run_.preamble;
  }
  has_begun_ = true;
  create_table();
  is_sqlite() ? expect_rows_sqlite() : expect_rows_postgresql();
}

// There is no statement that raises outside a trigger: a CHECK does, and its name is
// what sqlite3 then prints.
void Script::expect_rows_sqlite() {
  const std::string held = rows_.empty() ? "base" : join(rows_, ", ");
  add_statement(text_, "CREATE TEMP TABLE revise_expected (found TEXT, CONSTRAINT " +
                           dialect_.quote("the version table holds " + held) +
                           " CHECK (found = " + dialect_.literal(join(rows_, ",")) +
                           "))");
  add_statement(
      text_,
      "INSERT INTO revise_expected SELECT coalesce(group_concat(version_num), "
      "'') FROM (SELECT version_num FROM " +
          table_name() + " ORDER BY version_num)");
  add_statement(text_, "DROP TABLE temp.revise_expected");
}

// Nothing after a failed block changes or stamps, also where psql goes on.
void Script::expect_rows_postgresql() {
  const std::string held = rows_.empty() ? "base" : join(rows_, ", ");
  add_statement(text_, "LOCK TABLE " + table_name() + " IN SHARE ROW EXCLUSIVE MODE");
  add_statement(
      text_,
      "DO $revise$ BEGIN\n    IF (SELECT coalesce(string_agg(version_num, ',' "
      "ORDER BY version_num COLLATE \"C\"), '') FROM " +
          table_name() + ") <> " + dialect_.literal(join(rows_, ",")) +
          " THEN\n        RAISE EXCEPTION '%', " +
          dialect_.literal("the version table does not hold " + held) +
          ";\n    END IF;\nEND $revise$");
}

void Script::call(const graph::Step& step,
                  const std::function<void(Operations& op)>& function) {
  ScriptSink sink(
      dialect_, naming_of(run_.settings, dialect_), text_,
      [this] { leave_transaction(); }, [this] { enter_transaction(); });
  sink.set_arguments(run_.arguments);
  try {
    operations::call(function, sink);
    sink.finish();
  } catch (Error& error) {
    error.add_context("writing " + name_of(step, run_.effect));
    error.add_note("in " + name_of(step, run_.effect) + "; nothing was printed");
    throw;
  }
  end_of_unit(sink);
}

void Script::step(const graph::Step& step) {
  if (has_pending_) {
    add_all({std::string(kCheckDeferred), std::string(kDeferAgain)});
    has_pending_ = false;
  }
  text_ += "-- Running " + name_of(step, run_.effect) + "\n\n";
  if (run_.effect == Effect::Units) {
    const auto unit = run_.units.at(step.revision);
    call(step,
         step.direction == graph::Direction::Upgrade ? unit.upgrade : unit.downgrade);
  }
  for (const auto& change : step.changes) {
    add_statement(text_, statement_of(dialect_, table_, change));
  }
  rows_ = graph::apply_changes(std::move(rows_), step.changes);
  std::sort(rows_.begin(), rows_.end());
  if (!run_.version_applied) return;
  call(step, [&](Operations& op) { run_.version_applied(step, rows_, op); });
}

// A script may come upon constraints of which nothing it holds tells.
void Script::end_of_unit(const ScriptSink& sink) {
  if (is_sqlite()) return;
  has_deferred_ = has_deferred_ || sink.mentions_deferred();
  has_pending_ = has_deferred_ && sink.changes_data();
  if (run_.settings.transactions == Transactions::PerRun) {
    add_all(put_back_statements(sink.timeouts(), run_.settings.session));
  }
}

// SET LOCAL is over with the transaction.
void Script::leave_transaction() {
  commit();
  leaves_transactions_ = true;
  if (is_sqlite()) return;
  add_all(set_statements(dialect_, run_.settings.session, Hold::Session));
}

void Script::enter_transaction() {
  if (!is_sqlite()) add_all(reset_statements(run_.settings.session));
  begin();
}

// No failed transaction keeps psql from what stands outside one, and what fails there
// keeps it from no stamp. Scripts without such blocks are left to any client.
void Script::finish() {
  if (is_sqlite()) return;
  text_.insert(0, client_settings(text_));
  if (leaves_transactions_) text_.insert(0, "\\set ON_ERROR_STOP on\n\n");
}

std::string Script::render() {
  if (run_.plan.steps.empty()) return {};
  const bool per_step = run_.settings.transactions == Transactions::PerStep;
  std::vector<graph::RevisionId> ids;
  for (const auto& step : run_.plan.steps) ids.push_back(step.revision);
  if (run_.effect == Effect::Units && !run_.units.ready(ids)) run_.units.prepare(ids);
  prepare();
  if (!per_step) begin();
  for (const auto& one : run_.plan.steps) {
    if (per_step) begin();
    step(one);
    if (per_step) commit();
  }
  if (!per_step) commit();
  finish();
  return text_;
}

std::string Script::render_ensure_version() {
  create_table();
  return text_;
}

}  // namespace

std::string render_script(const OfflineRun& run) { return Script(run).render(); }

std::string render_ensure_version(const OfflineRun& run) {
  return Script(run).render_ensure_version();
}

}  // namespace revise::migration
