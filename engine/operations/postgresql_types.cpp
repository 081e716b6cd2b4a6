#include <algorithm>
#include <iterator>
#include <memory>
#include <revise/postgresql.hpp>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/operations/handles.hpp"
#include "engine/operations/type_handles.hpp"

namespace revise {

using operations::clause_of;
using operations::handle_of;
using operations::number_of;
using operations::text_of;

namespace {

struct NamedWord {
  detail::TypeWord word;
  const char* name;
};

constexpr NamedWord kNamedWords[] = {
    {detail::TypeWord::BigSerial,      "BIGSERIAL"     },
    {detail::TypeWord::ByteA,          "BYTEA"         },
    {detail::TypeWord::Cidr,           "CIDR"          },
    {detail::TypeWord::CiText,         "CITEXT"        },
    {detail::TypeWord::DateMultirange, "DATEMULTIRANGE"},
    {detail::TypeWord::DateRange,      "DATERANGE"     },
    {detail::TypeWord::HStore,         "HSTORE"        },
    {detail::TypeWord::Inet,           "INET"          },
    {detail::TypeWord::Int4Multirange, "INT4MULTIRANGE"},
    {detail::TypeWord::Int4Range,      "INT4RANGE"     },
    {detail::TypeWord::Int8Multirange, "INT8MULTIRANGE"},
    {detail::TypeWord::Int8Range,      "INT8RANGE"     },
    {detail::TypeWord::JsonB,          "JSONB"         },
    {detail::TypeWord::JsonPath,       "JSONPATH"      },
    {detail::TypeWord::MacAddr,        "MACADDR"       },
    {detail::TypeWord::MacAddr8,       "MACADDR8"      },
    {detail::TypeWord::Money,          "MONEY"         },
    {detail::TypeWord::NumMultirange,  "NUMMULTIRANGE" },
    {detail::TypeWord::NumRange,       "NUMRANGE"      },
    {detail::TypeWord::Oid,            "OID"           },
    {detail::TypeWord::RegClass,       "REGCLASS"      },
    {detail::TypeWord::RegConfig,      "REGCONFIG"     },
    {detail::TypeWord::Serial,         "SERIAL"        },
    {detail::TypeWord::SmallSerial,    "SMALLSERIAL"   },
    {detail::TypeWord::TsMultirange,   "TSMULTIRANGE"  },
    {detail::TypeWord::TsQuery,        "TSQUERY"       },
    {detail::TypeWord::TsRange,        "TSRANGE"       },
    {detail::TypeWord::TsTzMultirange, "TSTZMULTIRANGE"},
    {detail::TypeWord::TsTzRange,      "TSTZRANGE"     },
    {detail::TypeWord::TsVector,       "TSVECTOR"      },
    {detail::TypeWord::Xml,            "XML"           },
};

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
  const auto* const found = std::ranges::find(kNamedWords, word, &NamedWord::word);
  if (found == std::end(kNamedWords)) return std::nullopt;
  return schema::PostgresqlType{found->name};
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
          .check = clause_of(options.check.sql()),
          .create_type = !options.create_type.is_false(),
          .schema = text_of(options.schema)};
}

void operations::inherit_schema(schema::Column& column, const std::string& schema) {
  if (!schema.empty()) column.type = with_schema(column.type, schema);
}

}  // namespace revise
