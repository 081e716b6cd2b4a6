#include "engine/dialects/column_order.hpp"

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace revise::dialects {

namespace {

using Names = std::vector<std::string>;

Names::const_iterator find(const ColumnOrder& order, const std::string& column) {
  return std::find_if(
      order.names.begin(), order.names.end(),
      [&](const std::string& name) { return order.is_same(name, column); });
}

bool follows(const ColumnOrder& order, const std::string& column,
             const std::string& leader) {
  return std::any_of(
      order.followers.begin(), order.followers.end(), [&](const auto& pair) {
        return order.is_same(pair.first, column) && order.is_same(pair.second, leader);
      });
}

// The level by level sort of SQLAlchemy (util/topological.py), so that the order is the
// one that Alembic gives.
Names sorted(Names names,
             const std::vector<std::pair<std::string, std::string>>& pairs) {
  Names order;
  while (!names.empty()) {
    Names level;
    for (const std::string& name : names) {
      const bool waits = std::any_of(pairs.begin(), pairs.end(), [&](const auto& pair) {
        return pair.second == name &&
               std::find(names.begin(), names.end(), pair.first) != names.end();
      });
      if (!waits) level.push_back(name);
    }
    if (level.empty()) {
      throw UnitError("the order asked for goes round in a circle: " +
                      join(names, ", "));
    }
    for (const std::string& name : level) {
      order.push_back(name);
      names.erase(std::find(names.begin(), names.end(), name));
    }
  }
  return order;
}

}  // namespace

bool has_column(const ColumnOrder& order, const std::string& column) {
  return find(order, column) != order.names.end();
}

std::size_t index_of(const ColumnOrder& order, const std::string& column) {
  const auto found = find(order, column);
  if (found == order.names.end()) {
    throw UnitError("table " + quoted(order.table) + " has no column " +
                    quoted(column));
  }
  return static_cast<std::size_t>(found - order.names.begin());
}

std::size_t place_of(ColumnOrder& order, const std::string& column,
                     const std::string& before, const std::string& after) {
  const Names& names = order.names;
  if (after.empty() && before.empty()) return names.size();
  if (after.empty()) return index_of(order, before);
  std::size_t place = index_of(order, after) + 1;
  while (place < names.size() && follows(order, names[place], after)) ++place;
  if (!before.empty()) {
    const std::size_t limit = index_of(order, before);
    if (limit < index_of(order, after) + 1) {
      throw UnitError("column " + quoted(column) + " cannot stand after " +
                      quoted(after) + " and before " + quoted(before));
    }
    place = std::min(place, limit);
  }
  order.followers.emplace_back(column, after);
  return place;
}

void move_column(ColumnOrder& order, const std::string& column,
                 const std::string& before, const std::string& after) {
  if (before.empty() && after.empty()) return;
  if (order.is_same(column, before) || order.is_same(column, after)) {
    throw UnitError("column " + quoted(column) + " cannot stand beside itself");
  }
  const std::size_t from = index_of(order, column);
  const std::size_t to = place_of(order, column, before, after);
  Names& names = order.names;
  const std::string name = names[from];
  names.insert(names.begin() + static_cast<std::ptrdiff_t>(to), name);
  names.erase(names.begin() + static_cast<std::ptrdiff_t>(from < to ? from : from + 1));
}

void reorder(ColumnOrder& order, const std::vector<Names>& rows) {
  if (rows.empty()) return;
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const Names& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string& name = order.names[index_of(order, row[i])];
      if (i > 0) pairs.emplace_back(order.names[index_of(order, row[i - 1])], name);
    }
  }
  order.names = sorted(order.names, pairs);
}

}  // namespace revise::dialects
