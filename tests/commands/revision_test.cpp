/// New units: what is written, and what is refused before anything is.

#include <doctest/doctest.h>

#include <filesystem>

#include "tests/commands/command_project.hpp"
#include "tests/support/holds.hpp"

using namespace revise::testing;

namespace {

std::size_t count_files(const std::string& folder) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) ++count;
  }
  return count;
}

}  // namespace

TEST_SUITE("commands/revision") {
  TEST_CASE("a new unit follows the head, and is found at once") {
    CommandProject project;
    const auto result = project.run(
        std::vector<std::string>{"revision", "-m", "Add account", "--rev-id", "a1a1"});
    CHECK(result.errors == "");
    CHECK(result.output ==
          "Creating directory {DIR}/migrations/versions ...  done\n"
          "Generating {DIR}/migrations/versions/a1a1_add_account.cpp ...  done\n");
    CHECK(project.run("revision -m second --rev-id b2b2").status == 0);
    CHECK(project.run("history").output ==
          "a1a1 -> b2b2 (head), second\n<base> -> a1a1, Add account\n");
  }

  TEST_CASE("place, label and dependencies are taken into the unit") {
    CommandProject project;
    project.add_branches();
    CHECK(project
              .run("revision -m more --rev-id dddd1111 --head cccc2222 --splice "
                   "--branch-label more --depends-on aaaa --depends-on lib")
              .status == 0);
    const auto text = read_text(project.versions() + "/dddd1111_more.cpp");
    CHECK(holds(text, ".down_revision = \"cccc2222\""));
    CHECK(holds(text, ".branch_labels = \"more\""));
    CHECK(holds(text, ".depends_on = {\"aaaa1111\", \"lib\"}"));
  }

  TEST_CASE("a name that would leave the project broken is refused before") {
    const std::string rows[] = {
        "--rev-id cafe --branch-label cafe",
        "--rev-id head",
        "--rev-id current",
        "--branch-label heads",
        "--branch-label base",
    };
    for (const auto& row : rows) {
      CAPTURE(row);
      CommandProject project;
      project.add({"a1a1"});
      const auto files = count_files(project.versions());
      CHECK(project.run("revision -m x " + row).status == 1);
      CHECK(count_files(project.versions()) == files);
      CHECK(project.run("heads").output == "a1a1 (head)\n");
    }
  }

  TEST_CASE("merge joins heads in their order") {
    CommandProject project;
    project.add({"a1a1"});
    project.add({"b2b2"});
    CHECK(project.run("merge heads -m joined --rev-id c3c3").status == 0);
    CHECK(project.run("heads").output == "c3c3 (head)\n");
    CHECK(project.run("show c3c3")
              .output.find("Rev: c3c3 (head) (mergepoint)\nMerges: a1a1, b2b2\n") == 0);
  }

  TEST_CASE("nothing is written before all is known to be right") {
    CommandProject project("version_locations = %(here)s/migrations/versions\n");
    project.add_branches();
    const auto before = count_files(project.path());
    const struct {
      std::string words;
      std::string expected;
    } rows[] = {
        {"revision -m x",
         "Multiple heads are present; please specify the head revision on which the "
         "new "
         "revision should be based, or perform a merge."                                              },
        {"revision -m x --head bbbb",
         "Revision bbbb1111 is not a head revision; please specify --splice to create "
         "a "
         "new branch from this revision"                                                              },
        {"revision -m x --head lib@head --rev-id aaaa1111",
         "Revision aaaa1111 is present already, in "
         "{DIR}/migrations/versions/aaaa1111_.cpp"                                                    },
        {"revision -m x --head lib@head --branch-label left",
         "Branch name 'left' is already used by revision cccc1111"                                    },
        {"revision -m x --head lib@head --branch-label aaaa1111",
         "Branch name 'aaaa1111' is already used by revision aaaa1111"                                },
        {"revision -m x --head lib@head --rev-id lib",
         "Branch name 'lib' is already used by revision ffff1111"                                     },
        {"revision -m x --head lib@head --depends-on zzzz",
         "Can't locate revision identified by 'zzzz'"                                                 },
        {"revision -m x --head lib@head --version-path /nowhere",
         "Path /nowhere is not represented in current version locations"                              },
        {"revision -m x --autogenerate",
         "revise cannot write the operations of a revision by itself (--autogenerate); "
         "leave the option out and write them into the new unit"                                      },
        {"merge eeee1111 eeee1111 -m x",                          "Duplicate head revisions specified"},
        {"merge eeee1111 cccc1111 --splice -m x",
         "Revision eeee1111 follows cccc1111 already; please specify only one of them"                },
    };
    for (const auto& row : rows) {
      CAPTURE(row.words);
      const auto result = project.run(row.words);
      CHECK(result.output == "");
      CHECK(result.errors.substr(0, row.expected.size() + 9) ==
            "FAILED: " + row.expected + "\n");
      CHECK(result.status == 1);
    }
    CHECK(project.run("revision --head lib@head --rev-id " + std::string(33, 'a'))
              .status == 1);
    CHECK(count_files(project.path()) == before);
  }

  TEST_CASE("hooks run on the new unit without a shell, and one's failure is the end") {
    CommandProject project(
        "[post_write_hooks]\nhooks = tell, fail, never\n"
        "tell.type = exec\ntell.executable = /bin/echo\n"
        "tell.options = REVISION_SCRIPT_FILENAME ';' '$HOME'\n"
        "fail.type = exec\nfail.executable = /bin/false\n"
        "never.type = exec\nnever.executable = /bin/echo\n");
    project.add({"a1a1"});
    const auto result = project.run("revision -m more --rev-id b2b2");
    CHECK(result.output ==
          "Generating {DIR}/migrations/versions/b2b2_more.cpp ...  done\n"
          "Running post write hook 'tell' ...\n"
          "{DIR}/migrations/versions/b2b2_more.cpp ; $HOME\n  done\n"
          "Running post write hook 'fail' ...\n  FAILED\n");
    CHECK(
        result.errors ==
        "FAILED: post-write hook 'fail' ended with status 1\n"
        "  the file '{DIR}/migrations/versions/b2b2_more.cpp' was written and stays\n");
    CHECK(result.status == 1);
    CHECK(project.run("heads").output == "b2b2 (head)\n");
  }
}
