#include "engine/commands/known_rows.hpp"

#include <algorithm>

#include "engine/core/text.hpp"

namespace revise::commands {

void tell_unknown_row(RevisionError& error, const graph::RevisionMap& map,
                      const graph::Rows& rows) {
  const auto row = std::find(rows.begin(), rows.end(), error.argument());
  if (row == rows.end() || map.find(*row) != nullptr) return;
  error.add_note("the version table holds " + quoted(*row) +
                 ", and no unit declares it; get that unit back, or tell where the "
                 "database stands with 'revise stamp --purge REVISION'");
}

}  // namespace revise::commands
