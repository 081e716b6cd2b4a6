/// Where the engine departs from Alembic on purpose: one table of rules.
///
/// A rule is computed from graph and input, never from a case's name or place, and
/// says what is demanded instead, checked by brute force.

#pragma once

#include <span>
#include <string>

#include "tests/conformance/oracle.hpp"
#include "tests/conformance/vectors.hpp"

namespace revise::conformance {

/// A case, what brute force knows of its graph, and what the engine answered.
struct Judged {
  const GraphData& data;
  const Oracle& oracle;
  const Case& asked;
  const Json& given;
};

/// Whether a rule speaks of graphs that are none, too.
enum class Needs { SoundGraph, AnyGraph };

struct Departure {
  const char* name;
  bool (*applies)(const Judged& judged);
  /// Why `given` is not what the rule demands; empty: it is.
  std::string (*fault)(const Judged& judged);
  Needs needs = Needs::SoundGraph;
};

/// In the order in which they are tried; the first that applies is the case's rule.
std::span<const Departure> departures();

}  // namespace revise::conformance
