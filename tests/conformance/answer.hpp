/// What the engine says to a case, in the shape of the vectors' `expect`.
///
/// Whether it is right is match.hpp's business.

#pragma once

#include "tests/conformance/vectors.hpp"

namespace revise::conformance {

/// The engine's answer to `asked`, an `error` included; never throws for one.
Json answer(const GraphData& data, const Case& asked);

}  // namespace revise::conformance
