#include <memory>
#include <revise/postgresql.hpp>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/operations/handles.hpp"
#include "engine/operations/type_handles.hpp"

namespace revise {

using operations::handle_of;
using operations::number_of;
using operations::text_of;

namespace {

const char* postgresql_name(detail::TypeWord word) {
  using detail::TypeWord;
  switch (word) {
    case TypeWord::BigSerial:
      return "BIGSERIAL";
    case TypeWord::ByteA:
      return "BYTEA";
    case TypeWord::Cidr:
      return "CIDR";
    case TypeWord::CiText:
      return "CITEXT";
    case TypeWord::DateMultirange:
      return "DATEMULTIRANGE";
    case TypeWord::DateRange:
      return "DATERANGE";
    case TypeWord::HStore:
      return "HSTORE";
    case TypeWord::Inet:
      return "INET";
    case TypeWord::Int4Multirange:
      return "INT4MULTIRANGE";
    case TypeWord::Int4Range:
      return "INT4RANGE";
    case TypeWord::Int8Multirange:
      return "INT8MULTIRANGE";
    case TypeWord::Int8Range:
      return "INT8RANGE";
    case TypeWord::JsonB:
      return "JSONB";
    case TypeWord::JsonPath:
      return "JSONPATH";
    case TypeWord::MacAddr:
      return "MACADDR";
    case TypeWord::MacAddr8:
      return "MACADDR8";
    case TypeWord::Money:
      return "MONEY";
    case TypeWord::NumMultirange:
      return "NUMMULTIRANGE";
    case TypeWord::NumRange:
      return "NUMRANGE";
    case TypeWord::Oid:
      return "OID";
    case TypeWord::RegClass:
      return "REGCLASS";
    case TypeWord::RegConfig:
      return "REGCONFIG";
    case TypeWord::Serial:
      return "SERIAL";
    case TypeWord::SmallSerial:
      return "SMALLSERIAL";
    case TypeWord::TsMultirange:
      return "TSMULTIRANGE";
    case TypeWord::TsQuery:
      return "TSQUERY";
    case TypeWord::TsRange:
      return "TSRANGE";
    case TypeWord::TsTzMultirange:
      return "TSTZMULTIRANGE";
    case TypeWord::TsTzRange:
      return "TSTZRANGE";
    case TypeWord::TsVector:
      return "TSVECTOR";
    case TypeWord::Xml:
      return "XML";
    default:
      return nullptr;
  }
}

Type bit_of(Count length, Flag varying) {
  return handle_of(
      schema::BitType{.length = number_of(length), .varying = varying.is_true()});
}

// They go into the SQL as they stand.
std::string fields_of(Characters given) {
  const std::string fields = text_of(given);
  const std::string plain = "abcdefghijklmnopqrstuvwxyz ";
  if (lower(fields).find_first_not_of(plain) != std::string::npos) {
    throw UnitError("an INTERVAL has no fields " + quoted(fields));
  }
  return fields;
}

}  // namespace

std::optional<schema::Type> operations::postgresql_type_of(detail::TypeWord word) {
  if (word == detail::TypeWord::Bit) return schema::BitType{};
  if (word == detail::TypeWord::IntervalSql) return schema::PostgresqlIntervalType{};
  const char* name = postgresql_name(word);
  if (name == nullptr) return std::nullopt;
  return schema::PostgresqlType{name};
}

namespace detail {

Type BitWord::operator()(int length) const { return bit_of(length, {}); }
Type BitWord::operator()(int length, const postgresql::BitOptions& options) const {
  return bit_of(length, options.varying);
}
Type BitWord::operator()(const postgresql::BitOptions& options) const {
  return bit_of(options.length, options.varying);
}

Type PostgresqlTimeWord::operator()(
    const postgresql::PostgresqlTimeOptions& options) const {
  return handle_of(
      schema::SqlType{.name = word() == TypeWord::TimeSql ? "TIME" : "TIMESTAMP",
                      .precision = number_of(options.precision),
                      .timezone = options.timezone.is_true()});
}

Type PostgresqlIntervalWord::operator()(
    const postgresql::PostgresqlIntervalOptions& options) const {
  return handle_of(schema::PostgresqlIntervalType{
      .precision = number_of(options.precision), .fields = fields_of(options.fields)});
}

}  // namespace detail

namespace postgresql {

ENUM::ENUM(std::initializer_list<Characters> values,
           const PostgresqlEnumOptions& options) {
  schema::EnumType type{.name = operations::required_name(options.name, "an ENUM"),
                        .schema = text_of(options.schema),
                        .create_type = !options.create_type.is_false(),
                        .inherit_schema = options.inherit_schema.is_true(),
                        .has_text = false};
  for (const Characters& value : values) type.values.push_back(text_of(value));
  // One that stands already needs no values to be named.
  if (type.values.empty() && type.create_type) {
    throw UnitError("the ENUM " + quoted(type.name) +
                    " needs at least one value, or {.create_type = false}");
  }
  static_cast<Type&>(*this) = handle_of(std::move(type));
}

DOMAIN::DOMAIN(Characters name, Type data_type, const DomainOptions& options)
    : Type(handle_of(operations::domain_of(name, data_type, options))) {}

}  // namespace postgresql

namespace {

std::optional<schema::ServerDefault> domain_default(const ServerDefault& given) {
  const auto value = operations::default_of(given);
  if (!value.has_value()) return std::nullopt;
  if (const auto* literal = std::get_if<schema::Literal>(&*value)) return *literal;
  if (const auto* sql = std::get_if<schema::Sql>(&*value)) return *sql;
  throw UnitError("the default of a domain is text or text(\"...\")");
}

schema::Type with_schema(const schema::Type& type, const std::string& schema) {
  schema::Type changed = type;
  if (auto* one = std::get_if<schema::EnumType>(&changed)) {
    if (one->inherit_schema && one->schema.empty()) one->schema = schema;
  } else if (auto* array = std::get_if<schema::ArrayType>(&changed)) {
    array->item =
        std::make_shared<const schema::Type>(with_schema(*array->item, schema));
  }
  return changed;
}

}  // namespace

schema::DomainType operations::domain_of(Characters name, Type data_type,
                                         const postgresql::DomainOptions& options) {
  return {.name = required_name(name, "a domain"),
          .type = std::make_shared<const schema::Type>(type_of(data_type)),
          .collation = text_of(options.collation),
          .server_default = domain_default(options.default_),
          .constraint_name = text_of(options.constraint_name),
          .not_null = options.not_null.is_true(),
          .check = text_of(options.check.sql()),
          .create_type = !options.create_type.is_false(),
          .schema = text_of(options.schema)};
}

void operations::inherit_schema(schema::Column& column, const std::string& schema) {
  if (!schema.empty()) column.type = with_schema(column.type, schema);
}

}  // namespace revise
