/// What the compiler and the linker wrote, read without starting a program.
///
/// 64-bit little-endian ELF only (https://refspecs.linuxfoundation.org/elf/elf.pdf).
/// Which objects are linked to what is linker.hpp's business.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace revise::unit {

/// The symbols of a relocatable object that other objects could meet.
struct ObjectSymbols {
  std::vector<std::string> defined = {};    ///< global, weak and unique ones
  std::vector<std::string> undefined = {};  ///< those it asks others for
};

/// Throws UnitError when `bytes` is no such object.
ObjectSymbols read_symbols(std::string_view bytes);

/// The DT_NEEDED names of an executable or shared object, in order; none for one that
/// is linked statically. Throws UnitError when `bytes` is no such file.
std::vector<std::string> read_needed(std::string_view bytes);

/// Writes `to` over each `from` in the string tables of the object `bytes`; both are
/// of one length, and so unusual that nothing else holds them.
void rename_symbol(std::string& bytes, std::string_view from, std::string_view to);

/// Makes each symbol that the object `bytes` defines local to it, but for `kept`, and
/// its COMDAT groups plain ones: no other object's definition can then stand in for
/// one of these, nor these for another's. What `ld -r --force-group-allocation` and
/// `objcopy --keep-global-symbol` do, without two processes a unit.
void localise_symbols(std::string& bytes, std::string_view kept);

}  // namespace revise::unit
