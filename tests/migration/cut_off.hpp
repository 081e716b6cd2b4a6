/// Connections that are lost at one statement, which no server can be made to do there
/// and nowhere else: a run that is cut off.

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/driver/connection.hpp"

namespace revise::testing {

/// Where a run is cut off.
struct Cut {
  enum class Moment {
    Before,  ///< the server never sees the statement
    After,   ///< the server has done it, and its answer is lost
    Late,    ///< it is on its way, until Cutter::deliver()
  };
  enum class Loss {
    Connection,  ///< that one; the next is as good as new
    Server,      ///< that one, and no other can be opened
    Process,     ///< all of them, as a kill does
  };
  std::vector<std::string> words;  ///< what the statement begins with, one of them
  std::optional<std::size_t> place = {};  ///< of the database; absent: any
  int nth = 1;                            ///< of the statements that it may be
  Moment moment = Moment::Before;
  Loss loss = Loss::Connection;
};

class Cutter {
 public:
  void plan(const Cut& cut) { *this = Cutter(cut); }
  void mend() { has_struck_ = false, cut_.reset(); }
  bool has_struck() const { return has_struck_; }

  Cutter() = default;

  /// Called once it has struck; empty: nothing is.
  std::function<void()> on_strike = {};

  bool is_down(std::size_t place) const {
    if (!has_struck_ || cut_->loss == Cut::Loss::Connection) return false;
    return cut_->loss == Cut::Loss::Process || place == struck_place_;
  }

  std::optional<Cut::Moment> strikes(std::size_t place, std::string_view sql) {
    if (!cut_ || has_struck_ || (cut_->place && *cut_->place != place)) return {};
    bool is_meant = false;
    for (const auto& word : cut_->words) is_meant = is_meant || sql.starts_with(word);
    if (!is_meant || ++seen_ < cut_->nth) return {};
    has_struck_ = true;
    struck_place_ = place;
    return cut_->moment;
  }

  void keep(std::unique_ptr<driver::Connection> real, std::string_view sql) {
    kept_ = std::move(real);
    sql_ = sql;
  }
  /// The server does what was on its way, and sees that the client is gone.
  void deliver() {
    kept_->execute(sql_);
    kept_.reset();
  }

 private:
  explicit Cutter(const Cut& cut) : cut_(cut) {}

  std::optional<Cut> cut_;
  int seen_ = 0;
  bool has_struck_ = false;
  std::size_t struck_place_ = 0;
  std::unique_ptr<driver::Connection> kept_;
  std::string sql_;
};

/// `cutter` must outlive it.
class CutOff final : public driver::Connection {
 public:
  CutOff(std::unique_ptr<driver::Connection> real, Cutter& cutter, std::size_t place)
      : real_(std::move(real)), cutter_(cutter), place_(place) {
    if (cutter_.is_down(place_)) lose();
  }

  std::string_view dialect() const override { return "postgresql"; }
  void execute(std::string_view sql) override {
    send(sql, [&](auto& real) { return real.execute(sql), driver::Result(); });
  }
  driver::Result query(std::string_view sql,
                       std::span<const driver::Value> values) override {
    return send(sql, [&](auto& real) { return real.query(sql, values); });
  }
  driver::Result batch(std::string_view sql) override {
    return send(sql, [&](auto& real) { return real.batch(sql); });
  }
  void execute_many(std::string_view sql, std::span<const driver::Row> rows) override {
    send(sql,
         [&](auto& real) { return real.execute_many(sql, rows), driver::Result(); });
  }
  bool in_transaction() const override { return real_ && real_->in_transaction(); }
  const driver::TransactionEnds& transaction_ends() const override {
    return real_ ? real_->transaction_ends() : ends_;
  }
  std::int64_t backend_pid() const override { return real_ ? real_->backend_pid() : 0; }
  void cancel() noexcept override {
    if (real_) real_->cancel();
  }

 private:
  template <typename Send>
  driver::Result send(std::string_view sql, const Send& real) {
    if (!real_ || cutter_.is_down(place_)) lose();
    const auto moment = cutter_.strikes(place_, sql);
    if (!moment) return real(*real_);
    if (*moment == Cut::Moment::After) real(*real_);
    if (*moment == Cut::Moment::Late) cutter_.keep(std::move(real_), sql);
    lose();
  }

  [[noreturn]] void lose() {
    real_.reset();
    if (cutter_.on_strike) std::exchange(cutter_.on_strike, {})();
    throw DatabaseError("the connection was lost", {.connection_lost = true});
  }

  std::unique_ptr<driver::Connection> real_;
  Cutter& cutter_;
  std::size_t place_;
  driver::TransactionEnds ends_;
};

}  // namespace revise::testing
