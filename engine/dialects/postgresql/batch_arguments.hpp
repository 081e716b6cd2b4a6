/// What batch_alter_table() itself is given besides the changes, for a table that is
/// made anew.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/dialects/dialect.hpp"

namespace revise::postgresql {

/// Throws UnitError or UnsupportedError on what cannot be done, `columns` being those
/// of the table `oid`: a `copy_from` with other columns, options that only a table's
/// creation takes, `reflect_args` for columns that take no default.
void check_arguments(const operations::BatchAlterTableOp& batch, std::int64_t oid,
                     const std::vector<std::string>& columns,
                     const dialects::Live& live);

/// Before the changes: columns become as `reflect_args` say.
void apply_overrides(const operations::BatchAlterTableOp& batch,
                     const dialects::Live& live);

/// After the changes: adds what `table_args` hold, but no check that is there already.
/// Throws UnitError on one that is there and says otherwise.
void apply_table_arguments(const operations::BatchAlterTableOp& batch, std::int64_t oid,
                           const dialects::Live& live);

}  // namespace revise::postgresql
