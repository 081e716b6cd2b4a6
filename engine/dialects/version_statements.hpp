/// The statements on the version table, as Alembic prints them.

#pragma once

#include <string>
#include <string_view>

#include "engine/dialects/dialect.hpp"

namespace revise::dialects {

/// Which table holds the rows, and how wide its column is made.
struct VersionTable {
  std::string name = "alembic_version";
  std::string schema = {};  ///< empty: the default one
  int length = 32;          ///< of version_num
  bool primary_key = true;
};

/// CREATE TABLE, over several lines, without a final newline.
std::string create_version_table(const Dialect& dialect, const VersionTable& table);
std::string drop_version_table(const Dialect& dialect, const VersionTable& table);
std::string insert_version(const Dialect& dialect, const VersionTable& table,
                           std::string_view id);
std::string update_version(const Dialect& dialect, const VersionTable& table,
                           std::string_view from, std::string_view to);
std::string delete_version(const Dialect& dialect, const VersionTable& table,
                           std::string_view id);

/// All rows of version_num, sorted.
std::string select_versions(const Dialect& dialect, const VersionTable& table);

/// Yields one row of one integer: the width of version_num in characters; no row where
/// it has none. Empty where the database does not hold a column to its width.
std::string select_version_width(const Dialect& dialect, const VersionTable& table);

/// What widens version_num to `length`, for a person to run. Empty where the database
/// does not hold a column to its width.
std::string widen_version(const Dialect& dialect, const VersionTable& table,
                          int length);

}  // namespace revise::dialects
