#include "engine/migration/version_table.hpp"

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/core/log.hpp"
#include "engine/core/text.hpp"
#include "engine/migration/session.hpp"

namespace revise::migration {

namespace {

// In characters, as the database counts.
std::size_t length_of(std::string_view id) {
  std::size_t length = 0;
  for (const char c : id) length += (c & 0xc0) != 0x80;
  return length;
}

}  // namespace

void check_width(const VersionState& state, const dialects::VersionTable& table,
                 const dialects::Dialect& dialect,
                 const std::vector<graph::RevisionId>& ids) {
  if (!state.width) return;
  const graph::RevisionId* longest = nullptr;
  for (const auto& id : ids) {
    if (!longest || length_of(id) > length_of(*longest)) longest = &id;
  }
  if (!longest || length_of(*longest) <= static_cast<std::size_t>(*state.width)) return;
  const std::string widen =
      dialects::widen_version(dialect, table, static_cast<int>(length_of(*longest)));
  DatabaseError error("revision " + quoted(*longest) + " is " +
                      std::to_string(length_of(*longest)) + " characters long, and " +
                      table.name + ".version_num holds " +
                      std::to_string(*state.width));
  if (!widen.empty()) error.add_note("run this first: " + widen + ";");
  throw error;
}

graph::Rows rows_of(const driver::Result& result) {
  graph::Rows rows;
  rows.reserve(result.rows.size());
  for (const auto& row : result.rows) {
    const auto* id = std::get_if<std::string>(&row.front());
    if (id == nullptr) {
      throw DatabaseError("the version table holds a value that is no text");
    }
    rows.push_back(*id);
  }
  // By bytes, whatever order the database's collation has.
  std::sort(rows.begin(), rows.end());
  return rows;
}

VersionState read_current(driver::Connection& connection, const Settings& settings) {
  const auto session = open_session(connection, settings);
  auto state = session->read();
  // The first step may create it.
  if (const auto fault = session->schema_fault(); !fault.empty()) {
    log::warning("alembic.runtime.migration", fault);
  }
  return state;
}

}  // namespace revise::migration
