#include "engine/unit/abi.hpp"

#include <cxxabi.h>

#include <cstdlib>
#include <memory>
#include <revise/unit.hpp>
#include <typeinfo>

#include "engine/core/error.hpp"
#include "engine/core/hash.hpp"
#include "engine/core/text.hpp"
#include "engine/unit/crash_notice.hpp"

namespace revise::unit {

namespace {

std::vector<std::string> texts_of(const RevisionIds& ids) {
  std::vector<std::string> texts;
  for (unsigned i = 0; i < ids.size(); ++i) texts.emplace_back(ids[i]);
  return texts;
}

std::string name_of_current_exception() {
  const std::type_info* type = abi::__cxa_current_exception_type();
  if (type == nullptr) return "something unknown";
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(type->name(), nullptr, nullptr, &status), &std::free);
  return name ? name.get() : type->name();
}

[[noreturn]] void refuse_exception(const LoadedUnit& unit, const std::string& text) {
  throw UnitError("the unit " + quoted(unit.path) + " threw " +
                      name_of_current_exception() + (text.empty() ? "" : ": " + text),
                  unit.path);
}

// Of an exception that is not the engine's only the text leaves the unit.
void run_function(const LoadedUnit& unit, void (*function)(Operations&),
                  Operations& operations) {
  const CrashNotice notice(unit.name, unit.path);
  try {
    function(operations);
  } catch (const Error&) {
    throw;
  } catch (const std::exception& exception) {
    refuse_exception(unit, exception.what());
  } catch (...) {
    refuse_exception(unit, {});
  }
}

}  // namespace

CompiledRevision compiled_revision(const LoadedUnit& unit) {
  const Revision& revision = *unit.entry->revision;
  return {revision.revision.c_str(), texts_of(revision.down_revision),
          texts_of(revision.branch_labels), texts_of(revision.depends_on)};
}

UnitFunction upgrade_of(const LoadedUnit& unit) {
  return [unit](Operations& op) { run_function(unit, unit.entry->upgrade, op); };
}

UnitFunction downgrade_of(const LoadedUnit& unit) {
  return [unit](Operations& op) { run_function(unit, unit.entry->downgrade, op); };
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
