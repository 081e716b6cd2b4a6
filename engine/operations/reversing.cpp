// op.reverse(): a function is called with a sink that only collects, and what undoes
// each operation is then applied, last first.

#include <functional>
#include <memory>
#include <revise/operations.hpp>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/operations/reverse.hpp"
#include "engine/operations/sink.hpp"

namespace revise {

namespace {

using operations::AutocommitPlace;
using operations::Operation;

class ReversingSink final : public operations::OperationSink {
 public:
  /// Undoes one thing that was collected.
  using Undo = std::function<void(Operations& op)>;

  explicit ReversingSink(operations::OperationSink& real) : real_(real) {
    set_arguments(real.arguments());
  }

  std::string_view dialect() const override { return real_.dialect(); }
  const schema::Naming& naming() const override { return real_.naming(); }

  void apply(const Operation& operation) override {
    auto reversed = operations::reverse(operation);
    if (!reversed) {
      throw UnitError(operations::name_of(operation) +
                      " has no reverse; write out what undoes it");
    }
    add([steps = std::move(*reversed)](Operations& op) {
      for (const Operation& step : steps) op.sink().apply(step);
    });
  }

  driver::Result query(std::string_view sql,
                       std::span<const operations::NamedValue>) override {
    throw UnitError("what reads from the database has no reverse (" +
                    quoted(strip(sql)) + "); write out what undoes it");
  }

  // What holds for doing it holds for undoing it.
  void set_timeouts(const operations::Timeouts& timeouts) override {
    real_.set_timeouts(timeouts);
  }

  void begin_autocommit_block(AutocommitPlace place) override {
    place_ = place;
    block_ = std::make_shared<std::vector<Undo>>();
  }

  void end_autocommit_block() override {
    auto block = std::move(block_);
    add([block, place = place_](Operations& op) {
      operations::run_in_block(op.sink(), place, [&] { undo(*block, op); });
    });
  }

  void add(Undo step) { (block_ ? *block_ : undos_).push_back(std::move(step)); }

  void undo(Operations& op) const { undo(undos_, op); }

 private:
  static void undo(const std::vector<Undo>& undos, Operations& op) {
    for (auto step = undos.rbegin(); step != undos.rend(); ++step) (*step)(op);
  }

  operations::OperationSink& real_;
  std::vector<Undo> undos_;
  std::shared_ptr<std::vector<Undo>> block_;  // while one is open
  AutocommitPlace place_ = AutocommitPlace::First;
};

}  // namespace

bool Operations::is_reversing() const {
  return dynamic_cast<const ReversingSink*>(&sink_) != nullptr;
}

void Operations::invoke_later(Call call, void* kept, void (*destroy)(void* kept)) {
  const std::shared_ptr<void> owned(kept, destroy);
  dynamic_cast<ReversingSink&>(sink_).add(
      [call, owned](Operations& op) { call(owned.get(), op); });
}

void Operations::reverse(void (*body)(Operations& op)) {
  run_reversed(
      [](const void* called, Operations& op) {
        (*static_cast<void (*const*)(Operations&)>(called))(op);
      },
      &body);
}

void Operations::run_reversed(Call call, const void* called) {
  ReversingSink collected(sink_);
  Operations collecting(collected);
  call(called, collecting);
  collected.undo(*this);
}

}  // namespace revise
