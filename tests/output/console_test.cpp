#include "engine/output/console.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

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
