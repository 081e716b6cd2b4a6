/// The table of current heads as it stands in a database.
///
/// Which rows should follow is the graph's business, how a statement is spelt the
/// dialect's.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/dialects/version_statements.hpp"
#include "engine/driver/connection.hpp"
#include "engine/graph/version_rows.hpp"
#include "engine/migration/settings.hpp"

namespace revise::migration {

/// The version table, found once, and its rows.
struct VersionState {
  bool exists = false;
  std::string schema = {};        ///< where it is, or would be created
  std::optional<int> width = {};  ///< of version_num, in characters; absent: unlimited
  graph::Rows rows = {};          ///< sorted
};

/// The ids that a SELECT of version_num gave. Throws DatabaseError on one that is no
/// text.
graph::Rows rows_of(const driver::Result& result);

/// Throws DatabaseError, with the ALTER that helps, when an id of `ids` is longer than
/// the column of `state`.
void check_width(const VersionState& state, const dialects::VersionTable& table,
                 const dialects::Dialect& dialect,
                 const std::vector<graph::RevisionId>& ids);

/// For commands that only report: applies `settings` and reads. Throws DatabaseError.
VersionState read_current(driver::Connection& connection, const Settings& settings);

}  // namespace revise::migration
