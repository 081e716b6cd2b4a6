#include "engine/dialects/postgresql/dialect.hpp"

#include <cmath>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/identifier.hpp"
#include "engine/dialects/parameters.hpp"
#include "engine/dialects/postgresql/batch.hpp"
#include "engine/dialects/postgresql/left_types.hpp"
#include "engine/dialects/postgresql/render.hpp"

namespace revise::postgresql {

namespace {

// The words that SQLAlchemy quotes for PostgreSQL, so that the SQL is the same.
constexpr std::string_view kReserved[] = {"all",
                                          "analyse",
                                          "analyze",
                                          "and",
                                          "any",
                                          "array",
                                          "as",
                                          "asc",
                                          "asymmetric",
                                          "authorization",
                                          "between",
                                          "binary",
                                          "both",
                                          "case",
                                          "cast",
                                          "check",
                                          "collate",
                                          "column",
                                          "constraint",
                                          "create",
                                          "cross",
                                          "current_catalog",
                                          "current_date",
                                          "current_role",
                                          "current_schema",
                                          "current_time",
                                          "current_timestamp",
                                          "current_user",
                                          "default",
                                          "deferrable",
                                          "desc",
                                          "distinct",
                                          "do",
                                          "else",
                                          "end",
                                          "except",
                                          "false",
                                          "fetch",
                                          "for",
                                          "foreign",
                                          "freeze",
                                          "from",
                                          "full",
                                          "grant",
                                          "group",
                                          "having",
                                          "ilike",
                                          "in",
                                          "initially",
                                          "inner",
                                          "intersect",
                                          "into",
                                          "is",
                                          "isnull",
                                          "join",
                                          "leading",
                                          "left",
                                          "like",
                                          "limit",
                                          "localtime",
                                          "localtimestamp",
                                          "natural",
                                          "new",
                                          "not",
                                          "notnull",
                                          "null",
                                          "of",
                                          "off",
                                          "offset",
                                          "old",
                                          "on",
                                          "only",
                                          "or",
                                          "order",
                                          "outer",
                                          "over",
                                          "overlaps",
                                          "placing",
                                          "primary",
                                          "references",
                                          "returning",
                                          "right",
                                          "select",
                                          "session_user",
                                          "similar",
                                          "some",
                                          "symmetric",
                                          "table",
                                          "then",
                                          "to",
                                          "trailing",
                                          "true",
                                          "union",
                                          "unique",
                                          "user",
                                          "using",
                                          "variadic",
                                          "verbose",
                                          "when",
                                          "where",
                                          "window",
                                          "with"};

struct Literal {
  std::string operator()(std::monostate) const { return "NULL"; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const {
    if (std::isnan(value)) return "'NaN'::float8";
    if (std::isinf(value))
      return value > 0 ? "'Infinity'::float8" : "'-Infinity'::float8";
    // As a number it would be a numeric, which has no zero below zero.
    if (value == 0 && std::signbit(value)) return "'-0'::float8";
    return dialects::digits_of(value);
  }
  std::string operator()(const std::string& value) const {
    if (value.find('\0') != std::string::npos) {
      throw UnsupportedError("PostgreSQL takes no text that holds a byte of zero");
    }
    return dialects::single_quoted(value);
  }
  std::string operator()(const driver::Blob& value) const {
    return "'\\x" + dialects::hex(value.bytes) + "'::bytea";
  }
};

}  // namespace

std::vector<dialects::Statement> Dialect::render(
    const operations::Operation& operation) const {
  return dialects::statements_of(*this, operation, '$');
}

std::vector<std::string> Dialect::render_script(
    const operations::Operation& operation) const {
  return postgresql::render_script(*this, operation);
}

void Dialect::run_batch(const operations::BatchAlterTableOp& batch,
                        const dialects::Live& live) const {
  postgresql::run_batch(*this, batch, live);
}

dialects::TypeCare Dialect::care_for_types(
    const operations::Operation& operation) const {
  return postgresql::care_for_types(*this, operation);
}

std::string Dialect::drop_left_types() const { return postgresql::drop_left_types(); }

dialects::Statement Dialect::bind(
    std::string_view sql, std::span<const operations::NamedValue> parameters) const {
  return dialects::bind_placeholders(*this, sql, parameters, kQuoting, '$');
}

std::string Dialect::literal(const driver::Value& value) const {
  return std::visit(Literal{}, value);
}

std::string Dialect::quote(std::string_view identifier) const {
  if (identifier.empty()) throw UnsupportedError("a name is empty");
  if (identifier.size() > max_name_bytes()) {
    throw UnsupportedError("the name " + quoted(identifier) + " has " +
                           std::to_string(identifier.size()) +
                           " bytes, and PostgreSQL takes 63; it would cut it off");
  }
  return dialects::needs_quotes(identifier, kReserved)
             ? dialects::double_quoted(identifier)
             : std::string(identifier);
}

}  // namespace revise::postgresql
