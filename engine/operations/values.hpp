/// Values of a unit as a database stores them.
///
/// What a type of <revise/data.hpp> counts is <revise/cells.hpp>'s business, and how a
/// date is written times.hpp's.

#pragma once

#include <optional>
#include <revise/value.hpp>
#include <string>
#include <string_view>

#include "engine/driver/connection.hpp"

namespace revise::operations {

/// As SQLAlchemy stores it in SQLite, or as PostgreSQL reads it. Throws UnitError on
/// what `dialect`, "sqlite" or "postgresql", has no such storage for.
driver::Value value_of(const Value& value, std::string_view dialect);

/// 16 bytes of 32 hexadecimal digits, dashes or none between them.
std::optional<std::string> parse_uuid(std::string_view text);
/// "01234567-89ab-cdef-0123-456789abcdef" of 16 bytes.
std::string uuid_text(std::string_view bytes);

/// Bytes as PostgreSQL's hex format has them, "\\x4142", and back.
std::string bytea_text(std::string_view bytes);
std::optional<std::string> parse_bytea(std::string_view text);

}  // namespace revise::operations
