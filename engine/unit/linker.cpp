#include "engine/unit/linker.hpp"

#include <cxxabi.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "engine/core/error.hpp"
#include "engine/core/process.hpp"
#include "engine/core/text.hpp"
#include "engine/unit/elf.hpp"

namespace revise::unit {

namespace {

// What went wrong, without saying with which unit.
struct LinkFailure {
  std::string what;    ///< "does not link"
  std::string output;  ///< the linker's or loader's words
};

bool asks_for_the_end(int signal) {
  return signal == SIGINT || signal == SIGTERM || signal == SIGHUP;
}

// A version script in place of -fvisibility, which a unit can undo.
constexpr const char* kVersions = "{ global: revise_unit_*; local: *; };\n";

std::optional<LinkFailure> try_link(const std::vector<LinkInput>& inputs,
                                    const Toolchain& toolchain,
                                    const BuildSettings& settings,
                                    const CacheFolder& cache,
                                    const std::string& library) {
  std::string list;
  for (const auto& input : inputs) list += response_line(input.object);
  const auto response = cache.temporary_name(".list");
  const auto versions = cache.temporary_name(".map");
  cache.write(response, list);
  cache.write(versions, kVersions);
  // Few segments, because thousands of libraries have to fit into a process; and no
  // -Wl for a path, which may hold a comma.
  std::vector<std::string> arguments = {toolchain.compiler, "-shared"};
  arguments.insert(arguments.end(),
                   {"-Wl,--build-id=none", "-Wl,-z,noseparate-code", "-Wl,-z,now",
                    "-Wl,--hash-style=gnu", "-Wl,--as-needed", "-Xlinker",
                    "--version-script=" + cache.path_of(versions), "-o",
                    cache.path_of(library), "@" + cache.path_of(response)});
  for (auto& argument : library_arguments(settings)) {
    arguments.push_back(std::move(argument));
  }
  const auto result = run_process(command_in(toolchain, std::move(arguments)));
  cache.remove(response);
  cache.remove(versions);
  if (asks_for_the_end(result.signal)) throw Interrupted(result.signal);
  if (result.succeeded()) return std::nullopt;
  return LinkFailure{"does not link", result.output};
}

// In the child. Ends it: an exception of a constructor comes through dlopen, and must
// not reach what the parent would do with it.
[[noreturn]] void load_and_end(const char* library, int words) noexcept {
  for (const int signal :
       {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGINT, SIGTERM, SIGHUP}) {
    ::signal(signal, SIG_DFL);
  }
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const auto say = [words](const char* text) {
    return ::write(words, text, std::strlen(text)) >= 0;
  };
  // What a constructor of the unit prints is shown only when it fails.
  ::dup2(words, 1);
  ::dup2(words, 2);
  if (::dlopen(library, RTLD_NOW | RTLD_LOCAL) == nullptr) {
    say(::dlerror());
    end_at_once(1);
  }
  // A status that no unit's own exit() in a constructor is likely to give.
  end_at_once(77);
}

std::string words_in(int file) {
  std::string text;
  char part[4096];
  ::lseek(file, 0, SEEK_SET);
  for (;;) {
    const auto got = ::read(file, part, sizeof part);
    if (got <= 0) return text;
    text.append(part, static_cast<std::size_t>(got));
  }
}

std::optional<LinkFailure> try_load(const std::string& library) {
  const Descriptor words(::memfd_create("load", MFD_CLOEXEC));
  const pid_t child = ::fork();
  if (child == 0) load_and_end(library.c_str(), words.number());
  if (child < 0) {
    throw UnitError(std::string("cannot start a process to try units in: ") +
                    std::strerror(errno));
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 77) return std::nullopt;
  if (WIFSIGNALED(status) && asks_for_the_end(WTERMSIG(status))) {
    throw Interrupted(WTERMSIG(status));
  }
  LinkFailure failure{"does not load", words_in(words.number())};
  if (WIFSIGNALED(status)) {
    failure.what = std::string("crashes when it is loaded (") +
                   ::strsignal(WTERMSIG(status)) + ")";
  } else if (WEXITSTATUS(status) != 1) {
    failure.what = "ends the process when it is loaded";
  }
  return failure;
}

std::optional<LinkFailure> try_both(const std::vector<LinkInput>& inputs,
                                    const Toolchain& toolchain,
                                    const BuildSettings& settings,
                                    const CacheFolder& cache,
                                    const std::string& library) {
  auto failure = try_link(inputs, toolchain, settings, cache, library);
  if (!failure) failure = try_load(cache.path_of(library));
  return failure;
}

// The name that the loader misses, empty when that is not its trouble.
std::string undefined_symbol_in(const std::string& words) {
  constexpr std::string_view kComplaint = "undefined symbol: ";
  const auto found = words.find(kComplaint);
  if (found == std::string::npos) return {};
  const auto start = found + kComplaint.size();
  return words.substr(start, words.find_first_of(", \n", start) - start);
}

std::string demangled(const std::string& symbol) {
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status), &std::free);
  return name ? name.get() : symbol;
}

