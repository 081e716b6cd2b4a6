/// A folder of a test's own, gone with the test.

#pragma once

#include <string>
#include <string_view>

namespace revise::testing {

class TemporaryFolder {
 public:
  /// Below $TMPDIR, else /tmp; its path has no symbolic link in it.
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  const std::string& path() const { return path_; }
  std::string operator/(std::string_view name) const;

 private:
  std::string path_;
};

/// Writes `content`, making the folders above `path`. Throws std::runtime_error.
void write_text(const std::string& path, std::string_view content);

/// Throws std::runtime_error when it cannot be read.
std::string read_text(const std::string& path);

}  // namespace revise::testing
