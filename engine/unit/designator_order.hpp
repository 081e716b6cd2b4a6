/// A way out of GCC's complaint that designated initialisers stand out of order, or are
/// none of a struct's.

#pragma once

#include <string>
#include <string_view>

namespace revise::unit {

/// One line that gives the members of the option struct that the compiler's `output`
/// complains of in their order; empty when it complains of no struct of the engine.
/// `headers` is the folder of the public headers, where the order is read.
std::string designator_order_hint(std::string_view output, const std::string& headers);

}  // namespace revise::unit
