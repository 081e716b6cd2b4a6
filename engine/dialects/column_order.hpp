/// The order of a table's columns while a batch changes it.
///
/// What a column is, and how a table gets another order, is the dialects' business.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace revise::dialects {

struct ColumnOrder {
  std::string table;  ///< for messages
  std::vector<std::string> names;
  /// New columns, each with the one that it was asked to follow.
  std::vector<std::pair<std::string, std::string>> followers = {};
  /// Whether two names mean the same column.
  bool (*is_same)(std::string_view, std::string_view);
};

/// Whether there is a column of that name.
bool has_column(const ColumnOrder& order, const std::string& column);

/// The column's place. Throws UnitError when the table has it not.
std::size_t index_of(const ColumnOrder& order, const std::string& column);

/// Where a new column goes that is to stand before one, after another, or both; empty
/// for not asked. Several that ask to follow the same one stand in the order in which
/// they came. Throws UnitError on a column that there is not, and on a place that
/// cannot be.
std::size_t place_of(ColumnOrder& order, const std::string& column,
                     const std::string& before, const std::string& after);

/// Moves a column to where place_of() says; with neither told it stays.
void move_column(ColumnOrder& order, const std::string& column,
                 const std::string& before, const std::string& after);

/// The columns as `rows` (partial_reordering) want them; none: as they are. Throws
/// UnitError on a column that there is not, and on rows that go round in a circle.
void reorder(ColumnOrder& order, const std::vector<std::vector<std::string>>& rows);

}  // namespace revise::dialects