bool refers_to(const LinkInput& input, const std::string& symbol) {
  std::ifstream in(input.object, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  for (const auto& name : read_symbols(bytes).undefined) {
    if (name == symbol) return true;
  }
  return false;
}

[[noreturn]] void refuse(const LinkInput& input, const LinkFailure& failure) {
  throw UnitError("the unit " + revise::quoted(input.path) + " " + failure.what,
                  input.path, failure.output);
}

// Halves `inputs` for as long as one half alone fails; what is left is at fault.
[[noreturn]] void refuse_culprit(std::vector<LinkInput> inputs, LinkFailure failure,
                                 const Toolchain& toolchain,
                                 const BuildSettings& settings,
                                 const CacheFolder& cache, const std::string& library) {
  while (inputs.size() > 1) {
    const auto middle = inputs.begin() + static_cast<std::ptrdiff_t>(inputs.size() / 2);
    std::vector<LinkInput> half(inputs.begin(), middle);
    auto worse = try_both(half, toolchain, settings, cache, library);
    if (!worse) {
      half.assign(middle, inputs.end());
      worse = try_both(half, toolchain, settings, cache, library);
    }
    if (!worse) {
      throw UnitError("the units from " + revise::quoted(inputs.front().path) + " to " +
                          revise::quoted(inputs.back().path) + " together: one " +
                          failure.what,
                      inputs.front().path, failure.output);
    }
    inputs = std::move(half);
    failure = std::move(*worse);
  }
  refuse(inputs.front(), failure);
}

}  // namespace

void link_library(const std::vector<LinkInput>& inputs, const Toolchain& toolchain,
                  const BuildSettings& settings, const CacheFolder& cache,
                  const std::string& library) {
  const auto temporary = cache.temporary_name(".so");
  auto failure = try_both(inputs, toolchain, settings, cache, temporary);
  if (!failure) {
    cache.rename(temporary, library);
    return;
  }
  cache.remove(temporary);
  if (!settings.libraries.empty()) {
    const auto without_units = try_link({}, toolchain, settings, cache, temporary);
    cache.remove(temporary);
    if (without_units) {
      throw UnitError("the libraries of the setting do not link", {},
                      without_units->output);
    }
  }
  const auto symbol = undefined_symbol_in(failure->output);
  if (!symbol.empty()) {
    for (const auto& input : inputs) {
      if (!refers_to(input, symbol)) continue;
      failure->what =
          "does not link: nothing defines " + revise::quoted(demangled(symbol));
      refuse(input, *failure);
    }
  }
  try {
    refuse_culprit(inputs, std::move(*failure), toolchain, settings, cache, temporary);
  } catch (...) {
    cache.remove(temporary);
    throw;
  }
}

}  // namespace revise::unit
