/// Clauses of operations on what is no table, read from a unit's options.

#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <revise/operations.hpp>
#include <string>
#include <string_view>

#include "engine/operations/object_operation.hpp"

namespace revise::operations {

/// `given` in upper case, or nothing where it is not set. Throws UnitError on a word
/// that is not among `words`, which are in lower case: "'timing' is before or after".
std::string word_among(Characters given, std::initializer_list<std::string_view> words,
                       const char* member);

/// The kind that a unit names, such as "materialized view". Throws UnitError.
ObjectKind object_kind_of(Characters word);

/// SQL that an operation cannot do without. Throws UnitError: "`what` needs ...".
std::string required_text(Characters text, const char* what);

std::optional<std::int64_t> whole_number_of(Count count);

/// `name` in `schema`.
ObjectName object_of(ObjectKind kind, Characters name, Characters schema = {});

}  // namespace revise::operations
