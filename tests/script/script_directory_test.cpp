#include "engine/script/script_directory.hpp"

#include <doctest/doctest.h>

#include "engine/core/log.hpp"
#include "tests/script/scan.hpp"

namespace {

using namespace revise;
using namespace revise::script;

Locations locations(const TemporaryFolder& folder,
                    const std::vector<std::string>& names = {"versions"}) {
  Locations found{folder.path(), {}};
  for (const auto& name : names) {
    found.version_locations.push_back(folder.path() + "/" + name);
  }
  return found;
}

std::string loaded(const Locations& from) {
  std::vector<std::string> lines;
  const ScriptDirectory directory(from);
  for (const Script& script : directory.scripts()) {
    lines.push_back(script.revision.revision +
                    (script.language == Language::Cpp ? "" : "*"));
  }
  return join(lines, " ");
}

std::string python_text(const std::string& revision) {
  return "revision = '" + revision + "'\ndown_revision = None\n";
}

}  // namespace

TEST_SUITE("script/script_directory") {
  TEST_CASE("files come by name, before folders, locations as configured") {
    const TemporaryFolder folder;
    folder.write("b/2_x.cpp", unit_text("b2"));
    folder.write("b/1/x.cpp", unit_text("b1"));
    folder.write("b/1/y/x.cpp", unit_text("by"));
    folder.write("b/0/x.cpp", unit_text("b0"));
    folder.write("b/3.py", python_text("b3"));
    folder.write("a/A_x.cpp", unit_text("aA"));
    folder.write("a/a.cpp", unit_text("a."));
    folder.write("a/a_.cpp", unit_text("a_"));
    folder.write("a/.#a.cpp", "left by an editor");
    folder.write("a/.revise-x.tmp", "left by a crash");
    folder.write("a/notes.txt", "none");
    folder.write("a/__pycache__/x.py", "none");
    Locations from = locations(folder, {"b", "a", "absent"});
    CHECK(loaded(from) == "b2 b3* aA a. a_");
    from.recursion = Recursion::On;
    CHECK(loaded(from) == "b2 b3* b0 b1 by aA a. a_");
  }

  TEST_CASE("a unit takes the place of the Python file of its id") {
    const TemporaryFolder folder;
    folder.write("versions/1.py", python_text("a"));
    folder.write("versions/2.py", python_text("b"));
    folder.write("versions/3.cpp", unit_text("a"));
    folder.write("versions/0.cpp", unit_text("b"));
    CHECK(loaded(locations(folder)) == "b a");
  }

  TEST_CASE("one id in two files is an error that names both") {
    const TemporaryFolder folder;
    const auto first = folder.write("versions/1.cpp", unit_text("a"));
    const auto second = folder.write("versions/2.cpp", "\n" + unit_text("a"));
    CHECK_THROWS_WITH_AS(
        loaded(locations(folder)),
        ("revision 'a' is declared twice, at " + first + ":1 and at " + second + ":2")
            .c_str(),
        RevisionError);
  }

  TEST_CASE("a file that is reached twice is taken once, with a warning") {
    const TemporaryFolder folder;
    const auto file = folder.write("versions/1.cpp", unit_text("a"));
    std::filesystem::create_symlink(file, folder.path() + "/versions/2.cpp");
    std::filesystem::create_directory_symlink("versions", folder.path() + "/again");
    std::vector<std::string> warnings;
    log::set_sink([&warnings](log::Level, std::string_view, std::string_view message) {
      warnings.emplace_back(message);
    });
    CHECK(loaded(locations(folder, {"versions", "again"})) == "a");
    log::set_sink({});
    const std::string warning =
        "File " + file +
        " loaded twice! ignoring. Please ensure version_locations is unique.";
    CHECK(join(warnings, "|") == warning + "|" + warning + "|" + warning);
  }

  TEST_CASE("what cannot be read is an error that names it") {
    const TemporaryFolder folder;
    folder.write("versions/helper.cpp", "int help();\n");
    CHECK_THROWS_AS(loaded(locations(folder)), UnitError);
    std::filesystem::remove(folder.path() + "/versions/helper.cpp");
    std::filesystem::create_symlink("/nowhere", folder.path() + "/versions/x.cpp");
    CHECK_THROWS_WITH_AS(
        loaded(locations(folder)),
        ("the link '" + folder.path() + "/versions/x.cpp' leads to nothing").c_str(),
        UnitError);
    std::filesystem::remove(folder.path() + "/versions/x.cpp");
    folder.write("versions/x.pyc", "");
    Locations from = locations(folder);
    CHECK(loaded(from).empty());
    from.sourceless = Sourceless::On;
    CHECK_THROWS_AS(loaded(from), UnitError);
    from.directory = "/nowhere";
    CHECK_THROWS_WITH_AS(loaded(from),
                         "Path doesn't exist: /nowhere.  Please use the 'init' command "
                         "to create a new scripts folder.",
                         ConfigError);
  }

  TEST_CASE("a script is found by its id, with its path and place") {
    const TemporaryFolder folder;
    const auto path =
        folder.write("versions/1.cpp", "// doc\n\n" + unit_text("a", "b"));
    const ScriptDirectory directory(locations(folder));
    REQUIRE(directory.find("a") != nullptr);
    CHECK(directory.find("a")->path == path);
    CHECK(directory.at("a").doc == "doc");
    CHECK(directory.revisions().front().origin == path + ":3");
    CHECK(directory.find("b") == nullptr);
  }

  TEST_CASE("a file larger than one read is read whole") {
    const TemporaryFolder folder;
    folder.write("versions/1.cpp",
                 "// " + std::string(300000, 'x') + "\n" + unit_text("a"));
    CHECK(ScriptDirectory(locations(folder)).at("a").doc.size() == 300000);
  }

  TEST_CASE("a new revision goes where it was told, to its parent, or the one place") {
    const TemporaryFolder folder;
    folder.write("b/1.cpp", unit_text("p"));
    folder.write("a/x", "");
    const Locations two = locations(folder, {"a", "b"});
    const ScriptDirectory directory(two);
    const Script* parent = directory.find("p");
    CHECK(version_path_for(locations(folder, {"a"}), "", nullptr) ==
          folder.path() + "/a");
    CHECK(version_path_for(two, "", parent) == folder.path() + "/b");
    CHECK(version_path_for(two, folder.path() + "/b/../a/", parent) ==
          folder.path() + "/a");
    CHECK_THROWS_WITH_AS(
        version_path_for(two, "/nowhere", parent),
        "Path /nowhere is not represented in current version locations", RevisionError);
    CHECK_THROWS_WITH_AS(
        version_path_for(two, "", nullptr),
        "Multiple version locations present, please specify --version-path",
        RevisionError);
    CHECK(join(missing_directories(folder.path() + "/a/m/n"), " ") ==
          folder.path() + "/a/m " + folder.path() + "/a/m/n");
  }
}
