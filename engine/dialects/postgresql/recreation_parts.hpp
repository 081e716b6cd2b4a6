/// The catalog's own account of a table, as queries that yield the statements which
/// make it anew.
///
/// Putting them together and running them is recreation's business.

#pragma once

#include <span>

namespace revise::postgresql {

/// A query of `place` and `statement`; it may name what kRecreatedTable defines.
struct RecreationPart {
  const char* sql;
  int since;   ///< server_version_num of the first release that has it
  int before;  ///< and of the first that has not
};

constexpr int kNoRelease = 1000000;
constexpr RecreationPart always(const char* sql) { return {sql, 0, kNoRelease}; }
constexpr RecreationPart since(int release, const char* sql) {
  return {sql, release, kNoRelease};
}
constexpr RecreationPart before(int release, const char* sql) {
  return {sql, 0, release};
}

/// What the parts select from, behind a `given` of one row: oid, fresh_name (of the new
/// table, unquoted), columns (text[], in the order wanted), method, tablespace (empty:
/// as they are).
extern const char* const kRecreatedTable;

/// In the order in which the statements are to run. Names in them are full where the
/// search path is empty.
std::span<const RecreationPart> table_parts();
std::span<const RecreationPart> object_parts();
std::span<const RecreationPart> closing_parts();

}  // namespace revise::postgresql
