/// Tables, columns, constraints and indexes as plain values.
///
/// Names are unquoted; an empty name is none, an empty `schema` the default one. How
/// they are spelt as SQL is the dialects' business.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/schema/type.hpp"

namespace revise::schema {

/// What an index, a constraint or an EXCLUDE is on: a column's name or an expression.
using IndexElement = std::variant<std::string, Sql>;

/// Names with a value each, in the order written.
using NamedValues = std::vector<std::pair<std::string, std::string>>;

struct Identity {
  bool always = false;
  bool on_null = false;
  std::optional<std::int64_t> start = {};
  std::optional<std::int64_t> increment = {};
  std::optional<std::int64_t> minvalue = {};
  std::optional<std::int64_t> maxvalue = {};
  bool nominvalue = false;
  bool nomaxvalue = false;
  std::optional<bool> cycle = {};
  std::optional<std::int64_t> cache = {};
  std::optional<bool> order = {};
  bool operator==(const Identity&) const = default;
};

struct Computed {
  std::string sqltext = {};
  std::optional<bool> persisted = {};  ///< none: as the database likes
  bool operator==(const Computed&) const = default;
};

/// What a column takes when it is told nothing: SQLAlchemy counts all four among the
/// server defaults.
using GeneratedDefault = std::variant<Literal, Sql, Identity, Computed>;

/// When a constraint is checked.
struct Deferral {
  std::optional<bool> deferrable = {};
  std::string initially = {};  ///< "DEFERRED" or "IMMEDIATE"
};

struct ForeignKeyConstraint {
  std::string name = {};
  bool name_is_final = false;  ///< no naming convention changes it
  std::vector<std::string> columns = {};
  std::string referent_schema = {};
  std::string referent_table = {};
  std::vector<std::string> referent_columns = {};
  std::string onupdate = {};
  std::string ondelete = {};
  Deferral deferral = {};
  std::string match = {};
  bool postgresql_not_valid = false;
};

struct PrimaryKeyConstraint {
  std::string name = {};
  bool name_is_final = false;
  std::vector<std::string> columns = {};
  Deferral deferral = {};
  std::vector<std::string> postgresql_include = {};
  std::string sqlite_on_conflict = {};
};

struct UniqueConstraint {
  std::string name = {};
  bool name_is_final = false;
  std::vector<std::string> columns = {};
  Deferral deferral = {};
  std::vector<std::string> postgresql_include = {};
  bool postgresql_nulls_not_distinct = false;
  std::string sqlite_on_conflict = {};
};

struct CheckConstraint {
  std::string name = {};
  bool name_is_final = false;
  std::string sqltext = {};
  Deferral deferral = {};
  bool postgresql_not_valid = false;
  std::string sqlite_on_conflict = {};
};

/// EXCLUDE; PostgreSQL alone has such.
struct ExcludeConstraint {
  struct Element {
    IndexElement column;
    std::string op;
  };
  std::string name = {};
  bool name_is_final = false;
  std::vector<Element> elements = {};
  Deferral deferral = {};
  std::string using_ = {};  ///< empty: gist
  std::string where = {};
  NamedValues ops = {};  ///< operator classes of columns
};

using Constraint = std::variant<PrimaryKeyConstraint, UniqueConstraint, CheckConstraint,
                                ForeignKeyConstraint, ExcludeConstraint>;

struct Index {
  std::string name = {};
  bool name_is_final = false;
  std::vector<IndexElement> elements = {};
  bool unique = false;
  std::optional<bool> quote = {};
  bool postgresql_concurrently = false;
  std::vector<std::string> postgresql_include = {};
  bool postgresql_nulls_not_distinct = false;
  NamedValues postgresql_ops = {};  ///< operator classes of columns
  std::string postgresql_tablespace = {};
  std::string postgresql_using = {};
  std::string postgresql_where = {};
  NamedValues postgresql_with = {};  ///< storage parameters
  std::string sqlite_where = {};
};

struct Column {
  std::string name = {};
  Type type = IntegerType{};
  bool nullable = true;
  bool nullable_is_told = false;  ///< a primary key leaves it as it was told
  bool primary_key = false;
  std::optional<bool> autoincrement = {};  ///< none: SQLAlchemy's "auto"
  bool index = false;
  std::string index_name = {};  ///< of the index asked for; empty: SQLAlchemy's own
  bool unique = false;
  std::string unique_name = {};      ///< of the constraint asked for; empty: none
  std::string type_check_name = {};  ///< of the type's CHECK; empty: the type's name
  std::optional<bool> quote = {};    ///< none: where the name needs it
  std::optional<ServerDefault> server_default = {};
  std::optional<Computed> computed = {};
  std::optional<Identity> identity = {};
  std::string comment = {};
  std::vector<ForeignKeyConstraint> foreign_keys = {};  ///< of this column alone
  std::vector<CheckConstraint> checks = {};
  std::string sqlite_on_conflict_not_null = {};
  std::string sqlite_on_conflict_primary_key = {};
  std::string sqlite_on_conflict_unique = {};
};

/// What only one database has for a table.
struct TableOptions {
  std::vector<std::string> prefixes = {};  ///< after CREATE, such as TEMPORARY
  std::vector<std::string> postgresql_inherits = {};
  std::string postgresql_on_commit = {};
  std::string postgresql_partition_by = {};
  std::string postgresql_tablespace = {};
  std::string postgresql_using = {};
  std::optional<bool> sqlite_autoincrement = {};
  std::optional<bool> sqlite_strict = {};
  std::optional<bool> sqlite_with_rowid = {};

  bool operator==(const TableOptions&) const = default;
};

struct Table {
  std::string name = {};
  std::string schema = {};
  std::vector<Column> columns = {};
  std::vector<Constraint> constraints = {};  ///< in the order written
  std::vector<Index> indexes = {};
  std::string comment = {};
  TableOptions options = {};
};

/// The primary key written out, or made of the columns that say so; without columns:
/// none.
PrimaryKeyConstraint primary_key_of(const Table& table);

}  // namespace revise::schema
