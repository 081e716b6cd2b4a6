/// Commands on a database, as far as no unit has to be compiled.

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

#include "tests/commands/command_project.hpp"
#include "tests/support/holds.hpp"

using namespace revise::testing;

namespace {

const std::string kDatabase =
    "Database sqlite:///{DIR}/db.sqlite, from {DIR}/alembic.ini:3 [alembic]\n";

bool exists(const std::string& path) { return std::filesystem::exists(path); }

}  // namespace

TEST_SUITE("commands/database") {
  TEST_CASE("a command that only reports never creates the database") {
    CommandProject project;
    project.add_branches();
    for (const std::string words :
         {"current", "current -v", "history -i", "history -r current:", "show current",
          "history --pending", "graph", "current --json"}) {
      CAPTURE(words);
      const auto result = project.run(words);
      CHECK(result.status == 0);
      CHECK_FALSE(exists(project.path() + "/db.sqlite"));
    }
  }

  TEST_CASE("a target that makes no sense creates no database") {
    CommandProject project;
    project.add_branches();
    for (const std::string words : {"upgrade zzzz", "downgrade -1", "stamp zzzz"}) {
      CAPTURE(words);
      CHECK(project.run(words).status == 1);
      CHECK_FALSE(exists(project.path() + "/db.sqlite"));
    }
  }

  TEST_CASE("stamp sets the rows, and says which database it changes") {
    CommandProject project;
    project.add_branches();
    const auto result = project.run("stamp cccc1111");
    CHECK(result.output == "");
    CHECK(holds(result.errors, kDatabase));
    CHECK(holds(result.errors, "Running stamp_revision  -> cccc1111\n"));
    CHECK(result.status == 0);
    CHECK(project.run("current").output == "cccc1111\n");
    CHECK(project.run("history -i -r bbbb1111:cccc1111").output ==
          "bbbb1111 -> cccc1111 (left) (current), about cccc1111\n"
          "aaaa1111 -> bbbb1111 (branchpoint), about bbbb1111\n");
    CHECK(project.run("stamp base").status == 0);
    CHECK(project.run("current").output == "");
  }

  TEST_CASE("current lists what rows stand on, and -v names the database") {
    CommandProject project;
    project.add_branches();
    REQUIRE(project.run("stamp ffff1111").status == 0);
    CHECK(project.run("current").output == "bbbb1111 (branchpoint)\nffff1111 (head)\n");
    CHECK(
        project.run("current -v")
            .output.find(
                "Current revision(s) for sqlite:///{DIR}/db.sqlite:\nRev: bbbb1111") ==
        0);
  }

  TEST_CASE("--check-heads counts dependencies, and has a status of its own") {
    CommandProject project;
    project.add({"b1b1"});
    project.add({"c1c1", {}, {}, {"b1b1"}});
    const auto behind = project.run("current --check-heads");
    CHECK(behind.status == 3);
    CHECK(behind.output == "");
    CHECK(holds(behind.errors, "FAILED: Database is not on all head revisions\n"));
    REQUIRE(project.run("stamp heads").status == 0);
    const auto on_heads = project.run("current -c");
    CHECK(on_heads.status == 0);
    CHECK(on_heads.output == "b1b1 (effective head)\nc1c1 (head)\n");
  }

  TEST_CASE("pending is what an upgrade would run") {
    CommandProject project;
    project.add_branches();
    REQUIRE(project.run("stamp cccc1111").status == 0);
    CHECK(project.run("history --pending").output ==
          "cccc1111, cccc2222 -> eeee1111 (left) (head) (mergepoint), about eeee1111\n"
          "bbbb1111 -> cccc2222, about cccc2222\n"
          "<base> (bbbb1111) -> ffff1111 (lib) (head), about ffff1111\n");
    REQUIRE(project.run("stamp heads").status == 0);
    CHECK(project.run("history --pending").output == "");
  }

  TEST_CASE("--purge is the way out of rows that name nothing") {
    CommandProject project;
    project.add({"a1a1"});
    REQUIRE(project.run("stamp a1a1").status == 0);
    std::filesystem::rename(project.versions() + "/a1a1_.cpp",
                            project.path() + "/gone");
    project.add({"b2b2"});
    for (const std::string words :
         {"stamp b2b2", "upgrade head", "downgrade base", "current", "show current",
          "history --pending", "current --json"}) {
      CAPTURE(words);
      const auto lost = project.run(words);
      CHECK(lost.status == 1);
      CHECK(holds(lost.errors,
                  "FAILED: Can't locate revision identified by 'a1a1'\n"
                  "  the version table holds 'a1a1', and no unit declares it; get that "
                  "unit back, or tell where the database stands with 'revise stamp "
                  "--purge REVISION'\n"));
    }
    // Of those that the command line names there is nothing of the kind to say.
    const auto told = project.run("upgrade zzzz").errors;
    CHECK(told.find("the version table holds") == std::string::npos);
    CHECK(project.run("stamp --purge b2b2").status == 0);
    CHECK(project.run("current").output == "b2b2 (head)\n");
  }

  TEST_CASE("ranges belong to scripts") {
    CommandProject project;
    project.add_branches();
    const struct {
      std::string words;
      std::string expected;
    } rows[] = {
        {"upgrade a:b",               "Range revision not allowed"                     },
        {"upgrade a:b:c --sql",       "Range 'a:b:c' has more than one colon"          },
        {"downgrade base --sql",      "downgrade with --sql requires <fromrev>:<torev>"},
        {"stamp --purge heads --sql", "Can't use --purge with --sql mode"              },
        {"stamp a:b c:d --sql",
         "Stamp operation with --sql only supports a single starting revision at a "
         "time"                                                                        },
    };
    for (const auto& row : rows) {
      CAPTURE(row.words);
      const auto result = project.run(row.words);
      CHECK(result.errors == "FAILED: " + row.expected + "\n");
      CHECK(result.output == "");
      CHECK(result.status == 1);
    }
  }

  TEST_CASE("a Python revision in the plan ends the command before anything is run") {
    CommandProject project;
    write_text(project.versions() + "/a1a1_.py",
               "\"\"\"old\n\"\"\"\nrevision = 'a1a1'\ndown_revision = None\n");
    project.add({"b2b2", {"a1a1"}});
    const auto result = project.run("upgrade head");
    CHECK(result.status == 1);
    CHECK(holds(result.errors,
                "FAILED: revision 'a1a1' is written in Python, which revise "
                "does not run\n"));
    CHECK(holds(result.errors, "revise stamp a1a1"));
    CHECK(project.run("current").output == "");
    CHECK(project.run("history").output ==
          "a1a1 -> b2b2 (head), about b2b2\n<base> -> a1a1, old\n");
  }

  TEST_CASE("a script needs no database") {
    CommandProject project;
    project.add({"a1a1"});
    const auto script = project.run("stamp head --sql");
    CHECK(script.status == 0);
    CHECK(holds(script.output, "INSERT INTO alembic_version"));
    CHECK_FALSE(exists(project.path() + "/db.sqlite"));
  }

  TEST_CASE("a script from a place on a branch keeps to that branch's heads") {
    CommandProject project;
    project.add({"a1a1"});
    project.add({"b2b2", {"a1a1"}, {"left"}});
    project.add({"c3c3", {"a1a1"}});
    project.add({"d4d4", {}, {"lib"}});
    const struct {
      std::string range;
      std::string runs;
    } rows[] = {
        {"a1a1:heads",      "d4d4 c3c3 b2b2 "},
        {"left@a1a1:heads", "b2b2 "          },
        {"lib@base:heads",  "d4d4 "          },
        {"left@a1a1:c3c3",  ""               },
    };
    for (const auto& row : rows) {
      CAPTURE(row.range);
      const auto result = project.run("upgrade " + row.range + " --sql");
      CAPTURE(result.errors);
      CHECK(result.status == 0);
      std::string runs;
      const std::string mark = "-- Running upgrade ";
      for (auto at = result.output.find(mark); at != std::string::npos;
           at = result.output.find(mark, at + 1)) {
        const auto arrow = result.output.find(" -> ", at) + 4;
        runs += result.output.substr(arrow, 4) + " ";
      }
      CHECK(runs == row.runs);
    }
  }

  TEST_CASE("edit opens the unit with the editor's words, and no shell") {
    CommandProject project;
    project.add({"a1a1"});
    setenv("EDITOR", "/bin/cp -t \"$HOME; x\"", 1);
    CHECK(project.run("edit a1a1")
              .errors.find("FAILED: Error executing editor ('/bin/cp'") == 0);
    const std::string target = project.path() + "/two words";
    std::filesystem::create_directory(target);
    setenv("EDITOR", ("/bin/cp -t '" + target + "'").c_str(), 1);
    CHECK(project.run("edit a1a1").status == 0);
    CHECK(exists(target + "/a1a1_.cpp"));
    CHECK(project.run("edit base").errors ==
          "FAILED: No revision files indicated by symbol 'base'\n");
    CHECK(project.run("edit current").errors == "FAILED: No current revisions\n");
    unsetenv("EDITOR");
  }
}
