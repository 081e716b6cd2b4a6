#include "engine/unit/toolchain.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <revise/unit.hpp>
#include <utility>

#include "engine/core/error.hpp"
#include "engine/core/hash.hpp"
#include "engine/core/text.hpp"

namespace revise::unit {

namespace {

namespace fs = std::filesystem;

// What GCC and clang read (gcc.gnu.org/onlinedocs/gcc/Environment-Variables.html),
// less those that make them write elsewhere; a secret in any other never gets there.
const char* const kKeyVariables[] = {
    "CPATH",         "C_INCLUDE_PATH",  "CPLUS_INCLUDE_PATH", "LIBRARY_PATH",
    "COMPILER_PATH", "GCC_EXEC_PREFIX", "SOURCE_DATE_EPOCH",
};
// These change messages and where temporary files go, but no object.
const char* const kOtherVariables[] = {"PATH",   "HOME",     "TMPDIR",     "LANG",
                                       "LC_ALL", "LC_CTYPE", "LC_MESSAGES"};

std::vector<std::string> given(const char* const* first, const char* const* last) {
  std::vector<std::string> environment;
  for (; first != last; ++first) {
    const char* value = std::getenv(*first);
    if (value != nullptr) environment.push_back(std::string(*first) + "=" + value);
  }
  return environment;
}

// A file's state, that of no file being all zero.
FileState state_or_none(const std::string& path) {
  return path.empty() ? FileState() : state_of(path).value_or(FileState());
}

std::string asked(const Toolchain& toolchain, const char* question) {
  const auto result =
      run_process(command_in(toolchain, {toolchain.compiler, question}));
  if (!result.succeeded()) {
    throw UnitError("the compiler " + revise::quoted(toolchain.compiler) +
                        " does not answer " + question,
                    toolchain.compiler, result.output);
  }
  return std::string(strip(result.output));
}

CachedCompiler ask(const Toolchain& toolchain, const FileState& state) {
  CachedCompiler compiler{toolchain.compiler, state, {}, {}, {}};
  compiler.version = asked(toolchain, "--version");
  // clang, which has none, gives the bare name back.
  const auto proper = asked(toolchain, "-print-prog-name=cc1plus");
  if (fs::path(proper).is_absolute()) compiler.proper_path = proper;
  compiler.proper_state = state_or_none(compiler.proper_path);
  return compiler;
}

CachedCompiler identify(const Toolchain& toolchain, const Index& known, Index& news) {
  const auto state = state_or_none(toolchain.compiler);
  for (const auto& compiler : known.compilers) {
    if (compiler.path == toolchain.compiler && compiler.state == state &&
        compiler.proper_state == state_or_none(compiler.proper_path)) {
      return compiler;
    }
  }
  news.compilers.push_back(ask(toolchain, state));
  return news.compilers.back();
}

// Lengths keep ("ab", "c") and ("a", "bc") apart.
std::string key_of(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += std::to_string(part.size()) + ":" + part;
  return sha256(text).substr(0, 32);
}

std::string real_path(const std::string& path) {
  std::error_code error;
  const auto real = fs::canonical(path, error);
  return error ? path : real.string();
}

std::vector<std::string> identity_of(const CachedCompiler& compiler) {
  std::vector<std::string> parts = {REVISE_VERSION, std::to_string(kUnitAbi),
                                    real_path(compiler.path), compiler.version};
  for (const auto& state : {compiler.state, compiler.proper_state}) {
    parts.push_back(std::to_string(state.size));
    parts.push_back(std::to_string(state.modified_ns));
  }
  return parts;
}

}  // namespace

std::vector<std::string> language_flags(const BuildSettings& settings) {
  std::vector<std::string> flags = {"-std=c++20", "-O0"};
  for (const auto& folder : settings.include_directories) {
    flags.push_back("-I" + fs::absolute(folder).lexically_normal().string());
  }
  flags.push_back("-I" + settings.engine.include);
  flags.insert(flags.end(), settings.cxxflags.begin(), settings.cxxflags.end());
  return flags;
}

std::vector<std::string> library_arguments(const BuildSettings& settings) {
  std::vector<std::string> arguments;
  for (const auto& library : settings.libraries) {
    const bool is_name = library.find('/') == std::string::npos &&
                         !library.starts_with('-') && !library.ends_with(".a") &&
                         library.find(".so") == std::string::npos;
    arguments.push_back(is_name ? "-l" + library : library);
  }
  return arguments;
}

std::string response_line(const std::string& path) {
  return "\"" + replace_all(replace_all(path, "\\", "\\\\"), "\"", "\\\"") + "\"\n";
}

std::vector<std::string> engine_headers(const EnginePaths& engine) {
  std::vector<std::string> headers;
  std::error_code error;
  const fs::directory_iterator files(fs::path(engine.include) / "revise", error);
  for (const auto& entry : files) {
    if (entry.path().extension() == ".hpp") headers.push_back(entry.path());
  }
  std::sort(headers.begin(), headers.end());
  return headers;
}

ProcessOptions command_in(const Toolchain& toolchain,
                          std::vector<std::string> arguments) {
  ProcessOptions options;
  options.arguments = std::move(arguments);
  options.environment = toolchain.environment;
  return options;
}

Toolchain find_toolchain(const BuildSettings& settings, const Index& known,
                         Index& news) {
  Toolchain toolchain;
  toolchain.compiler = find_program(settings.compiler);
  if (toolchain.compiler.empty()) {
    throw UnitError("there is no compiler " + revise::quoted(settings.compiler) +
                    "; install g++, or name another with compiler");
  }
  toolchain.compiler = fs::absolute(toolchain.compiler);
  const auto key_variables = given(std::begin(kKeyVariables), std::end(kKeyVariables));
  toolchain.environment = given(std::begin(kOtherVariables), std::end(kOtherVariables));
  toolchain.environment.insert(toolchain.environment.end(), key_variables.begin(),
                               key_variables.end());

  const auto compiler = identify(toolchain, known, news);
  if (compiler.version.find("clang") != std::string::npos) {
    toolchain.family = CompilerFamily::Clang;
  }
  toolchain.flags = {"-fPIC", "-fvisibility=hidden",
                     std::string("-DREVISE_UNIT_SYMBOL=") + kPlaceholderSymbol};
  // A unique symbol is one for the whole process, in whichever unit it stands.
  if (toolchain.family == CompilerFamily::Gcc) {
    toolchain.flags.push_back("-fno-gnu-unique");
  }
  const auto language = language_flags(settings);
  toolchain.flags.insert(toolchain.flags.end(), language.begin(), language.end());

  auto parts = identity_of(compiler);
  parts.insert(parts.end(), key_variables.begin(), key_variables.end());
  parts.insert(parts.end(), toolchain.flags.begin(), toolchain.flags.end());
  toolchain.compile_key = key_of(parts);
  const auto libraries = library_arguments(settings);
  parts.insert(parts.end(), libraries.begin(), libraries.end());
  toolchain.link_key = key_of(parts);
  return toolchain;
}

}  // namespace revise::unit
