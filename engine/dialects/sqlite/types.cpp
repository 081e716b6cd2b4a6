#include "engine/dialects/sqlite/types.hpp"

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/standard_types.hpp"

namespace revise::sqlite {

namespace {

using dialects::numeric_type;
using dialects::string_type;

[[noreturn]] void refuse(const std::string& name, std::string_view instead) {
  throw UnsupportedError("SQLite has no type " + quoted(name) +
                         ", which is PostgreSQL's; use " + std::string(instead));
}

// What holds the values of a type that only PostgreSQL has.
std::string_view substitute(std::string_view name) {
  if (name == "SERIAL" || name == "BIGSERIAL" || name == "SMALLSERIAL") {
    return "Integer as the primary key, which counts up by itself";
  }
  if (name == "BYTEA") return "LargeBinary";
  if (name == "JSONB" || name == "HSTORE") return "JSON";
  if (name == "MONEY") return "Numeric";
  if (name == "OID") return "BigInteger";
  if (name == "CITEXT") return "Text with the collation \"nocase\"";
  if (name.ends_with("MULTIRANGE")) return "JSON";
  if (name.ends_with("RANGE")) return "two columns, for its ends";
  return "Text";
}

struct TypeName {
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
  std::string operator()(const schema::LargeBinaryType&) const { return "BLOB"; }
  std::string operator()(const schema::NumericType& type) const {
    return numeric_type("NUMERIC", type.precision, type.scale);
  }
  std::string operator()(const schema::FloatType&) const { return "FLOAT"; }
  std::string operator()(const schema::DoubleType&) const { return "DOUBLE"; }
  std::string operator()(const schema::DateType&) const { return "DATE"; }
  std::string operator()(const schema::DateTimeType&) const { return "DATETIME"; }
  std::string operator()(const schema::TimeType&) const { return "TIME"; }
  // SQLAlchemy keeps an interval as the time that lies so long after 1970.
  std::string operator()(const schema::IntervalType&) const { return "DATETIME"; }
  std::string operator()(const schema::EnumType& type) const {
    if (!type.has_text) refuse("ENUM", "Enum, which is text here");
    return string_type("VARCHAR", dialects::enum_length(type), {});
  }
  std::string operator()(const schema::PickleType&) const { return "BLOB"; }
  std::string operator()(const schema::JsonType&) const { return "JSON"; }
  std::string operator()(const schema::UuidType&) const { return "CHAR(32)"; }
  // A precision would be of no use: SQLAlchemy prints none for FLOAT here.
  std::string operator()(const schema::SqlType& type) const {
    return dialects::sql_type(type);
  }
  std::string operator()(const schema::ArrayType&) const {
    throw UnsupportedError("SQLite has no arrays; JSON holds such values");
  }
  std::string operator()(const schema::BitType&) const {
    refuse("BIT", "Integer or LargeBinary");
  }
  std::string operator()(const schema::DomainType& type) const {
    refuse("DOMAIN " + type.name,
           "the type that it is based on, and a CheckConstraint");
  }
  std::string operator()(const schema::PostgresqlIntervalType&) const {
    refuse("INTERVAL", "Interval");
  }
  std::string operator()(const schema::PostgresqlType& type) const {
    refuse(type.name, substitute(type.name));
  }
  std::string operator()(const schema::RawType& type) const { return type.sql; }
};

}  // namespace

std::string type_name(const schema::Type& type) { return std::visit(TypeName{}, type); }

}  // namespace revise::sqlite
