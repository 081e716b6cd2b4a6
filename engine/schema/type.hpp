/// The types of columns as values: SQLAlchemy's generic ones and SQL's own.
///
/// How a database spells them is the dialects' business.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/schema/server_default.hpp"

namespace revise::schema {

struct IntegerType {};
struct SmallIntegerType {};
struct BigIntegerType {};
struct DateType {};
struct PickleType {};
struct JsonType {};
struct UuidType {
  bool native = true;
};
struct BooleanType {
  bool create_constraint = false;
  std::string name = {};       ///< of the constraint; empty: none
  bool name_is_final = false;  ///< no naming convention changes it
};
/// CHAR VARYING and its like; Unicode is the same where a database knows one text.
struct StringType {
  std::optional<int> length = {};
  std::string collation = {};
};
struct TextType {
  std::optional<int> length = {};
  std::string collation = {};
};
struct LargeBinaryType {
  std::optional<int> length = {};
};
struct NumericType {
  std::optional<int> precision = {};
  std::optional<int> scale = {};
};
struct FloatType {
  std::optional<int> precision = {};
};
struct DoubleType {
  std::optional<int> precision = {};
};
struct DateTimeType {
  bool timezone = false;
};
struct TimeType {
  bool timezone = false;
};
struct IntervalType {
  bool native = true;
  std::optional<int> second_precision = {};
  std::optional<int> day_precision = {};
};
struct EnumType {
  std::vector<std::string> values = {};
  std::string name = {};
  std::string schema = {};
  std::optional<int> length = {};  ///< of the text; none: the longest value's
  bool native = true;              ///< a type of its own where the database has such
  bool create_constraint = false;
  bool create_type = true;      ///< with the table that has such a column
  bool inherit_schema = false;  ///< where it names none: that of the table
  bool has_text = true;         ///< text stands in where there is no type of its own
  bool name_is_final = false;   ///< no naming convention changes that of its constraint
};
/// A type named by SQL's own word, as written: VARCHAR, TIMESTAMP, ...
struct SqlType {
  std::string name = {};  ///< upper case
  std::optional<int> length = {};
  std::optional<int> precision = {};
  std::optional<int> scale = {};
  std::string collation = {};
  bool timezone = false;
};
/// INTERVAL with PostgreSQL's arguments.
struct PostgresqlIntervalType {
  std::optional<int> precision = {};
  std::string fields = {};  ///< such as "DAY TO HOUR"
};
struct BitType {
  std::optional<int> length = {};
  bool varying = false;
};
/// A type without arguments that PostgreSQL alone has.
struct PostgresqlType {
  std::string name = {};  ///< upper case
};
/// As the database spells it.
struct RawType {
  std::string sql = {};
};
struct ArrayType;
struct DomainType;

/// Adding a row here stops the build at every visitor that must learn of it.
using Type =
    std::variant<IntegerType, SmallIntegerType, BigIntegerType, BooleanType, StringType,
                 TextType, LargeBinaryType, NumericType, FloatType, DoubleType,
                 DateType, DateTimeType, TimeType, IntervalType, EnumType, PickleType,
                 JsonType, UuidType, SqlType, ArrayType, BitType, DomainType,
                 PostgresqlIntervalType, PostgresqlType, RawType>;

struct ArrayType {
  std::shared_ptr<const Type> item = {};  ///< never null
  int dimensions = 1;
};

struct DomainType {
  std::string name = {};
  std::shared_ptr<const Type> type = {};  ///< what it is based on; never null
  std::string collation = {};
  std::optional<ServerDefault> server_default = {};
  std::string constraint_name = {};
  bool not_null = false;
  std::string check = {};   ///< SQL
  bool create_type = true;  ///< with the table that has such a column
  std::string schema = {};
};

}  // namespace revise::schema
