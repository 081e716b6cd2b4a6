/// A project in a folder of its own, and commands run on it within the test's process.

#pragma once

#include <string>
#include <vector>

#include "tests/support/temporary_folder.hpp"

namespace revise::testing {

struct CommandResult {
  int status = 0;
  std::string output = {};
  std::string errors = {};
};

/// A revision to write as a unit; its doc is its id in words.
struct TestUnit {
  std::string revision;
  std::vector<std::string> down_revisions = {};
  std::vector<std::string> branch_labels = {};
  std::vector<std::string> depends_on = {};
};

class CommandProject {
 public:
  /// alembic.ini, a script directory with the template, and an SQLite URL of a file
  /// that does not exist. `settings` is added at the end of the ini.
  explicit CommandProject(const std::string& settings = {});

  const std::string& path() const { return folder_.path(); }
  std::string versions() const { return folder_ / "migrations/versions"; }

  void add(const TestUnit& unit);

  /// aaaa1111 - bbbb1111 -+- cccc1111 (left) -+- eeee1111    ffff1111 (lib), which
  ///                      +- cccc2222 --------+              depends on bbbb1111
  void add_branches();

  /// Runs `words` as the command line after `revise -c INI`. Paths below the project
  /// are `{DIR}` in what is returned.
  CommandResult run(const std::vector<std::string>& words) const;

  /// The same, split at each space.
  CommandResult run(const std::string& words) const;

 private:
  TemporaryFolder folder_;
};

}  // namespace revise::testing
