#include "engine/dialects/sqlite/types.hpp"

#include "engine/core/error.hpp"
#include "engine/dialects/standard_types.hpp"

namespace revise::sqlite {

namespace {

using dialects::numeric_type;
using dialects::string_type;

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
};

}  // namespace

std::string type_name(const schema::Type& type) { return std::visit(TypeName{}, type); }

}  // namespace revise::sqlite
