/// Handles of types and what they stand for: what types.cpp and postgresql_types.cpp
/// share.

#pragma once

#include <optional>
#include <revise/postgresql.hpp>

#include "engine/schema/table.hpp"

namespace revise::operations {

/// Kept in the arena.
Type handle_of(schema::Type type);

/// A length or precision. Throws UnitError on one that no type can have.
std::optional<int> number_of(Count count);

/// The type that PostgreSQL's own word `word` stands for, bare; none for other words.
std::optional<schema::Type> postgresql_type_of(detail::TypeWord word);

/// Throws UnitError on a default that no domain can have.
schema::DomainType domain_of(Characters name, Type data_type,
                             const postgresql::DomainOptions& options);

/// An Enum that takes the schema of its table, and names none, gets it.
void inherit_schema(schema::Column& column, const std::string& schema);

}  // namespace revise::operations
