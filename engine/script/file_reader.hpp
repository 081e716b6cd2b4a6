/// Lists folders and reads files with as few system calls as can be: a project may
/// have ten thousand units, and each command reads them all.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace revise::script {

/// A folder that is open, for what stands in it to be opened by name alone.
class Folder {
 public:
  /// Throws UnitError when `path` cannot be opened or is no folder.
  explicit Folder(std::string path);
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  enum class EntryKind { File, Link, Folder };
  struct Entry {
    std::string name;
    EntryKind kind;
  };

  /// Sorted by name, byte by byte. What is no file, link or folder is left out.
  std::vector<Entry> entries() const;

  /// The text of the file `name`, good until the next read. Throws UnitError.
  std::string_view read(const std::string& name, std::string& buffer) const;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
  int descriptor_;
};

/// The absolute path behind all links, or an empty one when there is nothing.
std::string real_path_of(const std::string& path);

}  // namespace revise::script
