#include "engine/dialects/parameters.hpp"

#include "engine/dialects/standard_sql.hpp"

namespace revise::dialects {

Statement bind_placeholders(const Dialect& dialect, std::string_view sql,
                            std::span<const operations::NamedValue> parameters,
                            const operations::Quoting& quoting, char mark) {
  if (parameters.empty()) return {.sql = std::string(sql)};
  auto bound = operations::bind_named(
      sql, parameters, quoting, [&](std::size_t place, const driver::Value& value) {
        return place == operations::kInline ? dialect.literal(value)
                                            : mark + std::to_string(place);
      });
  return {.sql = std::move(bound.sql), .parameters = std::move(bound.values)};
}

std::string bind_literals(const Dialect& dialect, const operations::ExecuteOp& op,
                          const operations::Quoting& quoting) {
  if (op.parameters.empty()) return op.sql;
  auto bound = operations::bind_named(
      op.sql, op.parameters, quoting,
      [&](std::size_t, const driver::Value& value) { return dialect.literal(value); });
  return std::move(bound.sql);
}

std::vector<Statement> statements_of(const Dialect& dialect,
                                     const operations::Operation& operation,
                                     char mark) {
  if (const auto* op = std::get_if<operations::ExecuteOp>(&operation)) {
    return {dialect.bind(op->sql, op->parameters)};
  }
  if (const auto* op = std::get_if<operations::BulkInsertOp>(&operation)) {
    std::vector<std::string> places;
    for (std::size_t place = 1; place <= op->columns.size(); ++place) {
      places.push_back(mark + std::to_string(place));
    }
    return {
        {.sql = insert_text(dialect, *op, places), .rows = op->rows}
    };
  }
  std::vector<Statement> statements;
  for (std::string& text : dialect.render_script(operation)) {
    statements.push_back({.sql = std::move(text)});
  }
  return statements;
}

}  // namespace revise::dialects
