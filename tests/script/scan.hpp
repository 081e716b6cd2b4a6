/// Scripts as one line each, and what went wrong as text: what tables compare.

#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "engine/script/python_scanner.hpp"
#include "engine/script/unit_scanner.hpp"

namespace revise::script {

/// `down ids -> revision (labels) [depends_on]`, the last two where there are any.
inline std::string line_of(const Script& script) {
  const graph::Revision& revision = script.revision;
  std::string line = join(revision.down_revisions, " ") + " -> " + revision.revision;
  if (!revision.branch_labels.empty()) {
    line += " (" + join(revision.branch_labels, " ") + ")";
  }
  if (!revision.depends_on.empty()) {
    line += " [" + join(revision.depends_on, " ") + "]";
  }
  return line;
}

/// What `scan` gives for `source`, or what its UnitError says, notes below it.
template <typename Scan>
std::string scanned(Scan scan, const std::string& source, const std::string& path) {
  try {
    return line_of(scan(source, path));
  } catch (const UnitError& error) {
    return error.what() + ("\n" + join(error.notes(), "\n"));
  }
}

inline std::string unit(const std::string& source) {
  return scanned(scan_unit, source, "u.cpp");
}

inline std::string python(const std::string& source) {
  return scanned(scan_python, source, "p.py");
}

/// A folder of its own, gone with the value.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "revise-script-XXXXXX").string();
    path_ = std::filesystem::canonical(mkdtemp(pattern.data())).string();
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }

  /// Writes `text` below the folder, whose parts are made; gives the path.
  std::string write(const std::string& name, const std::string& text) const {
    const std::filesystem::path path = std::filesystem::path(path_) / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }

 private:
  std::string path_;
};

/// A unit of that revision, and nothing else in it.
inline std::string unit_text(const std::string& revision,
                             const std::string& down = {}) {
  return "constexpr Revision revision{\n    .revision = \"" + revision +
         "\",\n    .down_revision = {" + (down.empty() ? "" : "\"" + down + "\"") +
         "},\n};\nREVISE_UNIT(revision, upgrade, downgrade)\n";
}

}  // namespace revise::script
