/// What the cache knows, in one file that a run reads at once: which object a source
/// gave, from which contents, and which libraries hold which objects.
///
/// How a key comes about is build.cpp's business; the objects and libraries are files
/// beside it, and one that is missing is as good as unknown.

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/unit/build.hpp"
#include "engine/unit/file_hashes.hpp"

namespace revise::unit {

/// The index's name in the cache.
inline constexpr const char* kIndexFile = "index";

/// A compilation that succeeded.
struct CachedUnit {
  std::string path;         ///< absolute
  std::string environment;  ///< hash of compiler, flags and engine
  std::string symbol;       ///< of the entry
  std::string source_hash;
  std::shared_ptr<const Dependencies> dependencies;
  std::string object;  ///< key; the file is "<key>.o"
};

/// A library that was linked and loaded once.
struct CachedLibrary {
  std::string key;  ///< the file is "<key>.so"
  std::string environment;
  std::vector<std::string> objects;  ///< keys
};

/// A compiler as it was when it was last asked.
struct CachedCompiler {
  std::string path;
  FileState state;
  std::string proper_path;  ///< cc1plus; empty: it has none
  FileState proper_state;
  std::string version;
};

struct Index {
  std::map<std::string, FileHashes::Known> files = {};
  std::vector<CachedUnit> units = {};         ///< oldest first
  std::vector<CachedLibrary> libraries = {};  ///< oldest first
  std::vector<CachedCompiler> compilers = {};
};

/// An index that cannot be read (cut short, of another release) is an empty one.
Index parse_index(std::string_view text);
std::string render_index(const Index& index);

/// `index` with `news` added: the newest few a source, a bounded number of libraries,
/// and no hashes of files that nothing refers to. What falls out goes into `dropped`,
/// as file names.
Index merge_index(Index index, const Index& news, std::vector<std::string>& dropped);

}  // namespace revise::unit
