/// The row of each command; what it does stands in the file of its name.

#pragma once

#include "engine/commands/command.hpp"

namespace revise::commands {

extern const Command kBranches;
extern const Command kBuild;
extern const Command kBundle;
extern const Command kCurrent;
extern const Command kDowngrade;
extern const Command kEdit;
extern const Command kEnsureVersion;
extern const Command kGraph;
extern const Command kHeads;
extern const Command kHistory;
extern const Command kInit;
extern const Command kListTemplates;
extern const Command kMerge;
extern const Command kRevision;
extern const Command kShow;
extern const Command kStamp;
extern const Command kUpgrade;

}  // namespace revise::commands
