/// Writes a unit's operations as SQL, each statement ended and followed by an empty
/// line.

#pragma once

#include <functional>
#include <string>

#include "engine/dialects/dialect.hpp"
#include "engine/dialects/step_types.hpp"
#include "engine/operations/sink.hpp"

namespace revise::migration {

/// For one step; `script` is added to. Everything given must outlive it.
class ScriptSink final : public operations::OperationSink {
 public:
  /// `commit` and `begin` add what ends and begins a transaction round a block.
  ScriptSink(const dialects::Dialect& dialect, schema::Naming naming,
             std::string& script, std::function<void()> commit,
             std::function<void()> begin);

  std::string_view dialect() const override;
  const schema::Naming& naming() const override { return naming_; }
  void apply(const operations::Operation& operation) override;
  driver::Result query(std::string_view sql,
                       std::span<const operations::NamedValue> parameters) override;
  void set_timeouts(const operations::Timeouts& timeouts) override;
  void begin_autocommit_block(operations::AutocommitPlace place) override;
  void end_autocommit_block() override;

  /// What the unit set, for what comes after it to put back.
  const operations::Timeouts& timeouts() const { return timeouts_; }
  /// Whether something of it may declare a constraint deferred.
  bool mentions_deferred() const { return mentions_deferred_; }
  /// Whether it may have changed rows.
  bool changes_data() const { return changes_data_; }

  /// Ends what the unit's operations began. After its last one.
  void finish();

 private:
  void make(const operations::Operation& operation);
  void add_checked(const std::string& statement);
  void add_all(const std::vector<std::string>& statements);

  const dialects::Dialect& dialect_;
  schema::Naming naming_;
  dialects::StepTypes types_;
  std::string& script_;
  std::function<void()> commit_;
  std::function<void()> begin_;
  operations::Timeouts timeouts_;
  bool mentions_deferred_ = false;
  bool changes_data_ = false;
  bool has_changed_ = false;
  bool in_autocommit_ = false;
};

/// Adds `statement` with the semicolon that ends it.
void add_statement(std::string& script, std::string_view statement);

}  // namespace revise::migration
