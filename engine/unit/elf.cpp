#include "engine/unit/elf.hpp"

#include <elf.h>

#include <cassert>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "engine/core/error.hpp"

namespace revise::unit {

namespace {

constexpr Elf64_Word kAddressSignificance = 0x6fff4c03;

[[noreturn]] void refuse() {
  throw UnitError("the compiler's output is no 64-bit little-endian ELF file");
}

// Copies out, because nothing in a file promises alignment.
template <typename Value>
Value read_at(std::string_view bytes, std::uint64_t offset) {
  static_assert(std::is_trivially_copyable_v<Value>);
  if (offset > bytes.size() || bytes.size() - offset < sizeof(Value)) refuse();
  Value value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

std::string_view part_of(std::string_view bytes, std::uint64_t offset,
                         std::uint64_t size) {
  if (offset > bytes.size() || bytes.size() - offset < size) refuse();
  return bytes.substr(offset, size);
}

std::string string_at(std::string_view strings, std::uint64_t offset) {
  if (offset >= strings.size()) refuse();
  return std::string(strings.substr(offset, strings.find('\0', offset) - offset));
}

std::vector<Elf64_Shdr> sections_of(std::string_view bytes) {
  const auto header = read_at<Elf64_Ehdr>(bytes, 0);
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 ||
      header.e_ident[EI_CLASS] != ELFCLASS64 ||
      header.e_ident[EI_DATA] != ELFDATA2LSB) {
    refuse();
  }
  if (header.e_shoff == 0) return {};
  // An object with 65,280 sections and more has their number in the first.
  std::uint64_t count = header.e_shnum;
  if (count == 0) count = read_at<Elf64_Shdr>(bytes, header.e_shoff).sh_size;
  if (count > bytes.size() / sizeof(Elf64_Shdr)) refuse();
  std::vector<Elf64_Shdr> sections;
  sections.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    sections.push_back(
        read_at<Elf64_Shdr>(bytes, header.e_shoff + i * sizeof(Elf64_Shdr)));
  }
  return sections;
}

std::string_view strings_of(std::string_view bytes,
                            const std::vector<Elf64_Shdr>& sections,
                            const Elf64_Shdr& section) {
  if (section.sh_link >= sections.size()) refuse();
  const auto& strings = sections[section.sh_link];
  return part_of(bytes, strings.sh_offset, strings.sh_size);
}

}  // namespace

ObjectSymbols read_symbols(std::string_view bytes) {
  ObjectSymbols symbols;
  const auto sections = sections_of(bytes);
  for (const auto& section : sections) {
    if (section.sh_type != SHT_SYMTAB) continue;
    const auto strings = strings_of(bytes, sections, section);
    // Local symbols come first, sh_info of them.
    for (std::uint64_t i = section.sh_info; i < section.sh_size / sizeof(Elf64_Sym);
         ++i) {
      const auto symbol =
          read_at<Elf64_Sym>(bytes, section.sh_offset + i * sizeof(Elf64_Sym));
      auto& names = symbol.st_shndx == SHN_UNDEF ? symbols.undefined : symbols.defined;
      names.push_back(string_at(strings, symbol.st_name));
    }
  }
  return symbols;
}

std::vector<std::string> read_needed(std::string_view bytes) {
  std::vector<std::string> needed;
  const auto sections = sections_of(bytes);
  for (const auto& section : sections) {
    if (section.sh_type != SHT_DYNAMIC) continue;
    const auto strings = strings_of(bytes, sections, section);
    for (std::uint64_t i = 0; i < section.sh_size / sizeof(Elf64_Dyn); ++i) {
      const auto entry =
          read_at<Elf64_Dyn>(bytes, section.sh_offset + i * sizeof(Elf64_Dyn));
      if (entry.d_tag == DT_NULL) break;
      if (entry.d_tag == DT_NEEDED) {
        needed.push_back(string_at(strings, entry.d_un.d_val));
      }
    }
  }
  return needed;
}

void rename_symbol(std::string& bytes, std::string_view from, std::string_view to) {
  assert(from.size() == to.size());
  for (const auto& section : sections_of(bytes)) {
    if (section.sh_type != SHT_STRTAB) continue;
    part_of(bytes, section.sh_offset, section.sh_size);
    const auto end = section.sh_offset + section.sh_size;
    auto found = bytes.find(from, section.sh_offset);
    while (found != std::string::npos && found + from.size() <= end) {
      bytes.replace(found, from.size(), to);
      found = bytes.find(from, found + to.size());
    }
  }
}

