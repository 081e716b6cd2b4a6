/// The departure rules that stand in files of their own, by what they speak of.

#pragma once

#include <span>

#include "tests/conformance/departures.hpp"

namespace revise::conformance {

/// Of graphs that are none: repeated ids, absent references, cycles.
std::span<const Departure> graph_rules();

/// Of what lies between the two ends of a range.
std::span<const Departure> range_rules();

/// Of `stamp`.
std::span<const Departure> stamp_rules();

}  // namespace revise::conformance
