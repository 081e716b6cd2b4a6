/// Where a batch is tried out for a script: an empty database in memory with the one
/// table that the unit describes. What is run there is what the script says.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/dialects/dialect.hpp"

namespace revise::sqlite {

class ScriptDatabase {
 public:
  /// With the batch's copy_from, if it has one. Throws what SQLite says to that.
  ScriptDatabase(const dialects::Dialect& dialect,
                 const operations::BatchAlterTableOp& batch);

  ScriptDatabase(const ScriptDatabase&) = delete;
  ScriptDatabase& operator=(const ScriptDatabase&) = delete;

  /// Good as long as this is.
  const dialects::Live& live() const { return live_; }

  /// The statements so far, in order.
  std::vector<std::string> take_script() { return std::move(script_); }

 private:
  void create(const operations::BatchAlterTableOp& batch);
  void send(const std::string& sql);
  void apply(const operations::Operation& operation);
  void expect_nothing_else(const std::string& schema, const std::string& table);
  std::vector<std::string> names_in(const std::string& select) const;
  void add(const std::vector<std::string>& statements);

  const dialects::Dialect& dialect_;
  std::unique_ptr<driver::Connection> connection_;
  bool has_table_ = false;
  std::vector<std::string> script_;
  dialects::Live live_;
};

}  // namespace revise::sqlite