namespace {

template <typename Value>
void write_at(std::string& bytes, std::uint64_t offset, const Value& value) {
  std::memcpy(bytes.data() + offset, &value, sizeof value);
}

// Old place of a symbol -> new place.
using Moves = std::vector<std::uint32_t>;

// A symbol table holds its local symbols first, so that one that becomes local moves;
// otherwise the order stays.
Moves localise_table(std::string& bytes, const std::vector<Elf64_Shdr>& sections,
                     std::size_t table, std::string_view kept) {
  Elf64_Shdr section = sections[table];
  const auto strings = strings_of(bytes, sections, section);
  const auto count = section.sh_size / sizeof(Elf64_Sym);
  std::vector<Elf64_Sym> locals;
  std::vector<Elf64_Sym> others;
  Moves moves;
  std::vector<bool> is_local;
  for (std::uint64_t i = 0; i < count; ++i) {
    auto symbol = read_at<Elf64_Sym>(bytes, section.sh_offset + i * sizeof(Elf64_Sym));
    const bool becomes_local = i >= section.sh_info && symbol.st_shndx != SHN_UNDEF &&
                               string_at(strings, symbol.st_name) != kept;
    if (becomes_local) {
      symbol.st_info = ELF64_ST_INFO(STB_LOCAL, ELF64_ST_TYPE(symbol.st_info));
      symbol.st_other = STV_DEFAULT;
    }
    is_local.push_back(becomes_local || i < section.sh_info);
    auto& part = is_local.back() ? locals : others;
    moves.push_back(static_cast<std::uint32_t>(part.size()));
    part.push_back(symbol);
  }
  for (std::uint64_t i = 0; i < count; ++i) {
    if (!is_local[i]) moves[i] += static_cast<std::uint32_t>(locals.size());
    const auto& symbol =
        is_local[i] ? locals[moves[i]] : others[moves[i] - locals.size()];
    write_at(bytes, section.sh_offset + moves[i] * sizeof(Elf64_Sym), symbol);
  }
  section.sh_info = static_cast<Elf64_Word>(locals.size());
  const auto header = read_at<Elf64_Ehdr>(bytes, 0);
  write_at(bytes, header.e_shoff + table * sizeof(Elf64_Shdr), section);
  return moves;
}

std::uint32_t moved(const Moves& moves, std::uint64_t place) {
  if (place >= moves.size()) refuse();
  return moves[place];
}

template <typename Relocation>
void move_relocations(std::string& bytes, const Elf64_Shdr& section,
                      const Moves& moves) {
  for (std::uint64_t i = 0; i < section.sh_size / sizeof(Relocation); ++i) {
    const auto offset = section.sh_offset + i * sizeof(Relocation);
    auto relocation = read_at<Relocation>(bytes, offset);
    const std::uint64_t symbol = moved(moves, ELF64_R_SYM(relocation.r_info));
    relocation.r_info = ELF64_R_INFO(symbol, ELF64_R_TYPE(relocation.r_info));
    write_at(bytes, offset, relocation);
  }
}

}  // namespace

void localise_symbols(std::string& bytes, std::string_view kept) {
  const auto sections = sections_of(bytes);
  const auto header = read_at<Elf64_Ehdr>(bytes, 0);
  for (std::size_t table = 0; table < sections.size(); ++table) {
    if (sections[table].sh_type == SHT_SYMTAB_SHNDX) refuse();  // 65,280 sections
    if (sections[table].sh_type != SHT_SYMTAB) continue;
    const auto moves = localise_table(bytes, sections, table, kept);
    for (std::size_t i = 0; i < sections.size(); ++i) {
      Elf64_Shdr section = sections[i];
      if (section.sh_link != table) continue;
      if (section.sh_type == SHT_RELA) {
        move_relocations<Elf64_Rela>(bytes, section, moves);
      } else if (section.sh_type == SHT_REL) {
        move_relocations<Elf64_Rel>(bytes, section, moves);
      } else if (section.sh_type == SHT_GROUP) {
        // The first word of a group says that it is COMDAT; sh_info is its symbol.
        write_at(
            bytes, section.sh_offset,
            read_at<Elf64_Word>(bytes, section.sh_offset) & ~Elf64_Word{GRP_COMDAT});
        section.sh_info = moved(moves, section.sh_info);
        write_at(bytes, header.e_shoff + i * sizeof(Elf64_Shdr), section);
      } else if (section.sh_type == kAddressSignificance) {
        // A hint of clang's in terms of places; without it lld folds less.
        section.sh_type = SHT_PROGBITS;
        section.sh_link = 0;
        section.sh_flags |= SHF_EXCLUDE;
        write_at(bytes, header.e_shoff + i * sizeof(Elf64_Shdr), section);
      }
    }
  }
}

}  // namespace revise::unit
