/// The departure rules of `stamp`.

#pragma once

#include <span>

#include "tests/conformance/departures.hpp"

namespace revise::conformance {

std::span<const Departure> stamp_rules();

}  // namespace revise::conformance
