/// The units of a run: built, loaded, and held against what the scanner read.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/commands/project.hpp"
#include "engine/migration/unit_source.hpp"
#include "engine/unit/abi.hpp"
#include "engine/unit/build.hpp"

namespace revise::commands {

/// How units are compiled, from the settings.
unit::BuildSettings build_settings(const Project& project);

/// What a build tells on a terminal, one line that is written over.
unit::BuildProgress build_progress(output::Console& console);

/// What the compiler is to be given for `ids`. Throws UnitError on one that is no C++
/// unit, and says what to do about it.
std::vector<unit::UnitSource> unit_sources(const Project& project,
                                           const std::vector<graph::RevisionId>& ids);

/// Throws UnitError, naming what differs, unless `unit` is the revision that `script`
/// was read as: then the two were made from different texts.
void check_compiled(const unit::LoadedUnit& unit, const script::Script& script);

/// Gives a run its units. `invocation` and `project` must outlive it.
class Units {
 public:
  Units(const Invocation& invocation, const Project& project)
      : invocation_(invocation), project_(project) {}

  /// For as long as this object lives.
  migration::UnitSource source();

 private:
  bool ready(const std::vector<graph::RevisionId>& ids) const;
  void prepare(const std::vector<graph::RevisionId>& ids);
  void take_from_bundle(const std::vector<graph::RevisionId>& ids);
  void build(const std::vector<graph::RevisionId>& ids);

  const Invocation& invocation_;
  const Project& project_;
  std::map<graph::RevisionId, unit::LoadedUnit, std::less<>> loaded_;
};

}  // namespace revise::commands
