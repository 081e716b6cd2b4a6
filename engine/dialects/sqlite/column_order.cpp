#include "engine/dialects/sqlite/column_order.hpp"

#include <utility>

#include "engine/dialects/column_order.hpp"
#include "engine/dialects/sqlite/table_edit.hpp"

namespace revise::sqlite {

namespace {

dialects::ColumnOrder order_of(const TableDraft& draft) {
  return {.table = draft.table,
          .names = column_names(draft.after),
          .followers = draft.followers,
          .is_same = is_same_name};
}

}  // namespace

std::size_t place_of(TableDraft& draft, const std::string& column,
                     const std::string& before, const std::string& after) {
  auto order = order_of(draft);
  const std::size_t place = dialects::place_of(order, column, before, after);
  draft.followers = std::move(order.followers);
  return place;
}

void move_column(TableDraft& draft, const std::string& column,
                 const std::string& before, const std::string& after) {
  if (before.empty() && after.empty()) return;
  auto order = order_of(draft);
  dialects::move_column(order, column, before, after);
  draft.followers = std::move(order.followers);
  reorder_columns(draft.after, order.names);
}

void reorder(TableDraft& draft, const std::vector<std::vector<std::string>>& rows) {
  if (rows.empty()) return;
  auto order = order_of(draft);
  dialects::reorder(order, rows);
  reorder_columns(draft.after, order.names);
}

}  // namespace revise::sqlite
