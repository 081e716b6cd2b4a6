/// Typed data for units that move some: rows in, rows out.
///
/// Apart from <revise/op.hpp>, so that only such units pay for the standard library.

#pragma once

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <optional>
#include <revise/operations.hpp>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace revise {

namespace detail {

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
                    unsigned long long highest) const;
  double real(std::size_t row, std::size_t column) const;
  bool boolean(std::size_t row, std::size_t column) const;
  Characters text(std::size_t row, std::size_t column) const;
  Characters bytes(std::size_t row, std::size_t column) const;

 private:
  void* result_;
};

/// Throws UnitError: a number does not fit the type of its column.
[[noreturn]] void refuse_range();

/// `values` holds a multiple of as many as there are `columns`, row after row.
void insert_values(operations::OperationSink& sink, Characters table, Characters schema,
                   const std::vector<Characters>& columns,
                   const std::vector<Value>& values);

#pragma GCC visibility pop

template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <typename T>
T read_cell(const RowSet& rows, std::size_t row, std::size_t column) {
  if constexpr (IsOptional<T>::value) {
    if (rows.is_null(row, column)) return std::nullopt;
    return read_cell<typename T::value_type>(rows, row, column);
  } else if constexpr (std::is_same_v<T, bool>) {
    return rows.boolean(row, column);
  } else if constexpr (std::is_integral_v<T>) {
    using Limits = std::numeric_limits<T>;
    return static_cast<T>(rows.integer(row, column,
                                       static_cast<long long>(Limits::lowest()),
                                       static_cast<unsigned long long>(Limits::max())));
  } else if constexpr (std::is_floating_point_v<T>) {
    return static_cast<T>(rows.real(row, column));
  } else if constexpr (std::is_same_v<T, std::string>) {
    const Characters text = rows.text(row, column);
    return std::string(text.data(), text.size());
  } else {
    static_assert(std::is_same_v<T, std::vector<std::byte>>,
                  "a column's type is a number, bool, std::string, "
                  "std::vector<std::byte>, or std::optional of one");
    const Characters bytes = rows.bytes(row, column);
    const auto* first = reinterpret_cast<const std::byte*>(bytes.data());
    return std::vector<std::byte>(first, first + bytes.size());
  }
}

/// Whether a value of type Given may go into a column of type T: numbers into numbers,
/// truth into truth, text into text, NULL into optionals.
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
    } else {
      if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
        if (!std::in_range<T>(given)) refuse_range();
      }
      return Value(given);
    }
  }

  Value value_;
};

}  // namespace detail

/// A column of a table that rows go into.
template <typename T>
struct ColumnClause {
  using type = T;
  Characters name;
};

template <typename T>
ColumnClause<T> column(Characters name) {
  return {name};
}

/// One row for bulk_insert, in the order of the table's columns.
template <typename... T>
class InsertRow {
 public:
  InsertRow(const detail::Cell<T>&... cells) : values_{cells.value()...} {}
  const Value* begin() const { return values_; }
  const Value* end() const { return values_ + sizeof...(T); }

 private:
  Value values_[sizeof...(T)];
};

/// A table that rows go into, by name; not the whole of its columns need be told.
template <typename... T>
class TableClause {
 public:
  using Row = InsertRow<T...>;

  TableClause(Characters name, Characters schema, ColumnClause<T>... columns)
      : name_(name), schema_(schema), columns_{columns.name...} {}

  Characters name() const { return name_; }
  Characters schema() const { return schema_; }
  const std::vector<Characters>& columns() const { return columns_; }

 private:
  Characters name_;
  Characters schema_;
  std::vector<Characters> columns_;
};

template <typename... T>
TableClause<T...> table(Characters name, ColumnClause<T>... columns) {
  static_assert(sizeof...(T) > 0, "a table needs at least one column");
  return {name, {}, columns...};
}

struct TableClauseOptions {
  Characters schema = {};
};

template <typename... T>
TableClause<T...> table(Characters name, const TableClauseOptions& options,
                        ColumnClause<T>... columns) {
  static_assert(sizeof...(T) > 0, "a table needs at least one column");
  return {name, options.schema, columns...};
}

/// What a query yielded: a range of tuples, for structured bindings. All rows are in
/// memory, so that the loop may change the table.
template <typename... T>
class Rows {
 public:
  explicit Rows(detail::RowSet rows) : rows_(std::move(rows)) {}

