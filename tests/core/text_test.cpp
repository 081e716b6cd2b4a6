#include "engine/core/text.hpp"

#include <doctest/doctest.h>

#include "engine/core/hash.hpp"

TEST_SUITE("core/text") {
  using namespace revise;

  TEST_CASE("join and split are each other's reverse") {
    const std::string rows[] = {"", "a", "a,b", ",", "a,,b,"};
    for (const auto& row : rows) {
      CAPTURE(row);
      CHECK(join(split(row, ','), ",") == row);
    }
  }

  TEST_CASE("strip takes white space off both ends and leaves the inside") {
    CHECK(strip(" \t a b\r\n") == "a b");
    CHECK(strip(" \n") == "");
  }

  TEST_CASE("replace_all does not look again at what it put in") {
    CHECK(replace_all("a%b%", "%", "%%") == "a%%b%%");
    CHECK(replace_all("aaa", "aa", "a") == "aa");
  }

  TEST_CASE("sha256 gives the published digests (FIPS 180-4, examples)") {
    CHECK(sha256("abc") ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256("") ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }
}
