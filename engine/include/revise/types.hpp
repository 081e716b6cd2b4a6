/// The types of columns: SQLAlchemy's generic ones, and SQL's own in upper case.
///
/// Each is an object usable bare, and callable with its arguments: `String`,
/// `String(50)`, `Numeric(10, 2)`, `DateTime({.timezone = true})`.

#pragma once

#include <initializer_list>
#include <revise/characters.hpp>

#pragma GCC visibility push(default)

namespace revise {

namespace detail {

struct TypeNode;  // a type with its arguments, in the engine's arena

/// Which type, when it stands bare. The numbers may change: units are built anew.
enum class TypeWord : unsigned char {
  None,
  BigInteger,
  Boolean,
  Date,
  DateTime,
  Double,
  Float,
  Integer,
  Interval,
  Json,
  LargeBinary,
  Numeric,
  PickleType,
  SmallInteger,
  String,
  Text,
  Time,
  Unicode,
  UnicodeText,
  Uuid,
  BigInt,
  Binary,
  Blob,
  Bool,
  Char,
  Clob,
  DateSql,
  DateTimeSql,
  Decimal,
  DoubleSql,
  DoublePrecision,
  FloatSql,
  Int,
  NChar,
  NumericSql,
  NVarChar,
  Real,
  SmallInt,
  TextSql,
  TimeSql,
  Timestamp,
  UuidSql,
  VarBinary,
  VarChar,
  // From here on PostgreSQL's own: <revise/postgresql.hpp>.
  BigSerial,
  Bit,
  ByteA,
  Cidr,
  CiText,
  DateMultirange,
  DateRange,
  HStore,
  Inet,
  Int4Multirange,
  Int4Range,
  Int8Multirange,
  Int8Range,
  IntervalSql,
  JsonB,
  JsonPath,
  MacAddr,
  MacAddr8,
  Money,
  NumMultirange,
  NumRange,
  Oid,
  RegClass,
  RegConfig,
  Serial,
  SmallSerial,
  TsMultirange,
  TsQuery,
  TsRange,
  TsTzMultirange,
  TsTzRange,
  TsVector,
  Xml,
};

}  // namespace detail

/// A column's type; none given by default.
class Type {
 public:
  [[gnu::always_inline]] constexpr Type() {}
  constexpr explicit Type(detail::TypeWord word) : word_(word) {}
  constexpr explicit Type(const detail::TypeNode* node) : node_(node) {}

  constexpr bool is_set() const {
    return node_ != nullptr || word_ != detail::TypeWord::None;
  }
  constexpr detail::TypeWord word() const { return word_; }
  constexpr const detail::TypeNode* node() const { return node_; }

