/// The changes of a batch in the order in which they are made, with names as they are
/// at that point.
///
/// Whether a table has to be made anew is the dialects' business.

#pragma once

#include <string>
#include <vector>

#include "engine/operations/operation.hpp"

namespace revise::dialects {

/// Changes that can be made at once.
struct Stage {
  enum class Kind {
    Rename,     ///< one column gets another name, and nothing else
    Edit,       ///< of the table's structure
    Statement,  ///< one execute() of the unit
  };
  Kind kind;
  std::vector<operations::BatchChange> changes = {};
};

/// Which names of columns a database takes for one.
enum class NameCase {
  Exact,   ///< those that are spelt alike: PostgreSQL, where names are quoted as needed
  Folded,  ///< those that differ in the case of letters too: SQLite
};

/// The changes of `batch` in stages. Renames are parted from what else an alter_column
/// asks for, and come as early as the changes before them allow, so that there are few
/// stages. A column's old name stands for its new one, while no other has it.
std::vector<Stage> plan_batch(const operations::BatchAlterTableOp& batch,
                              NameCase name_case = NameCase::Exact);

/// The names in partial_reordering, which is followed after all changes.
std::vector<std::vector<std::string>> final_order(
    const operations::BatchAlterTableOp& batch, NameCase name_case = NameCase::Exact);

/// The changes as operations by themselves, for a database that makes them in place,
/// and tells names apart by their case.
/// Throws UnitError with Alembic's words on insert_before and insert_after, and on
/// options of PostgreSQL in table_kwargs, which have no effect on a table as it is, and
/// UnsupportedError on recreate = "always".
std::vector<operations::Operation> plain_operations(
    const operations::BatchAlterTableOp& batch);

/// Throws UnitError with Alembic's words when a change has a place that ALTER cannot
/// give it.
void refuse_places(const operations::BatchAlterTableOp& batch);

}  // namespace revise::dialects
