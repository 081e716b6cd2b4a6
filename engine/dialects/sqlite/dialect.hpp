/// SQLite's spelling. https://sqlite.org/lang.html

#pragma once

#include "engine/dialects/dialect.hpp"

namespace revise::sqlite {

class Dialect : public dialects::Dialect {
 public:
  std::string_view name() const override { return "sqlite"; }
  std::vector<dialects::Statement> render(
      const operations::Operation& operation) const override;
  void run_batch(const operations::BatchAlterTableOp& batch,
                 const dialects::Live& live) const override;
  dialects::Statement bind(
      std::string_view sql,
      std::span<const operations::NamedValue> parameters) const override;
  std::string literal(const driver::Value& value) const override;
  std::string quote(std::string_view identifier) const override;
  std::size_t max_name_bytes() const override { return 0; }
  std::vector<std::string> render_script(
      const operations::Operation& operation) const override;
};

}  // namespace revise::sqlite
