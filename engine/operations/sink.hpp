/// Where a unit's operations go: to a connection, to a script, to a test.

#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "engine/driver/connection.hpp"
#include "engine/operations/operation.hpp"
#include "engine/operations/run_arguments.hpp"
#include "engine/operations/timeouts.hpp"
#include "engine/schema/naming.hpp"

namespace revise::operations {

/// Where a block outside any transaction may stand in its function.
enum class AutocommitPlace {
  First,         ///< it must be the first change; the sink holds it to that
  AfterChanges,  ///< it may follow changes, which it commits
};

/// Where the block stands that `operation` needs for itself alone, if it needs one.
std::optional<AutocommitPlace> own_block_of(const Operation& operation);

class OperationSink {
 public:
  virtual ~OperationSink();

  /// "sqlite" or "postgresql"; good as long as the sink is.
  virtual std::string_view dialect() const = 0;

  /// How what has no name is named. Good as long as the sink is.
  virtual const schema::Naming& naming() const;

  /// Makes the change, or prints it. Throws DatabaseError, UnsupportedError.
  virtual void apply(const Operation& operation) = 0;

  /// Runs one statement in which `:name` stands for a parameter, provided that there
  /// are any. Throws UnsupportedError offline.
  virtual driver::Result query(std::string_view sql,
                               std::span<const NamedValue> parameters) = 0;

  /// From here to the end of the step. Does nothing where nothing is run or printed.
  virtual void set_timeouts(const Timeouts&) {}

  /// What is applied between the two runs outside any transaction.
  virtual void begin_autocommit_block(AutocommitPlace place) = 0;
  virtual void end_autocommit_block() = 0;

  /// Ends a block in place of end_autocommit_block() when what was in it threw: the
  /// unit may catch that, and go on.
  virtual void abandon_autocommit_block() { end_autocommit_block(); }

  /// What the unit may ask of its run; empty until they are set.
  const RunArguments& arguments() const { return *arguments_; }

  /// `arguments` must outlive the sink.
  void set_arguments(const RunArguments& arguments) { arguments_ = &arguments; }

 private:
  static const RunArguments kNoArguments;
  const RunArguments* arguments_ = &kNoArguments;
};

/// Calls `body` within a block of `sink`, which ends however `body` does. Throws what
/// either throws.
void run_in_block(OperationSink& sink, AutocommitPlace place,
                  const std::function<void()>& body);

}  // namespace revise::operations
