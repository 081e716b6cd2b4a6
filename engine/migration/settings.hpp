/// How a run is to behave, as plain values. Where they are set is engine/config's
/// business.

#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "engine/dialects/version_statements.hpp"
#include "engine/schema/naming.hpp"

namespace revise::migration {

/// What a session is set to, again before each step. Absent: the server's own.
struct SessionSettings {
  std::string role = {};                      ///< PostgreSQL
  std::vector<std::string> search_path = {};  ///< PostgreSQL; names, unquoted
  std::optional<std::chrono::milliseconds> statement_timeout = {};  ///< PostgreSQL
  std::optional<std::chrono::milliseconds> lock_timeout = {};       ///< PostgreSQL
  std::optional<bool> foreign_keys = {};  ///< SQLite; absent: off while a run lasts
};

enum class Transactions {
  PerRun,   ///< all steps or none
  PerStep,  ///< transaction_per_migration: what ran before a failure stays
};

enum class Locking {
  Session,  ///< two runs never interleave
  /// The setting lock = transaction: the same of two transactions, with nothing but the
  /// version table; between its own, a run notices another by the rows.
  Transaction,
  None,  ///< the setting lock = false: somebody else sees to that
};

enum class VersionSchema {
  MustExist,       ///< but for a schema that the first step creates
  CreateIfAbsent,  ///< create_version_schema = true
};

struct Settings {
  schema::NamedValues naming_convention = {};  ///< checked
  dialects::VersionTable version_table = {};
  VersionSchema version_schema = VersionSchema::MustExist;
  SessionSettings session = {};
  Transactions transactions = Transactions::PerRun;
  Locking locking = Locking::Session;
  std::chrono::milliseconds wait_lock = std::chrono::seconds(600);  ///< 0: do not wait
};

/// How a run names what has no name.
schema::Naming naming_of(const Settings& settings, const dialects::Dialect& dialect);

}  // namespace revise::migration
