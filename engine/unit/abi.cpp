#include "engine/unit/abi.hpp"

#include <revise/unit.hpp>

#include "engine/core/error.hpp"
#include "engine/core/hash.hpp"
#include "engine/core/text.hpp"
#include "engine/unit/guarded.hpp"

namespace revise::unit {

namespace {

std::vector<std::string> texts_of(const RevisionIds& ids) {
  std::vector<std::string> texts;
  for (unsigned i = 0; i < ids.size(); ++i) texts.emplace_back(ids[i]);
  return texts;
}

}  // namespace

CompiledRevision compiled_revision(const LoadedUnit& unit) {
  const Revision& revision = *unit.entry->revision;
  return {revision.revision.c_str(), texts_of(revision.down_revision),
          texts_of(revision.branch_labels), texts_of(revision.depends_on)};
}

UnitFunction upgrade_of(const LoadedUnit& unit) {
  return [unit](Operations& op) {
    run_guarded(unit.name, unit.path, [&] { unit.entry->upgrade(op); });
  };
}

UnitFunction downgrade_of(const LoadedUnit& unit) {
  return [unit](Operations& op) {
    run_guarded(unit.name, unit.path, [&] { unit.entry->downgrade(op); });
  };
}

std::string entry_symbol(const std::string& name) {
  return "revise_unit_" + sha256(name).substr(0, 32);
}

void check_abi(const LoadedUnit& unit) {
  if (unit.entry->abi == kUnitAbi) return;
  throw UnitError("the unit " + quoted(unit.path) + " was compiled for unit ABI " +
                      std::to_string(unit.entry->abi) + ", and this revise has " +
                      std::to_string(kUnitAbi) +
                      "; compile it against the headers of this revise",
                  unit.path);
}

}  // namespace revise::unit
