// The suite's share of fuzzing: the corpus, and seeded mutations of it.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "tests/fuzz/targets.hpp"

namespace {

using namespace revise::fuzz;

// Of each scanner's corpus.
int mutations() {
  return std::getenv("REVISE_TEST_FULL") == nullptr ? 8'000 : 1'000'000;
}

std::vector<std::string> corpus(const std::string& name) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(
           std::string(REVISE_SOURCE_DIR "/tests/fuzz/corpus/") + name)) {
    paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> texts;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(file),
                       std::istreambuf_iterator<char>());
  }
  return texts;
}

class Mutator {
 public:
  explicit Mutator(std::vector<std::string> texts) : texts_(std::move(texts)) {}

  std::string next() {
    std::string text = texts_[below(texts_.size())];
    for (auto count = 1 + below(4); count > 0; --count) mutate(text);
    return text;
  }

 private:
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }

  void mutate(std::string& text) {
    static const std::vector<std::string> kPieces = {"\"",
                                                     "'",
                                                     "\\",
                                                     "\\\n",
                                                     "\n",
                                                     "\r\n",
                                                     "/*",
                                                     "*/",
                                                     "//",
                                                     "R\"(",
                                                     ")\"",
                                                     "#if 0\n",
                                                     "#else\n",
                                                     "#endif\n",
                                                     "#ifdef A\n",
                                                     "#define ",
                                                     "<%",
                                                     "%>",
                                                     "%:",
                                                     "{",
                                                     "}",
                                                     "(",
                                                     ")",
                                                     ",",
                                                     ";",
                                                     "=",
                                                     ".",
                                                     "Revision",
                                                     "REVISE_UNIT",
                                                     "revision",
                                                     "u8",
                                                     "\"\"\"",
                                                     "None",
                                                     "[",
                                                     "]",
                                                     ":",
                                                     " ",
                                                     "\t",
                                                     "\xef\xbb\xbf",
                                                     "\xff",
                                                     "?\?/",
                                                     "\\x{0a}",
                                                     "#",
                                                     "autocommit_block",
                                                     "\\u00e9",
                                                     "\\400",
                                                     "f'",
                                                     " NOT NULL ",
                                                     " CHECK (",
                                                     " DEFAULT ",
                                                     "CONSTRAINT x ",
                                                     " REFERENCES u ",
                                                     "[a]",
                                                     "`",
                                                     "--",
                                                     "GENERATED ALWAYS AS ("};
    const std::size_t place = below(text.size() + 1);
    switch (below(5)) {
      case 0:
        text.insert(place, kPieces[below(kPieces.size())]);
        break;
      case 1:
        text.erase(place, 1 + below(20));
        break;
      case 2:
        if (place < text.size()) text[place] = static_cast<char>(below(256));
        break;
      case 3:
        text.insert(place, text.substr(below(text.size() + 1), below(60)));
        break;
      default: {
        const std::string& other = texts_[below(texts_.size())];
        text.replace(place, below(40),
                     other.substr(below(other.size() + 1), below(40)));
      }
    }
  }

  std::vector<std::string> texts_;
  std::mt19937 random_{20261120};
};

void run(void (*check)(std::string_view), const std::string& name) {
  const std::vector<std::string> texts = corpus(name);
  REQUIRE(texts.size() >= 4);
  for (const std::string& text : texts) {
    check(text);
    // What was cut off anywhere must be survived too.
    for (std::size_t size = 0; size < text.size(); size += 7) {
      check(std::string_view(text).substr(0, size));
    }
  }
  Mutator mutator(texts);
  for (int i = mutations(); i > 0; --i) check(mutator.next());
}

}  // namespace

TEST_SUITE("fuzz") {
  TEST_CASE("no source breaks the scanner of units") { run(check_unit, "unit"); }
  TEST_CASE("no source breaks the scanner of Python") { run(check_python, "python"); }
  TEST_CASE("no definition breaks the parser of stored tables") {
    run(check_create_table, "create_table");
  }
}
