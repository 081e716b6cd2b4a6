/// The changes of a batch in the order in which they are made, with names as they are
/// at that point.
///
/// Whether a table has to be made anew is the dialects' business.

#pragma once

#include <cstddef>
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

/// The changes in the order in which they were asked for, renames parted from the rest,
/// for a database that tells names apart by their case.
std::vector<operations::BatchChange> ordered_changes(
    const operations::BatchAlterTableOp& batch);

/// The same as operations by themselves, for a database that makes them in place.
/// Throws UnitError with Alembic's words on insert_before and insert_after, and on
/// options of PostgreSQL in table_kwargs, which have no effect on a table as it is.
std::vector<operations::Operation> plain_operations(
    const operations::BatchAlterTableOp& batch);

/// Throws UnitError with Alembic's words when a change has a place that ALTER cannot
/// give it.
void refuse_places(const operations::BatchAlterTableOp& batch);

/// Alembic's name for a new table while the old one is there: 50 characters at most,
/// and no more than `max_bytes` (0: any number).
std::string temporary_name(const std::string& table, std::size_t max_bytes);

/// Throws DatabaseError: there is a table of that name already.
[[noreturn]] void refuse_leftover(const std::string& temporary_name,
                                  const std::string& table);

}  // namespace revise::dialects