  class Iterator {
   public:
    using value_type = std::tuple<T...>;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::input_iterator_tag;
    using pointer = const value_type*;
    using reference = value_type;

    Iterator(const detail::RowSet& rows, std::size_t row) : rows_(&rows), row_(row) {}
    value_type operator*() const { return read(std::index_sequence_for<T...>{}); }
    Iterator& operator++() {
      ++row_;
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++row_;
      return before;
    }
    bool operator==(const Iterator& other) const { return row_ == other.row_; }

   private:
    template <std::size_t... Place>
    value_type read(std::index_sequence<Place...>) const {
      return value_type{detail::read_cell<T>(*rows_, row_, Place)...};
    }

    const detail::RowSet* rows_;
    std::size_t row_;
  };

  Iterator begin() const { return {rows_, 0}; }
  Iterator end() const { return {rows_, rows_.size()}; }
  std::size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.size() == 0; }
  std::tuple<T...> operator[](std::size_t row) const { return *Iterator(rows_, row); }

 private:
  detail::RowSet rows_;
};

template <typename... T>
Rows<T...> Operations::query(TextClause sql, Parameters parameters) {
  static_assert(sizeof...(T) > 0, "a query needs the types of its columns");
  return Rows<T...>(detail::RowSet(sink_, sql, parameters, sizeof...(T)));
}

template <typename... T>
void Operations::bulk_insert(
    const TableClause<T...>& table,
    std::initializer_list<typename TableClause<T...>::Row> rows) {
  std::vector<Value> values;
  for (const auto& row : rows) values.insert(values.end(), row.begin(), row.end());
  detail::insert_values(sink_, table.name(), table.schema(), table.columns(), values);
}

namespace detail {

template <typename T>
concept TupleLike = requires {
  std::tuple_size<T>::value;
};

/// The members of an aggregate of `Count` as a tuple of references.
template <std::size_t Count, typename T>
auto members_of(const T& row) {
  static_assert(Count <= 12, "an aggregate row has up to 12 members; use std::tuple");
  if constexpr (Count == 1) {
    const auto& [a] = row;
    return std::tie(a);
  } else if constexpr (Count == 2) {
    const auto& [a, b] = row;
    return std::tie(a, b);
  } else if constexpr (Count == 3) {
    const auto& [a, b, c] = row;
    return std::tie(a, b, c);
  } else if constexpr (Count == 4) {
    const auto& [a, b, c, d] = row;
    return std::tie(a, b, c, d);
  } else if constexpr (Count == 5) {
    const auto& [a, b, c, d, e] = row;
    return std::tie(a, b, c, d, e);
  } else if constexpr (Count == 6) {
    const auto& [a, b, c, d, e, f] = row;
    return std::tie(a, b, c, d, e, f);
  } else if constexpr (Count == 7) {
    const auto& [a, b, c, d, e, f, g] = row;
    return std::tie(a, b, c, d, e, f, g);
  } else if constexpr (Count == 8) {
    const auto& [a, b, c, d, e, f, g, h] = row;
    return std::tie(a, b, c, d, e, f, g, h);
  } else if constexpr (Count == 9) {
    const auto& [a, b, c, d, e, f, g, h, i] = row;
    return std::tie(a, b, c, d, e, f, g, h, i);
  } else if constexpr (Count == 10) {
    const auto& [a, b, c, d, e, f, g, h, i, j] = row;
    return std::tie(a, b, c, d, e, f, g, h, i, j);
  } else if constexpr (Count == 11) {
    const auto& [a, b, c, d, e, f, g, h, i, j, k] = row;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k);
  } else {
    const auto& [a, b, c, d, e, f, g, h, i, j, k, l] = row;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k, l);
  }
}

}  // namespace detail

template <typename... T, typename Range>
void Operations::bulk_insert(const TableClause<T...>& table, const Range& rows) {
  std::vector<Value> values;
  const auto add = [&values](const auto&... cells) {
    const InsertRow<T...> row(cells...);
    values.insert(values.end(), row.begin(), row.end());
  };
  for (const auto& row : rows) {
    if constexpr (detail::TupleLike<std::remove_cvref_t<decltype(row)>>) {
      std::apply(add, row);
    } else {
      std::apply(add, detail::members_of<sizeof...(T)>(row));
    }
  }
  detail::insert_values(sink_, table.name(), table.schema(), table.columns(), values);
}

}  // namespace revise
