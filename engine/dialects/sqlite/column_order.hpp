/// Where columns stand in a table that is made anew.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/dialects/sqlite/table_draft.hpp"

namespace revise::sqlite {

/// The place of a new column among the columns, counted from 0: behind the last, unless
/// told otherwise. Of several that follow one column, the first asked for comes first.
/// Throws UnitError on a column that there is not, and on places that contradict.
std::size_t place_of(TableDraft& draft, const std::string& column,
                     const std::string& before, const std::string& after);

/// Puts a column that there is before or behind another; neither told: it stays.
void move_column(TableDraft& draft, const std::string& column,
                 const std::string& before, const std::string& after);

/// Alembic's partial_reordering: in a row each column stands before the next.
/// Throws UnitError on a column that there is not, and on a circle.
void reorder(TableDraft& draft, const std::vector<std::vector<std::string>>& rows);

}  // namespace revise::sqlite