 private:
  const detail::TypeNode* node_ = nullptr;
  detail::TypeWord word_ = detail::TypeWord::None;
};

struct StringOptions {
  Count length = {};
  Characters collation = {};
};
struct BinaryOptions {
  Count length = {};
};
struct NumericOptions {
  Count precision = {};
  Count scale = {};
};
struct FloatOptions {
  Count precision = {};
};
struct DateTimeOptions {
  Flag timezone = {};
};
struct IntervalOptions {
  Flag native = {};  ///< as SQLAlchemy, true when left alone
  Count second_precision = {};
  Count day_precision = {};
};
struct BooleanOptions {
  Flag create_constraint = {};
  Characters name = {};  ///< of the constraint
};
struct EnumOptions {
  Flag create_constraint = {};
  Characters name = {};
  Flag native_enum = {};  ///< as SQLAlchemy, true when left alone
  Count length = {};
  Characters schema = {};
  Flag inherit_schema = {};
};
struct ArrayOptions {
  Count dimensions = {};
};
struct UuidOptions {
  Flag native_uuid = {};  ///< as SQLAlchemy, true when left alone
};

namespace detail {

/// A type without arguments.
class PlainWord : public Type {
 public:
  using Type::Type;
  constexpr Type operator()() const { return *this; }
};
class StringWord : public Type {
 public:
  using Type::Type;
  constexpr Type operator()() const { return *this; }
  Type operator()(int length) const;
  Type operator()(int length, const StringOptions& options) const;
  Type operator()(const StringOptions& options) const;
};
class BinaryWord : public Type {
 public:
  using Type::Type;
  constexpr Type operator()() const { return *this; }
  Type operator()(int length) const;
  Type operator()(const BinaryOptions& options) const;
};
class NumericWord : public Type {
 public:
  using Type::Type;
  constexpr Type operator()() const { return *this; }
  Type operator()(int precision) const;
  Type operator()(int precision, int scale) const;
  Type operator()(const NumericOptions& options) const;
};
class FloatWord : public Type {
 public:
  using Type::Type;
  constexpr Type operator()() const { return *this; }
  Type operator()(int precision) const;
  Type operator()(const FloatOptions& options) const;
};
class DateTimeWord : public Type {
 public:
  using Type::Type;
  constexpr Type operator()() const { return *this; }
  Type operator()(const DateTimeOptions& options) const;
};
class IntervalWord : public Type {
 public:
  using Type::Type;
  constexpr Type operator()() const { return *this; }
  Type operator()(const IntervalOptions& options) const;
};
class BooleanWord : public Type {
 public:
  using Type::Type;
  constexpr Type operator()() const { return *this; }
  Type operator()(const BooleanOptions& options) const;
};
class UuidWord : public Type {
 public:
  using Type::Type;
  constexpr Type operator()() const { return *this; }
  Type operator()(const UuidOptions& options) const;
};

}  // namespace detail

// Hidden, lest a unit that uses one could never be unloaded (STB_GNU_UNIQUE).
#pragma GCC visibility push(hidden)

inline constexpr detail::PlainWord BigInteger{detail::TypeWord::BigInteger};
inline constexpr detail::BooleanWord Boolean{detail::TypeWord::Boolean};
inline constexpr detail::PlainWord Date{detail::TypeWord::Date};
inline constexpr detail::DateTimeWord DateTime{detail::TypeWord::DateTime};
inline constexpr detail::FloatWord Double{detail::TypeWord::Double};
inline constexpr detail::FloatWord Float{detail::TypeWord::Float};
inline constexpr detail::PlainWord Integer{detail::TypeWord::Integer};
inline constexpr detail::IntervalWord Interval{detail::TypeWord::Interval};
inline constexpr detail::BinaryWord LargeBinary{detail::TypeWord::LargeBinary};
inline constexpr detail::NumericWord Numeric{detail::TypeWord::Numeric};
inline constexpr detail::PlainWord PickleType{detail::TypeWord::PickleType};
inline constexpr detail::PlainWord SmallInteger{detail::TypeWord::SmallInteger};
inline constexpr detail::StringWord String{detail::TypeWord::String};
inline constexpr detail::StringWord Text{detail::TypeWord::Text};
inline constexpr detail::DateTimeWord Time{detail::TypeWord::Time};
inline constexpr detail::StringWord Unicode{detail::TypeWord::Unicode};
inline constexpr detail::StringWord UnicodeText{detail::TypeWord::UnicodeText};
inline constexpr detail::UuidWord Uuid{detail::TypeWord::Uuid};

inline constexpr detail::PlainWord BIGINT{detail::TypeWord::BigInt};
inline constexpr detail::BinaryWord BINARY{detail::TypeWord::Binary};
inline constexpr detail::BinaryWord BLOB{detail::TypeWord::Blob};
inline constexpr detail::PlainWord BOOLEAN{detail::TypeWord::Bool};
inline constexpr detail::StringWord CHAR{detail::TypeWord::Char};
inline constexpr detail::StringWord CLOB{detail::TypeWord::Clob};
inline constexpr detail::PlainWord DATE{detail::TypeWord::DateSql};
inline constexpr detail::DateTimeWord DATETIME{detail::TypeWord::DateTimeSql};
inline constexpr detail::NumericWord DECIMAL{detail::TypeWord::Decimal};
inline constexpr detail::FloatWord DOUBLE{detail::TypeWord::DoubleSql};
inline constexpr detail::FloatWord DOUBLE_PRECISION{detail::TypeWord::DoublePrecision};
inline constexpr detail::FloatWord FLOAT{detail::TypeWord::FloatSql};
inline constexpr detail::PlainWord INT{detail::TypeWord::Int};
inline constexpr detail::PlainWord INTEGER{detail::TypeWord::Int};
/// Generic and upper-case JSON are one word in SQLAlchemy.
inline constexpr detail::PlainWord JSON{detail::TypeWord::Json};
inline constexpr detail::StringWord NCHAR{detail::TypeWord::NChar};
inline constexpr detail::NumericWord NUMERIC{detail::TypeWord::NumericSql};
inline constexpr detail::StringWord NVARCHAR{detail::TypeWord::NVarChar};
inline constexpr detail::FloatWord REAL{detail::TypeWord::Real};
inline constexpr detail::PlainWord SMALLINT{detail::TypeWord::SmallInt};
inline constexpr detail::StringWord TEXT{detail::TypeWord::TextSql};
inline constexpr detail::DateTimeWord TIME{detail::TypeWord::TimeSql};
inline constexpr detail::DateTimeWord TIMESTAMP{detail::TypeWord::Timestamp};
inline constexpr detail::PlainWord UUID{detail::TypeWord::UuidSql};
inline constexpr detail::BinaryWord VARBINARY{detail::TypeWord::VarBinary};
inline constexpr detail::StringWord VARCHAR{detail::TypeWord::VarChar};

#pragma GCC visibility pop

/// One of `values`, kept as text, or as a type of its own where the database has such.
class Enum : public Type {
 public:
  Enum(std::initializer_list<Characters> values, const EnumOptions& options = {});
};

/// An array of `item`; PostgreSQL alone has such.
class ARRAY : public Type {
 public:
  explicit ARRAY(Type item);
  ARRAY(Type item, const ArrayOptions& options);
};

/// A type as the database spells it, for what has no word here:
/// `RawType("geometry(Point,4326)")`.
class RawType : public Type {
 public:
  explicit RawType(Characters sql);
};

}  // namespace revise

#pragma GCC visibility pop
