#include "engine/dialects/sqlite/column_order.hpp"

#include <algorithm>
#include <utility>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/dialects/sqlite/table_edit.hpp"

namespace revise::sqlite {

namespace {

using Names = std::vector<std::string>;

std::size_t index_of(TableDraft& draft, const std::string& column) {
  column_at(draft, column);  // or an error
  const Names names = column_names(draft.after);
  const auto found =
      std::find_if(names.begin(), names.end(),
                   [&](const std::string& name) { return is_same_name(name, column); });
  return static_cast<std::size_t>(found - names.begin());
}

bool follows(const TableDraft& draft, const std::string& column,
             const std::string& leader) {
  return std::any_of(
      draft.followers.begin(), draft.followers.end(), [&](const auto& pair) {
        return is_same_name(pair.first, column) && is_same_name(pair.second, leader);
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

std::size_t place_of(TableDraft& draft, const std::string& column,
                     const std::string& before, const std::string& after) {
  const Names names = column_names(draft.after);
  if (after.empty() && before.empty()) return names.size();
  if (after.empty()) return index_of(draft, before);
  std::size_t place = index_of(draft, after) + 1;
  while (place < names.size() && follows(draft, names[place], after)) ++place;
  if (!before.empty()) {
    const std::size_t limit = index_of(draft, before);
    if (limit < index_of(draft, after) + 1) {
      throw UnitError("column " + quoted(column) + " cannot stand after " +
                      quoted(after) + " and before " + quoted(before));
    }
    place = std::min(place, limit);
  }
  draft.followers.emplace_back(column, after);
  return place;
}

void move_column(TableDraft& draft, const std::string& column,
                 const std::string& before, const std::string& after) {
  if (before.empty() && after.empty()) return;
  if (is_same_name(column, before) || is_same_name(column, after)) {
    throw UnitError("column " + quoted(column) + " cannot stand beside itself");
  }
  Names names = column_names(draft.after);
  const std::size_t from = index_of(draft, column);
  std::size_t to = place_of(draft, column, before, after);
  const std::string name = names[from];
  names.insert(names.begin() + static_cast<std::ptrdiff_t>(to), name);
  names.erase(names.begin() + static_cast<std::ptrdiff_t>(from < to ? from : from + 1));
  reorder_columns(draft.after, names);
}

void reorder(TableDraft& draft, const std::vector<Names>& rows) {
  if (rows.empty()) return;
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const Names& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string name = column_at(draft, row[i]).column()->name;
      if (i > 0) {
        pairs.emplace_back(column_at(draft, row[i - 1]).column()->name, name);
      }
    }
  }
  reorder_columns(draft.after, sorted(column_names(draft.after), pairs));
}

}  // namespace revise::sqlite
