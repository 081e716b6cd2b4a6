#include "engine/migration/script_sink.hpp"

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/migration/autocommit.hpp"
#include "engine/migration/postgresql_settings.hpp"

namespace revise::migration {

void add_statement(std::string& script, std::string_view statement) {
  const auto text = strip(statement);
  if (text.empty()) return;
  script += text;
  // A comment at the end would swallow the semicolon.
  const auto line = text.substr(text.rfind('\n') + 1);
  const bool may_end_in_comment = line.find("--") != line.npos;
  if (may_end_in_comment) script += '\n';
  if (may_end_in_comment || text.back() != ';') script += ';';
  script += "\n\n";
}

ScriptSink::ScriptSink(const dialects::Dialect& dialect, schema::Naming naming,
                       std::string& script, std::function<void()> commit,
                       std::function<void()> begin)
    : dialect_(dialect),
      naming_(std::move(naming)),
      types_(dialect),
      script_(script),
      commit_(std::move(commit)),
      begin_(std::move(begin)) {}

std::string_view ScriptSink::dialect() const { return dialect_.name(); }

void ScriptSink::apply(const operations::Operation& operation) {
  const auto place = operations::own_block_of(operation);
  if (place.has_value() && !in_autocommit_) {
    dialect_.render_script(operation);  // refused before anything is committed
    operations::run_in_block(*this, *place, [&] { make(operation); });
  } else {
    make(operation);
  }
}

void ScriptSink::make(const operations::Operation& operation) {
  has_changed_ = true;
  const auto types = types_.prepare(operation);
  add_all(types.notes);
  add_all(types.before);
  const auto& rendered = types.instead.has_value() ? *types.instead : operation;
  changes_data_ =
      changes_data_ || std::holds_alternative<operations::BulkInsertOp>(rendered);
  for (const auto& statement : dialect_.render_script(rendered)) {
    mentions_deferred_ = mentions_deferred_ || may_defer(statement);
    changes_data_ = changes_data_ || may_change_rows(statement);
    add_statement(script_, statement);
  }
}

void ScriptSink::add_all(const std::vector<std::string>& statements) {
  for (const auto& one : statements) add_statement(script_, one);
}

void ScriptSink::finish() { add_all(types_.finish()); }

void ScriptSink::set_timeouts(const operations::Timeouts& timeouts) {
  if (dialect() != "postgresql") return;
  if (timeouts.lock_timeout) timeouts_.lock_timeout = timeouts.lock_timeout;
  if (timeouts.statement_timeout) {
    timeouts_.statement_timeout = timeouts.statement_timeout;
  }
  add_all(set_statements(timeouts, in_autocommit_ ? Hold::Session : Hold::Transaction));
}

driver::Result ScriptSink::query(std::string_view sql,
                                 std::span<const operations::NamedValue>) {
  throw UnsupportedError("the unit reads from the database (" + quoted(strip(sql)) +
                         "), and a script has none to read from");
}

void ScriptSink::begin_autocommit_block(operations::AutocommitPlace place) {
  if (place == operations::AutocommitPlace::First && has_changed_) refuse_late_block();
  if (in_autocommit_) refuse_nested_autocommit();
  commit_();
  in_autocommit_ = true;
  add_all(set_statements(timeouts_, Hold::Session));
}

void ScriptSink::end_autocommit_block() {
  add_all(reset_statements(timeouts_));
  begin_();
  in_autocommit_ = false;
  has_changed_ = false;
  add_all(set_statements(timeouts_, Hold::Transaction));
}

}  // namespace revise::migration
