/// One value of a row as a C++ type, both ways. Part of <revise/data.hpp>.
///
/// How a database writes such values is the engine's business: here are types and
/// ranges alone.

#pragma once

#include <chrono>
#include <cstddef>
#include <limits>
#include <optional>
#include <ratio>
#include <revise/operations.hpp>
#include <revise/uuid.hpp>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace revise::detail {

#pragma GCC visibility push(default)

/// Rows as a database gave them, all in memory.
class RowSet {
 public:
  /// Throws UnitError unless each row has `columns` values.
  RowSet(operations::OperationSink& sink, TextClause sql, Parameters parameters,
         std::size_t columns);
  ~RowSet();
  RowSet(RowSet&& other) noexcept;
  RowSet& operator=(RowSet&& other) = delete;

  std::size_t size() const;
  bool is_null(std::size_t row, std::size_t column) const;

  /// These throw UnitError, naming column and row, on NULL, on a value of another
  /// kind, and on what the type cannot hold.
  long long integer(std::size_t row, std::size_t column, long long lowest,
                    long long highest) const;
  unsigned long long natural(std::size_t row, std::size_t column,
                             unsigned long long highest) const;
  double real(std::size_t row, std::size_t column, double highest) const;
  bool boolean(std::size_t row, std::size_t column) const;
  Characters text(std::size_t row, std::size_t column) const;
  std::string bytes(std::size_t row, std::size_t column) const;
  UuidValue uuid(std::size_t row, std::size_t column) const;

  /// Days since 1970-01-01.
  long long date(std::size_t row, std::size_t column) const;
  /// Microseconds since 1970-01-01 00:00: by the clock on the wall, and in UTC.
  long long wall_time(std::size_t row, std::size_t column) const;
  long long instant(std::size_t row, std::size_t column) const;
  /// Microseconds, of a time of day or an interval.
  long long span(std::size_t row, std::size_t column) const;

  /// An array's elements as rows of one column.
  RowSet elements(std::size_t row, std::size_t column) const;

  /// Throws UnitError: the value is none that its type can hold.
  [[noreturn]] void refuse_size(std::size_t row, std::size_t column) const;

 private:
  explicit RowSet(void* state) : state_(state) {}

  void* state_;
};

/// Throws UnitError: a number does not fit the type of its column.
[[noreturn]] void refuse_range();
/// Throws UnitError: a time is finer than a microsecond, or out of all bounds.
[[noreturn]] void refuse_time();

/// An array of what `values` hold, as PostgreSQL writes it.
Value array_of(const Value* values, std::size_t count);
Value uuid_of(const UuidValue& uuid);

/// `values` holds a multiple of as many as there are `columns`, row after row.
void insert_values(operations::OperationSink& sink, Characters table, Characters schema,
                   const std::vector<Characters>& columns,
                   const std::vector<Value>& values, const BulkInsertOptions& options);

#pragma GCC visibility pop

template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};

/// An array's element: of one byte, std::byte alone means bytes, and others are
/// anybody's guess.
template <typename T>
inline constexpr bool is_element = sizeof(T) > 1 || std::is_same_v<T, bool>;

template <typename Period>
inline constexpr bool is_day = std::ratio_equal_v<Period, std::chrono::days::period>;

/// `number` of `From` as whole ones of `To`; refuses what is lost or does not fit.
template <typename From, typename To, typename Rep, typename Refuse>
Rep whole_of(long long number, const Refuse& refuse) {
  static_assert(std::is_integral_v<Rep>, "a duration counts whole ticks here");
  using Factor = std::ratio_divide<From, To>;
  long long ticks = number / Factor::den;
  if (number % Factor::den != 0 ||
      __builtin_mul_overflow(ticks, static_cast<long long>(Factor::num), &ticks) ||
      !std::in_range<Rep>(ticks)) {
    refuse();
  }
  return static_cast<Rep>(ticks);
}

template <typename Duration>
long long microseconds_of(const Duration& given) {
  if (!std::in_range<long long>(given.count())) refuse_time();
  return whole_of<typename Duration::period, std::micro, long long>(
      static_cast<long long>(given.count()), refuse_time);
}

template <typename Duration>
Duration duration_of(long long microseconds, const RowSet& rows, std::size_t row,
                     std::size_t column) {
  return Duration(
      whole_of<std::micro, typename Duration::period, typename Duration::rep>(
          microseconds, [&] { rows.refuse_size(row, column); }));
}

template <typename Days>
Days days_of(long long days, const RowSet& rows, std::size_t row, std::size_t column) {
  using Period = typename Days::period;
  return Days(whole_of<Period, Period, typename Days::rep>(
      days, [&] { rows.refuse_size(row, column); }));
}

