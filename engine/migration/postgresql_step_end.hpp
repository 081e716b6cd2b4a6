/// What ends a step on PostgreSQL: the settings that the engine owns are put back, and
/// the version rows changed.
///
/// When a step ends is the runner's business; when statements are sent the session's.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/dialects/dialect.hpp"
#include "engine/dialects/version_statements.hpp"
#include "engine/driver/connection.hpp"
#include "engine/graph/version_rows.hpp"
#include "engine/migration/postgresql_settings.hpp"

namespace revise::migration {

class PostgresqlStepEnd {
 public:
  /// Both must outlive it.
  PostgresqlStepEnd(const dialects::Dialect& dialect,
                    const dialects::VersionTable& table);

  /// Columns that read what the settings are now, each after a comma.
  static std::string columns();
  /// Takes those columns, which begin at `first`, for what is put back from now on.
  void capture(const driver::Result& result, std::size_t first);
  bool is_captured() const { return !values_.empty(); }

  /// A SELECT that puts back whatever differs. Needs capture().
  std::string put_back_sql(Hold hold) const;

  /// The settings put back, and one row: pg_current_xact_id(), how many rows each of
  /// `changes` met. Prepares what each step needs, unless the session is `shared` by a
  /// pooler.
  enum class SessionUse { Own, Shared };
  std::string sql(const graph::RowChanges& changes, SessionUse use);

  /// What sql() prepared may be gone, or not: from now on it does without.
  void doubt_prepared() { is_doubted_ = true; }

 private:
  std::string prepared_sql(const graph::RowChange& change);
  std::string plain_sql(const graph::RowChanges& changes) const;
  std::string literal(std::string_view text) const;

  const dialects::Dialect& dialect_;
  const dialects::VersionTable& table_;
  std::vector<std::string> values_;
  bool is_prepared_ = false;
  bool is_doubted_ = false;
};

}  // namespace revise::migration
