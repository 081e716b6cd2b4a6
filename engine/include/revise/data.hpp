/// Typed data for units that move some: rows in, rows out.
///
/// A column's type is a number, bool, std::string, std::vector<std::byte>, UuidValue,
/// or of std::chrono a date (year_month_day, sys_days, local_days), a time (local_time,
/// sys_time) or a duration; std::vector of one is an array, std::optional of one may be
/// NULL. Apart from <revise/op.hpp>, so that only such units pay for the standard
/// library.

#pragma once

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <revise/cells.hpp>
#include <revise/operations.hpp>
#include <revise/uuid.hpp>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace revise {

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
    std::initializer_list<typename TableClause<T...>::Row> rows,
    const BulkInsertOptions& options) {
  std::vector<Value> values;
  for (const auto& row : rows) values.insert(values.end(), row.begin(), row.end());
  detail::insert_values(sink_, table.name(), table.schema(), table.columns(), values,
                        options);
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
void Operations::bulk_insert(const TableClause<T...>& table, const Range& rows,
                             const BulkInsertOptions& options) {
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
  detail::insert_values(sink_, table.name(), table.schema(), table.columns(), values,
                        options);
}

}  // namespace revise