/// Reads a T, or does not compile.
template <typename T>
struct CellOf;

template <typename T>
T read_cell(const RowSet& rows, std::size_t row, std::size_t column) {
  if constexpr (std::is_same_v<T, bool>) {
    return rows.boolean(row, column);
  } else if constexpr (std::is_integral_v<T> && std::is_signed_v<T>) {
    using Limits = std::numeric_limits<T>;
    return static_cast<T>(rows.integer(row, column, Limits::lowest(), Limits::max()));
  } else if constexpr (std::is_integral_v<T>) {
    return static_cast<T>(rows.natural(row, column, std::numeric_limits<T>::max()));
  } else if constexpr (std::is_floating_point_v<T>) {
    // As text a float's last is a little more, and still rounds to it.
    constexpr double kHighest = std::is_same_v<T, float>
                                    ? 0x1.fffffefffffffp127
                                    : std::numeric_limits<double>::max();
    return static_cast<T>(rows.real(row, column, kHighest));
  } else {
    return CellOf<T>::read(rows, row, column);
  }
}

template <typename T>
struct CellOf {
  static T read(const RowSet&, std::size_t, std::size_t) {
    static_assert(sizeof(T) == 0,
                  "a column's type is a number, bool, std::string, UuidValue, "
                  "std::vector<std::byte>, a date, time or duration of std::chrono, "
                  "std::vector of one, or std::optional of one");
  }
};

template <>
struct CellOf<std::string> {
  static std::string read(const RowSet& rows, std::size_t row, std::size_t column) {
    const Characters text = rows.text(row, column);
    return std::string(text.data(), text.size());
  }
};

template <>
struct CellOf<UuidValue> {
  static UuidValue read(const RowSet& rows, std::size_t row, std::size_t column) {
    return rows.uuid(row, column);
  }
};

template <>
struct CellOf<std::vector<std::byte>> {
  static std::vector<std::byte> read(const RowSet& rows, std::size_t row,
                                     std::size_t column) {
    const std::string bytes = rows.bytes(row, column);
    const auto* first = reinterpret_cast<const std::byte*>(bytes.data());
    return {first, first + bytes.size()};
  }
};

template <>
struct CellOf<std::chrono::year_month_day> {
  static std::chrono::year_month_day read(const RowSet& rows, std::size_t row,
                                          std::size_t column) {
    using namespace std::chrono;
    const sys_days day{days(rows.date(row, column))};
    if (day < sys_days(year::min() / January / 1) ||
        day > sys_days(year::max() / December / 31)) {
      rows.refuse_size(row, column);
    }
    return day;
  }
};

template <typename Duration>
struct CellOf<std::chrono::sys_time<Duration>> {
  static std::chrono::sys_time<Duration> read(const RowSet& rows, std::size_t row,
                                              std::size_t column) {
    if constexpr (is_day<typename Duration::period>) {
      return std::chrono::sys_time<Duration>(
          days_of<Duration>(rows.date(row, column), rows, row, column));
    } else {
      return std::chrono::sys_time<Duration>(
          duration_of<Duration>(rows.instant(row, column), rows, row, column));
    }
  }
};

template <typename Duration>
struct CellOf<std::chrono::local_time<Duration>> {
  static std::chrono::local_time<Duration> read(const RowSet& rows, std::size_t row,
                                                std::size_t column) {
    if constexpr (is_day<typename Duration::period>) {
      return std::chrono::local_time<Duration>(
          days_of<Duration>(rows.date(row, column), rows, row, column));
    } else {
      return std::chrono::local_time<Duration>(
          duration_of<Duration>(rows.wall_time(row, column), rows, row, column));
    }
  }
};

template <typename Rep, typename Period>
struct CellOf<std::chrono::duration<Rep, Period>> {
  static std::chrono::duration<Rep, Period> read(const RowSet& rows, std::size_t row,
                                                 std::size_t column) {
    return duration_of<std::chrono::duration<Rep, Period>>(rows.span(row, column), rows,
                                                           row, column);
  }
};

template <typename T>
struct CellOf<std::optional<T>> {
  static std::optional<T> read(const RowSet& rows, std::size_t row,
                               std::size_t column) {
    if (rows.is_null(row, column)) return std::nullopt;
    return read_cell<T>(rows, row, column);
  }
};

