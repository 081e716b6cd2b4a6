#include "engine/script/environment_file.hpp"

#include <doctest/doctest.h>

#include "engine/script/script_directory.hpp"
#include "tests/script/scan.hpp"

TEST_SUITE("script/environment_file") {
  using namespace revise::script;

  TEST_CASE("an env.cpp counts once there is more in it than comments") {
    const struct {
      std::string name;
      std::string text;
      bool counts;
    } rows[] = {
        {"nothing",            "",                                          false},
        {"comments",           "// a\n/*\n#include <revise/env.hpp>\n*/\n", false},
        {"what is taken out",  "#if 0\nint a;\n#endif\n",                   false},
        {"code",               "// a\nint a;\n",                            true },
        {"a directive alone",  "#include \"shared/env.hpp\"\n",             true },
        {"a macro on its own", "REVISE_ENV(run)\n",                         true },
    };
    for (const auto& row : rows) {
      CAPTURE(row.name);
      const TemporaryFolder folder;
      folder.write("env.cpp", row.text);
      CHECK(find_environment(folder.path()) ==
            (row.counts ? folder.path() + "/env.cpp" : std::string()));
    }
    const TemporaryFolder empty;
    CHECK(find_environment(empty.path()) == "");
  }

  TEST_CASE("the env.cpp of a script directory that holds its revisions is none") {
    const TemporaryFolder folder;
    folder.write("env.cpp", "int a;\n");
    const ScriptDirectory directory({folder.path(), {folder.path()}});
    CHECK(directory.scripts().empty());
  }
}
