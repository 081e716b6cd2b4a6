/// The arguments of a function as CREATE has them and as DROP does.

#pragma once

#include <string>
#include <string_view>

namespace revise::operations {

/// "a integer, b text DEFAULT 'x'" -> "a integer, b text". Of names, literals, comments
/// and brackets only as much is understood as that takes.
std::string without_defaults(std::string_view arguments);

}  // namespace revise::operations
