/// When a name has to be quoted: SQLAlchemy's rules (IdentifierPreparer), so that the
/// SQL is the one that Alembic prints.

#pragma once

#include <span>
#include <string>
#include <string_view>

namespace revise::dialects {

/// Whether `name` is reserved, not all lower case, or holds more than letters, digits,
/// `_` and `$`. `reserved` is in lower case, sorted.
bool needs_quotes(std::string_view name, std::span<const std::string_view> reserved);

/// `name` between double quotes, those in it doubled.
std::string double_quoted(std::string_view name);

/// `text` between single quotes, those in it doubled.
std::string single_quoted(std::string_view text);

/// Upper-case hex digits, two a byte.
std::string hex(std::string_view bytes);

/// The shortest digits that read back as `number`, with a point or an exponent.
std::string digits_of(double number);

}  // namespace revise::dialects
