/// A SQLite database in memory, changed by what a unit would write.

#pragma once

#include <memory>
#include <revise/op.hpp>
#include <string>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/dialect.hpp"
#include "engine/driver/connect.hpp"
#include "engine/driver/url.hpp"
#include "engine/operations/arena.hpp"
#include "engine/operations/sink.hpp"

namespace revise::testing {

/// Carries operations out at once, outside any transaction but its own.
class ChangingSink final : public operations::OperationSink {
 public:
  explicit ChangingSink(driver::Connection& connection) : connection_(connection) {}

  std::string_view dialect() const override { return "sqlite"; }
  void apply(const operations::Operation& operation) override {
    const auto* batch = std::get_if<operations::BatchAlterTableOp>(&operation);
    if (batch == nullptr) {
      run(operation);
      return;
    }
    dialects::dialect_named("sqlite").run_batch(
        *batch, {.read = [this](auto sql) { return connection_.batch(sql); },
                 .send = [this](const auto& sql) { run_statement(sql); },
                 .aside = [this](auto sql) { connection_.execute(sql); },
                 .apply = [this](const auto& alone) { run(alone); },
                 .before_rebuild = [this](const auto&, const auto&) { ++rebuilds; }});
  }
  driver::Result query(std::string_view sql,
                       std::span<const operations::NamedValue>) override {
    return connection_.batch(sql);
  }
  void begin_autocommit_block(operations::AutocommitPlace) override {}
  void end_autocommit_block() override {}

  int rebuilds = 0;
  std::string statements = {};

 private:
  void run(const operations::Operation& operation) {
    for (const auto& text :
         dialects::dialect_named("sqlite").render_script(operation)) {
      run_statement(text);
    }
  }
  void run_statement(const std::string& sql) {
    statements += sql + ";\n";
    connection_.execute(sql);
  }

  driver::Connection& connection_;
};

class ChangedDatabase {
 public:
  /// With what `sql` makes, run with foreign_keys off.
  explicit ChangedDatabase(const std::string& sql = {})
      : connection_(driver::connect(driver::parse_url("sqlite://"))) {
    connection_->execute("PRAGMA foreign_keys = OFF");
    connection_->execute(sql);
  }

  driver::Connection& connection() { return *connection_; }
  void execute(const std::string& sql) { connection_->execute(sql); }

  /// Empty when it was done, else what was thrown.
  template <typename Change>
  std::string change(const Change& change) {
    operations::Arena arena;
    const operations::ArenaScope scope(arena);
    ChangingSink sink(*connection_);
    Operations op(sink);
    try {
      change(op);
    } catch (const Error& error) {
      return error.what();
    }
    rebuilds += sink.rebuilds;
    statements += sink.statements;
    return {};
  }

  /// Values of a row joined by ' ', rows by ','; what the database says, when it
  /// refuses.
  std::string select(const std::string& sql) {
    try {
      return text_of(connection_->batch(sql));
    } catch (const DatabaseError& error) {
      return error.what();
    }
  }

  /// What is stored of `name`, white space in runs as one space.
  std::string stored(const std::string& name, const std::string& schema = "main") {
    std::string text;
    for (const char c : select("SELECT sql FROM " + schema +
                               ".sqlite_master WHERE name = '" + name + "'")) {
      const bool is_space = c == ' ' || c == '\n' || c == '\t';
      if (is_space && !text.empty() && text.back() == ' ') continue;
      text += is_space ? ' ' : c;
    }
    return text;
  }

  int rebuilds = 0;
  std::string statements = {};

 private:
  static std::string text_of(const driver::Result& result) {
    struct Text {
      std::string operator()(std::monostate) const { return "NULL"; }
      std::string operator()(bool value) const { return value ? "true" : "false"; }
      std::string operator()(std::int64_t value) const { return std::to_string(value); }
      std::string operator()(double value) const { return std::to_string(value); }
      std::string operator()(const std::string& value) const { return value; }
      std::string operator()(const driver::Blob& value) const {
        return "x" + value.bytes;
      }
    };
    std::vector<std::string> rows;
    for (const auto& row : result.rows) {
      std::vector<std::string> values;
      for (const auto& value : row) values.push_back(std::visit(Text{}, value));
      rows.push_back(join(values, " "));
    }
    return join(rows, ",");
  }

  std::unique_ptr<driver::Connection> connection_;
};

}  // namespace revise::testing
