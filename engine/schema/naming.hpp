/// Names for constraints and indexes that were given none, by a naming convention.
///
/// The rules are SQLAlchemy's (sql/naming.py of 2.0); which convention holds is settled
/// by whoever calls.

#pragma once

#include <cstddef>
#include <string>

#include "engine/schema/table.hpp"

namespace revise::schema {

struct Naming {
  /// Keys "ix", "uq", "ck", "fk", "pk"; templates with %(token)s. An index that is
  /// asked for by its column is named in any case.
  NamedValues convention = {};
  std::size_t max_bytes = 0;  ///< longer names are cut, as SQLAlchemy does; 0: any
};

/// Throws UnitError on a key or a token that there is not.
void check_convention(const NamedValues& convention);

/// Names what has no name yet and what the convention renames: of the table's
/// constraints and indexes, of its columns, and of their types' checks. Throws
/// UnitError on a convention that needs a given name where there is none.
void apply_naming(Table& table, const Naming& naming);

/// The same for one constraint or index of `table`, of which no more need be known than
/// its name and schema.
void apply_naming(Constraint& constraint, const Table& table, const Naming& naming);
void apply_naming(Index& index, const Table& table, const Naming& naming);

/// The name under which a constraint or index that is to be dropped goes; `kind` is a
/// key of the convention.
std::string name_by_convention(const std::string& name, const char* kind,
                               const Table& table, const Naming& naming);

}  // namespace revise::schema
