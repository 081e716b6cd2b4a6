/// Whether an answer is what a case expects, by the rules of the vectors' format:
/// what is flagged as free may differ, all else is exact.

#pragma once

#include <string>

#include "tests/conformance/vectors.hpp"

namespace revise::conformance {

/// Why `given` is not what `asked` expects; empty: it is.
std::string mismatch(const GraphData& data, const Case& asked, const Json& given);

/// The ids of a list of ids, or of objects that have one.
std::vector<std::string> listed_ids(const Json& list);

}  // namespace revise::conformance
