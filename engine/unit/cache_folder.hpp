/// The private folder in which built units are kept.
///
/// Opened once; who owns it and who may write to it is asked of that descriptor, and
/// what is read and written here goes through it. What stands in the files is
/// index.hpp's and build.cpp's business.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace revise::unit {

/// A descriptor that is closed when this goes.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();

  int number() const noexcept { return number_; }
  explicit operator bool() const noexcept { return number_ >= 0; }

 private:
  int number_;
};

class CacheFolder {
 public:
  /// Opens `path`, which is made (0700, with a .gitignore inside) when it is not
  /// there. Where that cannot be written to, a folder of the same kind below
  /// $XDG_CACHE_HOME or ~/.cache stands in. Throws UnitError on a symbolic link, and
  /// on a folder that belongs to somebody else or that others can write to.
  static CacheFolder open(const std::string& path);

  /// Absolute; good for handing to a compiler.
  const std::string& path() const noexcept { return path_; }

  /// The absolute path of a file in it.
  std::string path_of(std::string_view name) const;

  /// A name that no process uses, on which `suffix` follows.
  std::string temporary_name(std::string_view suffix) const;

  /// The file's bytes; nothing when there is none.
  std::optional<std::string> read(const std::string& name) const;
  bool has(const std::string& name) const;

  /// Writes under a temporary name and renames: readers see all of it or none.
  void write(const std::string& name, std::string_view bytes) const;
  void rename(const std::string& from, const std::string& to) const;
  void remove(const std::string& name) const noexcept;

  /// Removes the temporary files of processes that are no more.
  void sweep() const;

  /// Held until the descriptor goes; waits for other processes.
  Descriptor lock() const;

 private:
  CacheFolder(Descriptor folder, std::string path);

  Descriptor folder_;
  std::string path_;
};

}  // namespace revise::unit
