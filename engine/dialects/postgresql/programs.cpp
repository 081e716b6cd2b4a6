#include "engine/dialects/postgresql/programs.hpp"

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/postgresql/named_types.hpp"
#include "engine/dialects/postgresql/objects.hpp"
#include "engine/dialects/standard_sql.hpp"

namespace revise::postgresql {

namespace {

using dialects::Dialect;

std::string column_list(const Dialect& dialect,
                        const std::vector<std::string>& columns) {
  if (columns.empty()) return {};
  return " (" + dialects::name_list(dialect, columns) + ")";
}

// "table" or "schema.table".
std::string referred_text(const Dialect& dialect, const std::string& table) {
  const auto dot = table.rfind('.');
  if (dot == table.npos) return dialect.quote(table);
  return dialect.qualified(table.substr(0, dot), table.substr(dot + 1));
}

std::string data_text(std::optional<bool> with_data) {
  if (!with_data.has_value()) return {};
  return *with_data ? " WITH DATA" : " WITH NO DATA";
}

std::string routine_options(const Dialect& dialect,
                            const operations::CreateRoutineOp& op) {
  std::string text = " LANGUAGE " + dialect.quote(lower(op.language));
  if (op.window) text += " WINDOW";
  if (!op.volatility.empty()) text += " " + op.volatility;
  if (op.leakproof) text += " LEAKPROOF";
  if (op.strict) text += " STRICT";
  if (!op.security.empty()) text += " SECURITY " + op.security;
  if (!op.parallel.empty()) text += " PARALLEL " + op.parallel;
  if (op.cost.has_value()) text += " COST " + std::to_string(*op.cost);
  if (op.rows.has_value()) text += " ROWS " + std::to_string(*op.rows);
  if (!op.support.empty()) text += " SUPPORT " + op.support;
  for (const auto& setting : op.settings) text += " SET " + assignment_list({setting});
  return text;
}

}  // namespace

std::string view_text(const Dialect& dialect, const operations::CreateViewOp& op) {
  if (op.if_not_exists) {
    throw UnsupportedError(
        "PostgreSQL has no CREATE VIEW IF NOT EXISTS; use {.or_replace = true}");
  }
  const std::string name = dialect.qualified(op.schema, op.name);
  std::string rest = std::string(op.temporary ? "TEMPORARY " : "") +
                     (op.recursive ? "RECURSIVE " : "") + "VIEW " + name +
                     column_list(dialect, op.columns) + with_list(op.with) + " AS " +
                     dialects::query_of(op.definition);
  if (!op.check_option.empty()) rest += " WITH " + op.check_option + " CHECK OPTION";
  if (!op.or_replace) return "CREATE " + rest;
  if (!op.may_recreate) return "CREATE OR REPLACE " + rest;
  return do_block("BEGIN\n    CREATE OR REPLACE " + rest +
                  ";\nEXCEPTION WHEN invalid_table_definition THEN\n    DROP VIEW " +
                  name + ";\n    CREATE " + rest + ";\nEND");
}

std::string materialized_view_text(const Dialect& dialect,
                                   const operations::CreateMaterializedViewOp& op) {
  std::string text = std::string("CREATE MATERIALIZED VIEW ") +
                     (op.if_not_exists ? "IF NOT EXISTS " : "") +
                     dialect.qualified(op.schema, op.name) +
                     column_list(dialect, op.columns);
  if (!op.using_method.empty()) text += " USING " + dialect.quote(op.using_method);
  text += with_list(op.with);
  if (!op.tablespace.empty()) text += " TABLESPACE " + dialect.quote(op.tablespace);
  return text + " AS " + dialects::query_of(op.definition) + data_text(op.with_data);
}

std::string refresh_text(const Dialect& dialect,
                         const operations::RefreshMaterializedViewOp& op) {
  return std::string("REFRESH MATERIALIZED VIEW ") +
         (op.concurrently ? "CONCURRENTLY " : "") +
         dialect.qualified(op.schema, op.name) + data_text(op.with_data);
}

std::string routine_text(const Dialect& dialect,
                         const operations::CreateRoutineOp& op) {
  std::string text = std::string("CREATE ") + (op.or_replace ? "OR REPLACE " : "") +
                     word_of(op.kind) + " " + dialect.qualified(op.schema, op.name) +
                     "(" + op.arguments + ")";
  if (!op.returns.empty()) text += " RETURNS " + op.returns;
  return text + routine_options(dialect, op) + " AS " + dollar_quoted(op.body);
}

std::string trigger_text(const Dialect& dialect,
                         const operations::CreateTriggerOp& op) {
  if (op.function.empty() || op.timing.empty()) {
    throw UnitError("on PostgreSQL the trigger " + quoted(op.name) +
                    " needs 'timing' and 'function'");
  }
  if (op.if_not_exists || op.temporary) {
    throw UnsupportedError(
        "PostgreSQL has no CREATE TRIGGER IF NOT EXISTS and no temporary triggers; use "
        "{.or_replace = true}");
  }
  std::string text = std::string("CREATE ") + (op.or_replace ? "OR REPLACE " : "") +
                     (op.constraint ? "CONSTRAINT " : "") + "TRIGGER " +
                     dialect.quote(op.name) + " " + op.timing + " " + op.events +
                     " ON " + dialect.qualified(op.schema, op.table);
  if (!op.from_table.empty()) text += " FROM " + referred_text(dialect, op.from_table);
  text += dialects::deferral_text(op.deferral);
  if (!op.referencing.empty()) text += " REFERENCING " + op.referencing;
  if (!op.for_each.empty()) text += " FOR EACH " + op.for_each;
  if (!op.when.empty()) text += " WHEN (" + op.when + ")";
  const bool has_arguments = op.function.find('(') != std::string::npos;
  return text + " EXECUTE FUNCTION " + op.function + (has_arguments ? "" : "()");
}

}  // namespace revise::postgresql
