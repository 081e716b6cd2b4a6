/// A sink that keeps the operations that a unit's function makes.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/operations/arena.hpp"
#include "engine/operations/sink.hpp"

namespace revise::testing {

class CollectingSink : public operations::OperationSink {
 public:
  explicit CollectingSink(std::string_view dialect = "sqlite") : dialect_(dialect) {}

  std::string_view dialect() const override { return dialect_; }
  void apply(const operations::Operation& operation) override {
    operations.push_back(operation);
  }
  driver::Result query(std::string_view sql,
                       std::span<const operations::NamedValue> parameters) override {
    asked.emplace_back(sql);
    parameter_count += parameters.size();
    return result;
  }
  void begin_autocommit_block(operations::AutocommitPlace place) override {
    blocks += place == operations::AutocommitPlace::First ? "first(" : "after(";
  }
  void end_autocommit_block() override { blocks += ")"; }
  void abandon_autocommit_block() override { blocks += "abandoned)"; }

  std::vector<operations::Operation> operations = {};
  driver::Result result = {};  ///< what each query yields
  std::vector<std::string> asked = {};
  std::size_t parameter_count = 0;
  std::string blocks = {};

 private:
  std::string dialect_;
  operations::Arena arena_ = {};
  operations::ArenaScope scope_{arena_};
};

}  // namespace revise::testing
