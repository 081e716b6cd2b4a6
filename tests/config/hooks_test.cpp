#include <doctest/doctest.h>

#include <string>

#include "engine/config/config.hpp"
#include "engine/core/error.hpp"
#include "engine/core/text.hpp"
#include "tests/config/project.hpp"

namespace {

using namespace revise;
using namespace revise::config;
using tests::ConfigProject;

// "name: argument|argument" a hook, for the file "v/a b.cpp".
std::string hooks(const std::string& section) {
  const ConfigProject project;
  project.write("alembic.ini", "[alembic]\n[post_write_hooks]\n" + section);
  std::string shown;
  try {
    for (const auto& hook : read_hooks(project.sources())) {
      shown += hook.name + ": " + join(hook.arguments("v/a b.cpp"), "|");
      if (!hook.cwd.empty()) shown += " in " + hook.cwd;
      shown += "\n";
    }
  } catch (const ConfigError& error) {
    return std::to_string(error.line()) + ": " + error.what();
  }
  return shown;
}

}  // namespace

TEST_SUITE("config/hooks") {
  TEST_CASE("hooks come in order, with the file's name put in") {
    CHECK(hooks("") == "");
    CHECK(hooks("hooks =") == "");
    CHECK(hooks("hooks = b, A\n"
                "A.type = exec\nA.executable = clang-format\n"
                "b.type = exec\nb.executable = my tool\nb.cwd = /tmp\n"
                "b.options = -x 'p q' --in=REVISION_SCRIPT_FILENAME "
                "REVISION_SCRIPT_FILENAME\n") ==
          "b: my tool|-x|p q|--in=v/a b.cpp|v/a b.cpp in /tmp\n"
          "A: clang-format|v/a b.cpp\n");
    CHECK(hooks("hooks = a\na.type = exec\na.executable = t\na.options = -l 79") ==
          "a: t|v/a b.cpp|-l|79\n");
  }

  TEST_CASE("a hook that lacks something, or needs Python, is told how to be") {
    const struct {
      std::string section;
      std::string expected;
    } rows[] = {
        {"hooks = a",
         "3: Key 'a.type' (or 'type' in toml) is required for post write hook 'a'"                                          },
        {"hooks = a\na.type = exec",
         "4: Key a.executable is required for post write hook 'a'"                                                          },
        {"hooks = a\na.type = x",                                                 "4: No formatter with name 'x' registered"},
        {"hooks = black\nblack.type = console_scripts\nblack.entrypoint = black",
         "4: post write hook 'black' is of type 'console_scripts', which only Python "
         "can "
         "run; write 'black.type = exec' and 'black.executable = black'"                                                    },
        {"hooks = r\nr.type = module\nr.module = ruff",
         "4: post write hook 'r' is of type 'module', which only Python can run; write "
         "'r.type = exec' and 'r.executable = python3', and put '-m ruff' at the front "
         "of 'r.options'"                                                                                                   },
        {"hooks = a\na.type = exec\na.executable = t\na.options = 'x",
         "4: post write hook 'a': no closing quotation in 'REVISION_SCRIPT_FILENAME "
         "'x'"                                                                                                              },
    };
    for (const auto& row : rows) {
      CAPTURE(row.section);
      CHECK(hooks(row.section) == row.expected);
    }
  }

  TEST_CASE("pyproject.toml's hooks count when the ini has no such section") {
    const ConfigProject project;
    project.write("pyproject.toml",
                  "[[tool.alembic.post_write_hooks]]\nname = 'a'\ntype = 'exec'\n"
                  "executable = '%(here)s/t'\n");
    project.write("alembic.ini", "[alembic]\n");
    const auto found = read_hooks(project.sources());
    REQUIRE(found.size() == 1);
    CHECK(found[0].executable == project.folder() + "/t");
    project.write("alembic.ini", "[post_write_hooks]\n");
    CHECK(read_hooks(project.sources()).empty());
  }
}
