/// Hashes of files' contents, asked again only of files that changed.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace revise::unit {

/// What tells a changed file without reading it.
struct FileState {
  std::uint64_t size = 0;
  std::uint64_t inode = 0;
  std::int64_t modified_ns = 0;
  std::int64_t changed_ns = 0;  ///< ctime: no tool sets it back

  bool operator==(const FileState&) const = default;
};

/// Nothing when there is no such file.
std::optional<FileState> state_of(const std::string& path);

/// Now, on the clock that files are stamped from.
std::int64_t file_clock_ns();

class FileHashes {
 public:
  struct Known {
    FileState state;
    std::string hash;  ///< 32 hex digits
  };

  /// `known` is what an earlier run found.
  explicit FileHashes(std::map<std::string, Known> known) : known_(std::move(known)) {}

  /// The hash of the file as it is now; empty when it cannot be read. A file is
  /// looked at once in the life of this.
  const std::string& hash_of(const std::string& path);

  /// What the next run may remember: not the hash of a file so young that a change
  /// would not show in its state.
  const std::map<std::string, Known>& known() const noexcept { return known_; }

  /// Whether known() holds more than it was made with.
  bool has_news() const noexcept { return has_news_; }

 private:
  std::map<std::string, Known> known_;
  std::map<std::string, std::string> current_;
  bool has_news_ = false;
};

}  // namespace revise::unit
