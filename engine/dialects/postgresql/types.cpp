#include "engine/dialects/postgresql/types.hpp"

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/dialects/standard_types.hpp"

namespace revise::postgresql {

namespace {

using dialects::numeric_type;
using dialects::string_type;

std::string with_zone(const std::string& name, bool timezone) {
  return name + (timezone ? " WITH" : " WITHOUT") + " TIME ZONE";
}

// A collation stands behind the brackets.
std::string array_of(const std::string& item, int dimensions) {
  std::string brackets;
  for (int i = 0; i < dimensions; ++i) brackets += "[]";
  const auto collation = std::min(item.find(" COLLATE "), item.size());
  return item.substr(0, collation) + brackets + item.substr(collation);
}

struct TypeName {
  const dialects::Dialect& dialect;

  std::string operator()(const schema::IntegerType&) const { return "INTEGER"; }
  std::string operator()(const schema::SmallIntegerType&) const { return "SMALLINT"; }
  std::string operator()(const schema::BigIntegerType&) const { return "BIGINT"; }
  std::string operator()(const schema::BooleanType&) const { return "BOOLEAN"; }
  std::string operator()(const schema::StringType& type) const {
    return string_type("VARCHAR", type.length, type.collation);
  }
  std::string operator()(const schema::TextType& type) const {
    return string_type("TEXT", type.length, type.collation);
  }
  std::string operator()(const schema::LargeBinaryType&) const { return "BYTEA"; }
  std::string operator()(const schema::NumericType& type) const {
    return numeric_type("NUMERIC", type.precision, type.scale);
  }
  std::string operator()(const schema::FloatType& type) const {
    return numeric_type("FLOAT", type.precision, {});
  }
  std::string operator()(const schema::DoubleType&) const { return "DOUBLE PRECISION"; }
  std::string operator()(const schema::DateType&) const { return "DATE"; }
  std::string operator()(const schema::DateTimeType& type) const {
    return with_zone("TIMESTAMP", type.timezone);
  }
  std::string operator()(const schema::TimeType& type) const {
    return with_zone("TIME", type.timezone);
  }
  std::string operator()(const schema::IntervalType& type) const {
    if (!type.native) return with_zone("TIMESTAMP", false);
    return numeric_type(type.second_precision.has_value() ? "INTERVAL " : "INTERVAL",
                        type.second_precision, {});
  }
  std::string operator()(const schema::EnumType& type) const {
    if (!type.native) return string_type("VARCHAR", dialects::enum_length(type), {});
    // SQLAlchemy's own words.
    if (type.name.empty()) throw UnitError("PostgreSQL ENUM type requires a name.");
    return dialect.qualified(type.schema, type.name);
  }
  std::string operator()(const schema::PickleType&) const { return "BYTEA"; }
  std::string operator()(const schema::JsonType&) const { return "JSON"; }
  std::string operator()(const schema::UuidType& type) const {
    return type.native ? "UUID" : "CHAR(32)";
  }
  std::string operator()(const schema::SqlType& type) const {
    if (type.name == "TIMESTAMP" || type.name == "TIME") {
      return with_zone(numeric_type(type.name, type.precision, {}), type.timezone);
    }
    if (type.name == "FLOAT") return numeric_type("FLOAT", type.precision, {});
    return dialects::sql_type(type);
  }
  std::string operator()(const schema::ArrayType& type) const {
    return array_of(std::visit(*this, *type.item), type.dimensions);
  }
  std::string operator()(const schema::BitType& type) const {
    if (type.varying) return string_type("BIT VARYING", type.length, {});
    return string_type("BIT", type.length.value_or(1), {});
  }
  std::string operator()(const schema::DomainType& type) const {
    return dialect.qualified(type.schema, type.name);
  }
  std::string operator()(const schema::PostgresqlIntervalType& type) const {
    const std::string fields = type.fields.empty() ? "" : " " + type.fields;
    return numeric_type("INTERVAL" + fields + (type.precision.has_value() ? " " : ""),
                        type.precision, {});
  }
  std::string operator()(const schema::PostgresqlType& type) const { return type.name; }
  std::string operator()(const schema::RawType& type) const { return type.sql; }
};

}  // namespace

std::string type_name(const dialects::Dialect& dialect, const schema::Type& type) {
  return std::visit(TypeName{dialect}, type);
}

}  // namespace revise::postgresql
