/// PostgreSQL's types, as SQLAlchemy's dialect names them; <revise/op.hpp> has them
/// along. On SQLite those that only PostgreSQL has are an error.

#pragma once

#include <revise/types.hpp>

#pragma GCC visibility push(default)

namespace revise::postgresql {

struct BitOptions {
  Count length = {};
  Flag varying = {};
};
struct PostgresqlTimeOptions {
  Flag timezone = {};
  Count precision = {};
};
struct PostgresqlIntervalOptions {
  Count precision = {};
  Characters fields = {};  ///< such as "DAY TO HOUR"
};
struct PostgresqlEnumOptions {
  Characters name = {};
  Flag create_type = {};  ///< with its table; true when left alone
  Characters schema = {};
  Flag inherit_schema = {};
};
struct DomainOptions {
  Characters collation = {};
  ServerDefault default_ = {};
  Characters constraint_name = {};
  Flag not_null = {};
  TextClause check = {};
  Flag create_type = {};  ///< with its table; true when left alone
  Characters schema = {};
};

}  // namespace revise::postgresql

namespace revise::detail {

class BitWord : public Type {
 public:
  using Type::Type;
  constexpr Type operator()() const { return *this; }
  Type operator()(int length) const;
  Type operator()(int length, const postgresql::BitOptions& options) const;
  Type operator()(const postgresql::BitOptions& options) const;
};
class PostgresqlTimeWord : public Type {
 public:
  using Type::Type;
  constexpr Type operator()() const { return *this; }
  Type operator()(const postgresql::PostgresqlTimeOptions& options) const;
};
class PostgresqlIntervalWord : public Type {
 public:
  using Type::Type;
  constexpr Type operator()() const { return *this; }
  Type operator()(const postgresql::PostgresqlIntervalOptions& options) const;
};

}  // namespace revise::detail

namespace revise::postgresql {

// What SQLAlchemy's dialect has in common with the rest.
using revise::ARRAY;
using revise::BIGINT;
using revise::BOOLEAN;
using revise::CHAR;
using revise::DATE;
using revise::DOUBLE_PRECISION;
using revise::FLOAT;
using revise::INTEGER;
using revise::JSON;
using revise::NUMERIC;
using revise::REAL;
using revise::SMALLINT;
using revise::TEXT;
using revise::UUID;
using revise::VARCHAR;

// Hidden, lest a unit that uses one could never be unloaded (STB_GNU_UNIQUE).
#pragma GCC visibility push(hidden)

inline constexpr detail::PlainWord BIGSERIAL{detail::TypeWord::BigSerial};
inline constexpr detail::BitWord BIT{detail::TypeWord::Bit};
inline constexpr detail::BinaryWord BYTEA{detail::TypeWord::ByteA};
inline constexpr detail::PlainWord CIDR{detail::TypeWord::Cidr};
inline constexpr detail::PlainWord CITEXT{detail::TypeWord::CiText};
inline constexpr detail::PlainWord DATEMULTIRANGE{detail::TypeWord::DateMultirange};
inline constexpr detail::PlainWord DATERANGE{detail::TypeWord::DateRange};
inline constexpr detail::PlainWord HSTORE{detail::TypeWord::HStore};
inline constexpr detail::PlainWord INET{detail::TypeWord::Inet};
inline constexpr detail::PlainWord INT4MULTIRANGE{detail::TypeWord::Int4Multirange};
inline constexpr detail::PlainWord INT4RANGE{detail::TypeWord::Int4Range};
inline constexpr detail::PlainWord INT8MULTIRANGE{detail::TypeWord::Int8Multirange};
inline constexpr detail::PlainWord INT8RANGE{detail::TypeWord::Int8Range};
inline constexpr detail::PostgresqlIntervalWord INTERVAL{detail::TypeWord::IntervalSql};
inline constexpr detail::PlainWord JSONB{detail::TypeWord::JsonB};
inline constexpr detail::PlainWord JSONPATH{detail::TypeWord::JsonPath};
inline constexpr detail::PlainWord MACADDR{detail::TypeWord::MacAddr};
inline constexpr detail::PlainWord MACADDR8{detail::TypeWord::MacAddr8};
inline constexpr detail::PlainWord MONEY{detail::TypeWord::Money};
inline constexpr detail::PlainWord NUMMULTIRANGE{detail::TypeWord::NumMultirange};
inline constexpr detail::PlainWord NUMRANGE{detail::TypeWord::NumRange};
inline constexpr detail::PlainWord OID{detail::TypeWord::Oid};
inline constexpr detail::PlainWord REGCLASS{detail::TypeWord::RegClass};
inline constexpr detail::PlainWord REGCONFIG{detail::TypeWord::RegConfig};
inline constexpr detail::PlainWord SERIAL{detail::TypeWord::Serial};
inline constexpr detail::PlainWord SMALLSERIAL{detail::TypeWord::SmallSerial};
inline constexpr detail::PostgresqlTimeWord TIME{detail::TypeWord::TimeSql};
inline constexpr detail::PostgresqlTimeWord TIMESTAMP{detail::TypeWord::Timestamp};
inline constexpr detail::PlainWord TSMULTIRANGE{detail::TypeWord::TsMultirange};
inline constexpr detail::PlainWord TSQUERY{detail::TypeWord::TsQuery};
inline constexpr detail::PlainWord TSRANGE{detail::TypeWord::TsRange};
inline constexpr detail::PlainWord TSTZMULTIRANGE{detail::TypeWord::TsTzMultirange};
inline constexpr detail::PlainWord TSTZRANGE{detail::TypeWord::TsTzRange};
inline constexpr detail::PlainWord TSVECTOR{detail::TypeWord::TsVector};
inline constexpr detail::PlainWord XML{detail::TypeWord::Xml};

#pragma GCC visibility pop

/// One of `values`: a type of its own, which a table makes that has such a column.
class ENUM : public Type {
 public:
  ENUM(std::initializer_list<Characters> values, const PostgresqlEnumOptions& options);
};

/// `data_type` with rules of its own, which a table makes that has such a column.
class DOMAIN : public Type {
 public:
  DOMAIN(Characters name, Type data_type, const DomainOptions& options = {});
};

}  // namespace revise::postgresql

#pragma GCC visibility pop
