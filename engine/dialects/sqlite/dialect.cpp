#include "engine/dialects/sqlite/dialect.hpp"

#include <cmath>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/identifier.hpp"
#include "engine/dialects/parameters.hpp"
#include "engine/dialects/sqlite/batch.hpp"
#include "engine/dialects/sqlite/render.hpp"

namespace revise::sqlite {

namespace {

// The words that SQLAlchemy quotes for SQLite, so that the SQL is the same.
constexpr std::string_view kReserved[] = {"add",          "after",
                                          "all",          "alter",
                                          "analyze",      "and",
                                          "as",           "asc",
                                          "attach",       "autoincrement",
                                          "before",       "begin",
                                          "between",      "by",
                                          "cascade",      "case",
                                          "cast",         "check",
                                          "collate",      "column",
                                          "commit",       "conflict",
                                          "constraint",   "create",
                                          "cross",        "current_date",
                                          "current_time", "current_timestamp",
                                          "database",     "default",
                                          "deferrable",   "deferred",
                                          "delete",       "desc",
                                          "detach",       "distinct",
                                          "drop",         "each",
                                          "else",         "end",
                                          "escape",       "except",
                                          "exclusive",    "exists",
                                          "explain",      "fail",
                                          "false",        "for",
                                          "foreign",      "from",
                                          "full",         "glob",
                                          "group",        "having",
                                          "if",           "ignore",
                                          "immediate",    "in",
                                          "index",        "indexed",
                                          "initially",    "inner",
                                          "insert",       "instead",
                                          "intersect",    "into",
                                          "is",           "isnull",
                                          "join",         "key",
                                          "left",         "like",
                                          "limit",        "match",
                                          "natural",      "not",
                                          "notnull",      "null",
                                          "of",           "offset",
                                          "on",           "or",
                                          "order",        "outer",
                                          "plan",         "pragma",
                                          "primary",      "query",
                                          "raise",        "references",
                                          "reindex",      "rename",
                                          "replace",      "restrict",
                                          "right",        "rollback",
                                          "row",          "select",
                                          "set",          "table",
                                          "temp",         "temporary",
                                          "then",         "to",
                                          "transaction",  "trigger",
                                          "true",         "union",
                                          "unique",       "update",
                                          "using",        "vacuum",
                                          "values",       "view",
                                          "virtual",      "when",
                                          "where"};

struct Literal {
  std::string operator()(std::monostate) const { return "NULL"; }
  std::string operator()(bool value) const { return value ? "1" : "0"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  // SQLite has no word for an infinity, but reads what is too large as one; and it
  // keeps what is not a number as NULL.
  std::string operator()(double value) const {
    if (std::isnan(value)) return "NULL";
    if (std::isinf(value)) return value > 0 ? "9e999" : "-9e999";
    return dialects::digits_of(value);
  }
  // A literal ends at a byte of zero, so such text goes by way of its bytes.
  std::string operator()(const std::string& value) const {
    if (value.find('\0') != value.npos) {
      return "CAST(X'" + dialects::hex(value) + "' AS TEXT)";
    }
    const std::string quoted = dialects::single_quoted(value);
    if (value.find("\r\n") == value.npos) return quoted;
    // The sqlite3 shell would take the carriage return off.
    return "(" + replace_all(quoted, "\r\n", "' || char(13) || '\n") + ")";
  }
  std::string operator()(const driver::Blob& value) const {
    return "X'" + dialects::hex(value.bytes) + "'";
  }
};

}  // namespace

std::vector<dialects::Statement> Dialect::render(
    const operations::Operation& operation) const {
  return dialects::statements_of(*this, operation, '?');
}

std::vector<std::string> Dialect::render_script(
    const operations::Operation& operation) const {
  return sqlite::render_script(*this, operation);
}

void Dialect::run_batch(const operations::BatchAlterTableOp& batch,
                        const dialects::Live& live) const {
  sqlite::run_batch(*this, batch, live);
}

dialects::Statement Dialect::bind(
    std::string_view sql, std::span<const operations::NamedValue> parameters) const {
  return dialects::bind_placeholders(*this, sql, parameters, kQuoting, '?');
}

std::string Dialect::literal(const driver::Value& value) const {
  return std::visit(Literal{}, value);
}

std::string Dialect::quote(std::string_view identifier) const {
  if (identifier.empty()) throw UnsupportedError("a name is empty");
  return dialects::needs_quotes(identifier, kReserved)
             ? dialects::double_quoted(identifier)
             : std::string(identifier);
}

}  // namespace revise::sqlite
