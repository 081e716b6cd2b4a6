/// PostgreSQL's spelling. https://www.postgresql.org/docs/current/sql-commands.html

#pragma once

#include "engine/dialects/dialect.hpp"

namespace revise::postgresql {

class Dialect : public dialects::Dialect {
 public:
  std::string_view name() const override { return "postgresql"; }
  std::vector<dialects::Statement> render(
      const operations::Operation& operation) const override;
  void run_batch(const operations::BatchAlterTableOp& batch,
                 const dialects::Live& live) const override;
  dialects::Statement bind(
      std::string_view sql,
      std::span<const operations::NamedValue> parameters) const override;
  std::string literal(const driver::Value& value) const override;
  std::string quote(std::string_view identifier) const override;
  std::size_t max_name_bytes() const override { return 63; }  // NAMEDATALEN - 1
  std::vector<std::string> render_script(
      const operations::Operation& operation) const override;
  dialects::TypeCare care_for_types(
      const operations::Operation& operation) const override;
  std::string drop_left_types() const override;
};

}  // namespace revise::postgresql
