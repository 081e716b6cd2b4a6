/// Keeps the statements that a unit executes; takes no other operation.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/operations/sink.hpp"

namespace revise::testing {

class StatementSink : public operations::OperationSink {
 public:
  std::string_view dialect() const override { return "sqlite"; }
  void apply(const operations::Operation& operation) override {
    statements.push_back(std::get<operations::ExecuteOp>(operation).sql);
  }
  driver::Result query(std::string_view,
                       std::span<const operations::NamedValue>) override {
    return {};
  }
  void begin_autocommit_block(operations::AutocommitPlace) override {}
  void end_autocommit_block() override {}

  std::vector<std::string> statements;
};

}  // namespace revise::testing
