#include "engine/output/console.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "engine/core/error.hpp"

using namespace revise;
using namespace revise::output;

namespace {

// A file without a name, which is gone when closed.
class Scratch {
 public:
  Scratch() : descriptor_(open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600)) {}
  ~Scratch() { close(descriptor_); }
  int descriptor() const { return descriptor_; }
  std::string text() const {
    std::string text(1 << 20, '\0');
    const auto size = pread(descriptor_, text.data(), text.size(), 0);
    text.resize(static_cast<std::size_t>(size));
    return text;
  }

 private:
  int descriptor_;
};

// A terminal, as its user sees it.
class Terminal {
 public:
  Terminal() : user_(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
    REQUIRE(grantpt(user_) == 0);
    REQUIRE(unlockpt(user_) == 0);
    program_ = open(ptsname(user_), O_RDWR | O_NOCTTY | O_CLOEXEC);
  }
  ~Terminal() {
    close(program_);
    close(user_);
  }
  int descriptor() const { return program_; }
  std::string text() const {
    std::string text(4096, '\0');
    const auto size = read(user_, text.data(), text.size());
    text.resize(static_cast<std::size_t>(size));
    return text;
  }

 private:
  int user_;
  int program_;
};

}  // namespace

TEST_SUITE("output/console") {
  TEST_CASE("results and notes go to streams of their own") {
    const Scratch out, err;
    {
      Console console(out.descriptor(), err.descriptor());
      console.print("a\n");
      console.note("b\n");
      console.print("c\n");
    }
    CHECK(out.text() == "a\nc\n");
    CHECK(err.text() == "b\n");
  }

  TEST_CASE("on one terminal both streams stand in the order they were made") {
    const Scratch both;
    Console console(both.descriptor(), both.descriptor());
    console.print("a\n");
    console.note("b\n");
    console.print("c\n");
    console.flush();
    CHECK(both.text() == "a\nb\nc\n");
  }

  TEST_CASE("what stands in a message moves no cursor, and is whole in a file") {
    const std::string text = "a\x1b[2J\a\x7f \u009b \u202e\u2066 \tü\n";
    const Scratch out, err;
    Console into_files(out.descriptor(), err.descriptor());
    into_files.print(text);
    into_files.note(text);
    into_files.flush();
    CHECK(out.text() == text);
    CHECK(err.text() == text);

    const Terminal result, told;
    Console console(result.descriptor(), told.descriptor());
    console.print(text);
    console.note(text);
    console.flush();
    const std::string shown = "a\\x1b[2J\\x07\\x7f \\u009b \\u202e\\u2066 \tü\r\n";
    CHECK(result.text() == shown);
    CHECK(told.text() == shown);
  }

  TEST_CASE("progress and scripts reach a terminal as they are") {
    const Terminal result, told;
    Console console(result.descriptor(), told.descriptor());
    console.write("\x1b[K");
    console.draw("\x1b[K");
    console.flush();
    CHECK(result.text() == "\x1b[K");
    CHECK(told.text() == "\x1b[K");
  }

  TEST_CASE("quiet drops results, and neither scripts nor notes") {
    const Scratch out, err;
    Console console(out.descriptor(), err.descriptor());
    console.set_verbosity(Verbosity::Quiet);
    console.print("result\n");
    console.write("BEGIN;\n");
    console.note("note\n");
    console.flush();
    CHECK(out.text() == "BEGIN;\n");
    CHECK(err.text() == "note\n");
  }

  TEST_CASE("what cannot be written is an error, told once") {
    const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    Console console(full, full);
    console.print("lost\n");
    CHECK_THROWS_WITH_AS(console.flush(),
                         "cannot write to standard output: No space left on device",
                         Error);
    CHECK_NOTHROW(console.flush());
    CHECK_NOTHROW(console.note("also lost\n"));
    close(full);
  }
}
