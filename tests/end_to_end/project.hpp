/// A project in a folder of its own, with units made for a test, and the built tool
/// in it.

#pragma once

#include <string>
#include <vector>

#include "tests/support/command.hpp"
#include "tests/support/temporary_folder.hpp"

namespace revise::testing {

/// A unit to be written; the bodies are C++ on `op`.
struct UnitText {
  std::string id;
  std::string down;  ///< empty: a base
  std::string upgrade;
  std::string downgrade = {};
  std::string includes = {};  ///< lines, each ended by a newline
};

class Project {
 public:
  /// `settings` are lines of the section [revise], each ended by a newline.
  explicit Project(const std::string& url, const std::string& settings = {});

  void add(const UnitText& unit) const;

  /// `revise ARGUMENTS...`, to be started in the project.
  Command command(const std::vector<std::string>& arguments) const;

  /// Runs it and waits.
  Outcome revise(const std::vector<std::string>& arguments) const;

  const std::string& path() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
};

/// How often something is tried: `usual`, or `full` under `tools/test --full`.
int times(int usual, int full);

}  // namespace revise::testing
