#include "engine/unit/guarded.hpp"

#include <cxxabi.h>

#include <cstdlib>
#include <memory>
#include <typeinfo>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/unit/crash_notice.hpp"

namespace revise::unit {

namespace {

std::string name_of_current_exception() {
  const std::type_info* type = abi::__cxa_current_exception_type();
  if (type == nullptr) return "something unknown";
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(type->name(), nullptr, nullptr, &status), &std::free);
  return name ? name.get() : type->name();
}

[[noreturn]] void refuse_exception(const std::string& path, const std::string& text) {
  throw UnitError("the unit " + quoted(path) + " threw " + name_of_current_exception() +
                      (text.empty() ? "" : ": " + text),
                  path);
}

}  // namespace

void run_guarded(const std::string& name, const std::string& path,
                 const std::function<void()>& function) {
  const CrashNotice notice(name, path);
  try {
    function();
  } catch (const Error&) {
    throw;
  } catch (const std::exception& exception) {
    refuse_exception(path, exception.what());
  } catch (...) {
    refuse_exception(path, {});
  }
}

}  // namespace revise::unit
