/// Tells a revision that nobody asked for, but that the version table holds, apart from
/// one that the command line named.

#pragma once

#include <utility>

#include "engine/core/error.hpp"
#include "engine/graph/version_rows.hpp"

namespace revise::commands {

/// Where `error` is about one of `rows` that no unit declares, adds that it is, and the
/// way out.
void tell_unknown_row(RevisionError& error, const graph::RevisionMap& map,
                      const graph::Rows& rows);

/// What `function` returns, which asks `map` about `rows`.
template <typename Function>
auto with_known_rows(const graph::RevisionMap& map, const graph::Rows& rows,
                     Function&& function) {
  try {
    return std::forward<Function>(function)();
  } catch (RevisionError& error) {
    tell_unknown_row(error, map, rows);
    throw;
  }
}

}  // namespace revise::commands
