/// From the elements that a unit wrote to a table value.

#pragma once

#include <revise/schema.hpp>
#include <string>
#include <vector>

#include "engine/schema/table.hpp"

namespace revise::operations {

/// Puts each element in its place; columns of an explicit primary key become NOT NULL.
/// Throws UnitError on a column given twice, on a constraint on
/// a column that the table has not, and on two primary keys.
schema::Table table_of(std::string name,
                       const std::vector<const detail::Element*>& elements);

}  // namespace revise::operations
