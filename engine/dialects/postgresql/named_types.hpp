/// Types that have a name of their own: enums and domains, as tables make them and as
/// operations do.

#pragma once

#include <string>
#include <vector>

#include "engine/dialects/dialect.hpp"

namespace revise::postgresql {

/// CREATE TYPE ... AS ENUM. Throws UnsupportedError on a value that is too long.
std::string create_enum_text(const dialects::Dialect& dialect,
                             const std::string& schema, const std::string& name,
                             const std::vector<std::string>& values);

/// A value as it stands in SQL. Throws UnsupportedError on one that is too long.
std::string enum_value(const std::string& value);

/// CREATE DOMAIN.
std::string create_domain_text(const dialects::Dialect& dialect,
                               const schema::DomainType& domain);

/// The same where there is none of that name. One that stands must have all of
/// `values`, else the database raises duplicate_object.
std::string ensure_enum_text(const dialects::Dialect& dialect,
                             const std::string& schema, const std::string& name,
                             const std::vector<std::string>& values);

/// What comes before a table with those columns: a CREATE for each type that they bring
/// along, once, in the order of the columns.
std::vector<std::string> types_made_with(const dialects::Dialect& dialect,
                                         const std::vector<schema::Column>& columns);

/// The same where such types may stand already.
std::vector<std::string> types_ensured_for(const dialects::Dialect& dialect,
                                           const std::vector<schema::Column>& columns);

/// Those types by name, as SQL has it, each once.
std::vector<std::string> names_of_types(const dialects::Dialect& dialect,
                                        const std::vector<schema::Column>& columns);

/// `columns` without types to bring along.
std::vector<schema::Column> without_types(std::vector<schema::Column> columns);

/// A DO block of `body`, which is PL/pgSQL.
std::string do_block(const std::string& body);

/// `text` between dollar quotes, with a tag that does not occur in it.
std::string dollar_quoted(const std::string& text);

}  // namespace revise::postgresql
