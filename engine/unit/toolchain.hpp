/// The compiler, how it is called, and what of that a cached object depends on.

#pragma once

#include <string>
#include <vector>

#include "engine/core/process.hpp"
#include "engine/unit/build.hpp"
#include "engine/unit/index.hpp"

namespace revise::unit {

/// The name of the entry while a unit is compiled. It is the same for all, because a
/// precompiled header is good for one set of macros only; the object is given
/// entry_symbol() of its unit afterwards, which has the same length.
inline constexpr const char* kPlaceholderSymbol =
    "revise_unit_00000000000000000000000000000000";

/// Which family a compiler belongs to, as far as options differ.
enum class CompilerFamily { Gcc, Clang };

struct Toolchain {
  std::string compiler;  ///< absolute path
  CompilerFamily family = CompilerFamily::Gcc;
  std::vector<std::string> flags = {};        ///< for compiling a unit, without files
  std::vector<std::string> environment = {};  ///< all that a compiler is given
  std::string compile_key = {};  ///< what an object depends on besides files
  std::string link_key = {};     ///< what a library depends on besides objects
};

/// Finds the compiler of `settings`. It is started only when `known` does not hold it
/// as it is now; what it then tells is added to `news`. Throws UnitError when there
/// is no such program.
Toolchain find_toolchain(const BuildSettings& settings, const Index& known,
                         Index& news);

/// Language, code and include options of a unit, the user's among them in their
/// order; what a tool that reads units needs too.
std::vector<std::string> language_flags(const BuildSettings& settings);

/// `settings.libraries` as a linker driver takes them.
std::vector<std::string> library_arguments(const BuildSettings& settings);

/// A file's name as a line of what GCC's and ld's `@file` reads.
std::string response_line(const std::string& path);

/// The headers of the engine, which every unit reads, in order of their names.
std::vector<std::string> engine_headers(const EnginePaths& engine);

/// A child process in `toolchain`'s environment.
ProcessOptions command_in(const Toolchain& toolchain,
                          std::vector<std::string> arguments);

}  // namespace revise::unit
