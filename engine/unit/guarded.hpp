/// The edge of a unit: what it throws or breaks stays told and does no harm.

#pragma once

#include <functional>
#include <string>

namespace revise::unit {

/// Calls `function`. Errors of the engine pass through it; of whatever else it throws
/// the text alone leaves the unit, in a UnitError that names `path`. While it runs, a
/// crash is told by crash_notice.hpp. May be nested.
void run_guarded(const std::string& name, const std::string& path,
                 const std::function<void()>& function);

}  // namespace revise::unit
