#include "engine/unit/bundle.hpp"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "engine/core/process.hpp"
#include "engine/core/text.hpp"
#include "engine/unit/bundle_table.hpp"
#include "engine/unit/dependencies.hpp"
#include "tests/unit/unit_project.hpp"

namespace {

namespace fs = std::filesystem;
using namespace revise;
using namespace revise::testing;

// Two units that define the same names, and a revision that is no unit.
unit::BundleRequest request_in(const UnitProject& project) {
  unit::BundleRequest request;
  request.output = project.path("bundle");
  request.name = "alembic";
  request.ini = "[alembic]\nx = \"1\\2\"\n";
  request.drivers = {"sqlite"};
  for (const std::string name : {"x", "y"}) {
    const auto source = project.write(name, copy_with(name));
    request.revisions.push_back({.revision = name,
                                 .down_revisions = {"p"},
                                 .path = "versions/" + name + ".cpp",
                                 .doc = "\xc3\xa4 \"doc\"",
                                 .source = source.path});
  }
  request.revisions.push_back({
      .revision = "p",
      .branch_labels = {"l1", "l2"},
      .depends_on = {"d"   },
      .path = "versions/p.py",
      .notes = "python"
  });
  return request;
}

constexpr const char* kExpected =
    "alembic: [alembic]\nx = \"1\\2\"\n\n"
    "x p | | | versions/x.cpp | \xc3\xa4 \"doc\" |  | x x x x\n"
    "y p | | | versions/y.cpp | \xc3\xa4 \"doc\" |  | y y y y\n"
    "p | l1 l2 | d | versions/p.py |  | python |\n";

void use_engine_of_tests(UnitProject& project) {
  project.settings.engine.library = REVISE_TEST_ENGINE;
}

// A copy of what the loader is asked for, at the places where it looks.
void furnish(const fs::path& root, const std::string& executable) {
  const auto known = run_process({
                                     .arguments = {"ldd", executable}
  })
                         .output;
  for (const auto& line : split(known, '\n')) {
    const auto start = line.find('/');
    if (start == std::string::npos) continue;
    const fs::path library = line.substr(start, line.find(' ', start) - start);
    const auto needed = unit::needed_libraries(executable);
    const bool is_loader = library.filename().string().starts_with("ld-linux");
    if (!is_loader && std::find(needed.begin(), needed.end(),
                                library.filename().string()) == needed.end()) {
      continue;
    }
    fs::create_directories(root / library.parent_path().relative_path());
    fs::copy_file(fs::canonical(library), root / library.relative_path());
  }
  fs::copy_file(executable, root / "bundle");
}

}  // namespace

TEST_SUITE("unit/bundle") {
  TEST_CASE("a bundle holds its table and units, each with its own definitions") {
    UnitProject project;
    use_engine_of_tests(project);
    const auto request = request_in(project);
    unit::write_bundle(request, project.settings);
    CHECK(run_process({.arguments = {request.output}}).output == kExpected);
  }

  TEST_CASE("same inputs, same bytes, whatever the cache knew") {
    UnitProject project;
    use_engine_of_tests(project);
    auto request = request_in(project);
    unit::write_bundle(request, project.settings);
    const auto first = read_text(request.output);
    unit::write_bundle(request, project.settings);
    CHECK((read_text(request.output) == first));
    project.settings.build_directory = project.path("another");
    unit::write_bundle(request, project.settings);
    CHECK((read_text(request.output) == first));
  }

  TEST_CASE(
      "a bundle runs where there is nothing but it, the loader and its libraries") {
    UnitProject project;
    use_engine_of_tests(project);
    const auto request = request_in(project);
    unit::write_bundle(request, project.settings);
    for (const auto& library : unit::needed_libraries(request.output)) {
      CAPTURE(library);
      CHECK(!library.starts_with("libstdc++"));
      CHECK(!library.starts_with("libgcc"));
      CHECK(!library.starts_with("libsqlite3"));
      CHECK(!library.starts_with("libcrypto"));
    }
    const auto root = project.path("root");
    furnish(root, request.output);
    const auto ran = run_process({
        .arguments = {"unshare", "--map-root-user", "--root=" + root, "/bundle"}
    });
    CHECK(ran.output == kExpected);
  }

  TEST_CASE("the depfile names the units, their folder, headers and the engine") {
    UnitProject project;
    use_engine_of_tests(project);
    auto request = request_in(project);
    request.depfile = project.path("bundle.d");
    unit::write_bundle(request, project.settings);
    const auto files = unit::parse_dependencies(read_text(request.depfile));
    for (const auto& file :
         {project.path("versions/x.cpp"), project.path("versions/y.cpp"),
          project.path("versions"), project.settings.engine.include + "/revise/op.hpp",
          std::string(REVISE_TEST_ENGINE "/librevise.a")}) {
      CAPTURE(file);
      CHECK(std::count(files.begin(), files.end(), file) == 1);
    }
  }

  TEST_CASE("what a bundle needs and is not there is named") {
    UnitProject project;
    project.settings.engine.library = project.path("nowhere");
    const auto request = request_in(project);
    CHECK(unit_error_of([&] { unit::write_bundle(request, project.settings); })
              .starts_with("a bundle links '" + project.path("nowhere/librevise.a") +
                           "', which is not there"));
    CHECK(!fs::exists(request.output));
  }

  TEST_CASE("any bytes survive the table's source") {
    std::string bytes;
    for (int i = 1; i < 256; ++i) bytes += static_cast<char>(i);
    UnitProject project;
    use_engine_of_tests(project);
    unit::BundleRequest request;
    request.output = project.path("bundle");
    request.name = bytes +
                   "?"
                   "?/7";
    unit::write_bundle(request, project.settings);
    CHECK(
        (run_process({.arguments = {request.output}}).output == request.name + ": \n"));
  }
}
