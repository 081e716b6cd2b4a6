/// What a unit asks for in a batch, on its way into one operation.
///
/// How the changes are made, in place or by way of a new table, is the dialects'
/// business.

#pragma once

#include <string>
#include <vector>

#include "engine/operations/operation.hpp"
#include "engine/operations/sink.hpp"

namespace revise::operations {

/// The change as an operation by itself.
Operation operation_of(const BatchOperation& operation);

/// The operation as a change in a batch. Throws UnitError on one that has no place
/// there.
BatchOperation batch_operation_of(const Operation& operation);

/// Keeps the changes of a batch, each with the place that was asked for its column.
class BatchSink final : public OperationSink {
 public:
  /// Both must outlive it; changes are added to `batch`.
  BatchSink(const OperationSink& outer, BatchAlterTableOp& batch)
      : outer_(outer), batch_(batch) {
    set_arguments(outer.arguments());
  }

  const BatchAlterTableOp& batch() const { return batch_; }

  /// The place of the column that the next change is about; empty: none was asked for.
  void place_next(std::string insert_before, std::string insert_after);

  std::string_view dialect() const override { return outer_.dialect(); }
  const schema::Naming& naming() const override { return outer_.naming(); }
  void apply(const Operation& operation) override;
  driver::Result query(std::string_view sql,
                       std::span<const NamedValue> parameters) override;
  void begin_autocommit_block(AutocommitPlace place) override;
  void end_autocommit_block() override;

 private:
  const OperationSink& outer_;
  BatchAlterTableOp& batch_;
  std::string insert_before_ = {};
  std::string insert_after_ = {};
};

}  // namespace revise::operations