template <typename T>
struct CellOf<std::vector<T>> {
  static std::vector<T> read(const RowSet& rows, std::size_t row, std::size_t column) {
    static_assert(is_element<T>,
                  "bytes are std::vector<std::byte>; an array's numbers are wider");
    const RowSet elements = rows.elements(row, column);
    std::vector<T> values;
    values.reserve(elements.size());
    for (std::size_t i = 0; i < elements.size(); ++i) {
      values.push_back(read_cell<T>(elements, i, 0));
    }
    return values;
  }
};

template <>
struct ToValue<std::nullopt_t> {
  static Value value(std::nullopt_t) { return {}; }
};

template <>
struct ToValue<UuidValue> {
  static Value value(const UuidValue& uuid) { return uuid_of(uuid); }
};

template <>
struct ToValue<std::chrono::year_month_day> {
  static Value value(const std::chrono::year_month_day& date) {
    if (!date.ok()) refuse_time();
    return Value::of(Value::Kind::Day,
                     std::chrono::sys_days(date).time_since_epoch().count());
  }
};

template <typename Duration>
struct ToValue<std::chrono::sys_time<Duration>> {
  static Value value(const std::chrono::sys_time<Duration>& time) {
    const auto since = time.time_since_epoch();
    if constexpr (is_day<typename Duration::period>) {
      return Value::of(Value::Kind::Day, since.count());
    } else {
      return Value::of(Value::Kind::Instant, microseconds_of(since));
    }
  }
};

template <typename Duration>
struct ToValue<std::chrono::local_time<Duration>> {
  static Value value(const std::chrono::local_time<Duration>& time) {
    const auto since = time.time_since_epoch();
    if constexpr (is_day<typename Duration::period>) {
      return Value::of(Value::Kind::Day, since.count());
    } else {
      return Value::of(Value::Kind::WallTime, microseconds_of(since));
    }
  }
};

template <typename Rep, typename Period>
struct ToValue<std::chrono::duration<Rep, Period>> {
  static Value value(const std::chrono::duration<Rep, Period>& span) {
    return Value::of(Value::Kind::Span, microseconds_of(span));
  }
};

template <typename T>
requires(is_element<T>) struct ToValue<std::vector<T>> {
  static Value value(const std::vector<T>& elements) {
    std::vector<Value> values;
    values.reserve(elements.size());
    for (const auto& element : elements) {
      values.push_back(Value(static_cast<const T&>(element)));
    }
    return array_of(values.data(), values.size());
  }
};

/// Whether a value of type Given may go into a column of type T: numbers into numbers,
/// truth into truth, text into text, times into times as fine, NULL into optionals.
template <typename T, typename Given>
constexpr bool is_fit() {
  if constexpr (IsOptional<T>::value) {
    if constexpr (IsOptional<Given>::value) {
      return is_fit<typename T::value_type, typename Given::value_type>();
    } else {
      return std::is_same_v<Given, std::nullopt_t> || std::is_same_v<Given, None> ||
             std::is_same_v<Given, std::nullptr_t> ||
             is_fit<typename T::value_type, Given>();
    }
  } else if constexpr (std::is_same_v<T, bool> || std::is_same_v<Given, bool>) {
    return std::is_same_v<T, Given>;
  } else if constexpr (std::is_integral_v<T>) {
    return std::is_integral_v<Given>;
  } else if constexpr (std::is_floating_point_v<T>) {
    return std::is_arithmetic_v<Given>;
  } else {
    return !std::is_same_v<Given, std::nullptr_t> &&
           std::is_convertible_v<const Given&, T>;
  }
}

/// A value on its way into a column of type T.
template <typename T>
class Cell {
 public:
  template <typename Given>
  requires(is_fit<T, Given>()) Cell(const Given& given) : value_(converted(given)) {}
  /// What op.inline_literal() gives, of whatever type.
  template <typename Given>
  requires(std::is_same_v<Given, Value>) Cell(const Given& literal) : value_(literal) {}

  const Value& value() const { return value_; }

 private:
  template <typename Given>
  static Value converted(const Given& given) {
    if constexpr (std::is_same_v<Given, std::nullopt_t>) {
      return Value();
    } else if constexpr (IsOptional<Given>::value) {
      return given.has_value() ? converted(*given) : Value();
    } else if constexpr (IsOptional<T>::value) {
      if constexpr (is_fit<typename T::value_type, Given>()) {
        return Cell<typename T::value_type>(given).value();
      } else {
        return Value();
      }
    } else if constexpr (std::is_floating_point_v<T>) {
      return Value(static_cast<double>(given));
    } else if constexpr (ConvertedByData<T>) {
      return Value(static_cast<const T&>(given));
    } else {
      if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
        if (!std::in_range<T>(given)) refuse_range();
      }
      return Value(given);
    }
  }

  Value value_;
};

}  // namespace revise::detail
