#include "engine/unit/cache_folder.hpp"

#include <doctest/doctest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "engine/core/error.hpp"
#include "tests/unit/unit_project.hpp"

namespace {

using namespace revise;
using namespace revise::testing;
using unit::CacheFolder;

unsigned mode_of(const std::string& path) {
  struct stat status = {};
  ::stat(path.c_str(), &status);
  return status.st_mode & 07777;
}

std::string open_error(const std::string& path) {
  return unit_error_of([&path] { CacheFolder::open(path); });
}

}  // namespace

TEST_SUITE("unit/cache_folder") {
  TEST_CASE("a new cache is its owner's alone, and git does not see it") {
    const TemporaryFolder folder;
    const auto path = folder / ".revise";
    CHECK(CacheFolder::open(path).path() == path);
    CHECK(mode_of(path) == 0700);
    CHECK(read_text(path + "/.gitignore") == "*\n");
  }

  TEST_CASE("a folder that others can write to is refused, and left as it is") {
    const TemporaryFolder folder;
    const auto path = folder / ".revise";
    for (const mode_t mode : {0777, 0770, 0702}) {
      CAPTURE(mode);
      ::mkdir(path.c_str(), 0700);
      ::chmod(path.c_str(), mode);
      CHECK(open_error(path).starts_with("others can write to the build directory '" +
                                         path + "'"));
      CHECK(std::filesystem::is_empty(path));
    }
  }

  TEST_CASE("a symbolic link and a file are no folders") {
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder / "real");
    std::filesystem::create_symlink(folder / "real", folder / "link");
    write_text(folder / "file", "");
    for (const std::string name : {"link", "file"}) {
      CAPTURE(name);
      CHECK(open_error(folder / name).find("is a symbolic link or no folder") !=
            std::string::npos);
    }
  }

  // Root can write anywhere, so that what is tested is tested as somebody else.
  TEST_CASE(
      "beside a folder that cannot be written, one in the user's cache stands in") {
    const TemporaryFolder folder;
    ::chmod(folder.path().c_str(), 0777);
    std::filesystem::create_directory(folder / "project");
    ::chmod((folder / "project").c_str(), 0555);
    const pid_t child = ::fork();
    if (child == 0) {
      const bool is_other = ::geteuid() != 0 || ::setresuid(65534, 65534, 65534) == 0;
      ::setenv("XDG_CACHE_HOME", (folder / "cache").c_str(), 1);
      const auto path = CacheFolder::open(folder / "project/.revise").path();
      const bool is_there = path.starts_with(folder / "cache/revise/");
      ::_exit(is_other && is_there && mode_of(path) == 0700 ? 0 : 1);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    CHECK(status == 0);
  }

  TEST_CASE("a file is read as it was written, and nothing where there is none") {
    const TemporaryFolder folder;
    const auto cache = CacheFolder::open(folder / "cache");
    const std::string bytes("a\0b\n", 4);
    cache.write("file", bytes);
    CHECK(cache.read("file").value_or("") == bytes);
    CHECK(!cache.read("none").has_value());
    CHECK(cache.has("file"));
    CHECK(!cache.has("none"));
  }
}
