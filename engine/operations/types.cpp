#include <revise/types.hpp>
#include <string>

#include "engine/core/error.hpp"
#include "engine/operations/arena.hpp"
#include "engine/operations/handles.hpp"
#include "engine/operations/type_handles.hpp"

namespace revise {

namespace {

using detail::TypeWord;
using operations::flag_of;
using operations::handle_of;
using operations::number_of;
using operations::text_of;

// As many as PostgreSQL has; it keeps none of them apart.
int dimensions_of(Count count) {
  if (!count.is_set()) return 1;
  if (count.value() < 1 || count.value() > 6) {
    throw UnitError("an ARRAY has 1 to 6 dimensions, not " +
                    std::to_string(count.value()));
  }
  return static_cast<int>(count.value());
}

const char* sql_name(TypeWord word) {
  switch (word) {
    case TypeWord::BigInt:
      return "BIGINT";
    case TypeWord::Binary:
      return "BINARY";
    case TypeWord::Blob:
      return "BLOB";
    case TypeWord::Bool:
      return "BOOLEAN";
    case TypeWord::Char:
      return "CHAR";
    case TypeWord::Clob:
      return "CLOB";
    case TypeWord::DateSql:
      return "DATE";
    case TypeWord::DateTimeSql:
      return "DATETIME";
    case TypeWord::Decimal:
      return "DECIMAL";
    case TypeWord::DoubleSql:
      return "DOUBLE";
    case TypeWord::DoublePrecision:
      return "DOUBLE PRECISION";
    case TypeWord::FloatSql:
      return "FLOAT";
    case TypeWord::Int:
      return "INTEGER";
    case TypeWord::NChar:
      return "NCHAR";
    case TypeWord::NumericSql:
      return "NUMERIC";
    case TypeWord::NVarChar:
      return "NVARCHAR";
    case TypeWord::Real:
      return "REAL";
    case TypeWord::SmallInt:
      return "SMALLINT";
    case TypeWord::TextSql:
      return "TEXT";
    case TypeWord::TimeSql:
      return "TIME";
    case TypeWord::Timestamp:
      return "TIMESTAMP";
    case TypeWord::UuidSql:
      return "UUID";
    case TypeWord::VarBinary:
      return "VARBINARY";
    case TypeWord::VarChar:
      return "VARCHAR";
    default:
      return nullptr;
  }
}

schema::Type bare_type(TypeWord word) {
  switch (word) {
    case TypeWord::BigInteger:
      return schema::BigIntegerType{};
    case TypeWord::Boolean:
      return schema::BooleanType{};
    case TypeWord::Date:
      return schema::DateType{};
    case TypeWord::DateTime:
      return schema::DateTimeType{};
    case TypeWord::Double:
      return schema::DoubleType{};
    case TypeWord::Float:
      return schema::FloatType{};
    case TypeWord::Integer:
      return schema::IntegerType{};
    case TypeWord::Interval:
      return schema::IntervalType{};
    case TypeWord::Json:
      return schema::JsonType{};
    case TypeWord::LargeBinary:
      return schema::LargeBinaryType{};
    case TypeWord::Numeric:
      return schema::NumericType{};
    case TypeWord::PickleType:
      return schema::PickleType{};
    case TypeWord::SmallInteger:
      return schema::SmallIntegerType{};
    case TypeWord::String:
    case TypeWord::Unicode:
      return schema::StringType{};
    case TypeWord::Text:
    case TypeWord::UnicodeText:
      return schema::TextType{};
    case TypeWord::Time:
      return schema::TimeType{};
    case TypeWord::Uuid:
      return schema::UuidType{};
    case TypeWord::None:
      throw UnitError("a column's type is missing");
    default:
      break;
  }
  if (auto type = operations::postgresql_type_of(word)) return *std::move(type);
  return schema::SqlType{.name = sql_name(word)};
}

// Sets what the alternatives that have such a member have; the words' classes see to
// it that no other comes here.
struct SetLength {
  std::optional<int> length;
  std::string collation;
  void operator()(auto& type) const {
    if constexpr (requires { type.length; }) type.length = length;
    if constexpr (requires { type.collation; }) type.collation = collation;
  }
};
struct SetPrecision {
  std::optional<int> precision;
  std::optional<int> scale;
  void operator()(auto& type) const {
    if constexpr (requires { type.precision; }) type.precision = precision;
    if constexpr (requires { type.scale; }) type.scale = scale;
  }
};
struct SetTimezone {
  bool timezone;
  void operator()(auto& type) const {
    if constexpr (requires { type.timezone; }) type.timezone = timezone;
  }
};

template <typename Setter>
Type with(TypeWord word, const Setter& setter) {
  schema::Type type = bare_type(word);
  std::visit(setter, type);
  return handle_of(std::move(type));
}

}  // namespace

namespace detail {

Type StringWord::operator()(int length) const {
  return with(word(), SetLength{number_of(length), {}});
}
Type StringWord::operator()(int length, const StringOptions& options) const {
  return with(word(), SetLength{number_of(length), text_of(options.collation)});
}
Type StringWord::operator()(const StringOptions& options) const {
  return with(word(), SetLength{number_of(options.length), text_of(options.collation)});
}
Type BinaryWord::operator()(int length) const {
  return with(word(), SetLength{number_of(length), {}});
}
Type BinaryWord::operator()(const BinaryOptions& options) const {
  return with(word(), SetLength{number_of(options.length), {}});
}
Type NumericWord::operator()(int precision) const {
  return with(word(), SetPrecision{number_of(precision), {}});
}
Type NumericWord::operator()(int precision, int scale) const {
  return with(word(), SetPrecision{number_of(precision), number_of(scale)});
}
Type NumericWord::operator()(const NumericOptions& options) const {
  return with(word(),
              SetPrecision{number_of(options.precision), number_of(options.scale)});
}
Type FloatWord::operator()(int precision) const {
  return with(word(), SetPrecision{number_of(precision), {}});
}
Type FloatWord::operator()(const FloatOptions& options) const {
  return with(word(), SetPrecision{number_of(options.precision), {}});
}
Type DateTimeWord::operator()(const DateTimeOptions& options) const {
  return with(word(), SetTimezone{options.timezone.is_true()});
}
Type IntervalWord::operator()(const IntervalOptions& options) const {
  return handle_of(
      schema::IntervalType{.native = !options.native.is_false(),
                           .second_precision = number_of(options.second_precision),
                           .day_precision = number_of(options.day_precision)});
}
Type BooleanWord::operator()(const BooleanOptions& options) const {
  return handle_of(
      schema::BooleanType{.create_constraint = options.create_constraint.is_true(),
                          .name = text_of(options.name),
                          .name_is_final = options.name.is_final_name()});
}
Type UuidWord::operator()(const UuidOptions& options) const {
  return handle_of(schema::UuidType{.native = !options.native_uuid.is_false()});
}

}  // namespace detail

Enum::Enum(std::initializer_list<Characters> values, const EnumOptions& options) {
  if (values.size() == 0) throw UnitError("an Enum needs at least one value");
  schema::EnumType type{.name = text_of(options.name),
                        .schema = text_of(options.schema),
                        .length = number_of(options.length),
                        .native = !options.native_enum.is_false(),
                        .create_constraint = options.create_constraint.is_true(),
                        .inherit_schema = options.inherit_schema.is_true(),
                        .name_is_final = options.name.is_final_name()};
  for (const Characters& value : values) type.values.push_back(text_of(value));
  static_cast<Type&>(*this) = handle_of(std::move(type));
}

ARRAY::ARRAY(Type item) : ARRAY(item, ArrayOptions{}) {}

ARRAY::ARRAY(Type item, const ArrayOptions& options)
    : Type(handle_of(schema::ArrayType{
          .item = std::make_shared<const schema::Type>(operations::type_of(item)),
          .dimensions = dimensions_of(options.dimensions)})) {}

RawType::RawType(Characters sql)
    : Type(handle_of(schema::RawType{operations::required_name(sql, "a RawType")})) {}

Type operations::handle_of(schema::Type type) {
  return Type(current_arena().make(detail::TypeNode{std::move(type)}));
}

std::optional<int> operations::number_of(Count count) {
  if (!count.is_set()) return std::nullopt;
  if (count.value() < 0 || count.value() > 1'000'000'000) {
    throw UnitError("a type cannot have the length or precision " +
                    std::to_string(count.value()));
  }
  return static_cast<int>(count.value());
}

schema::Type operations::type_of(Type type) {
  return type.node() != nullptr ? type.node()->type : bare_type(type.word());
}

}  // namespace revise
