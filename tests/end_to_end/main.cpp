/// revise_end_to_end FILE: runs one case, or with a README.md its tour.

#include <cstdio>
#include <exception>
#include <string>

#include "tests/end_to_end/case_file.hpp"
#include "tests/end_to_end/run_case.hpp"
#include "tests/end_to_end/tour.hpp"
#include "tests/support/temporary_folder.hpp"

namespace {

using namespace revise::testing;

std::vector<Step> steps_of(const std::string& path, const std::string& folder) {
  const auto text = read_text(path);
  if (path.ends_with(".md")) return parse_tour(text);
  return parse_case(text, {
                              {"{DIR}",    folder           },
                              {"{SOURCE}", REVISE_SOURCE_DIR},
                              {"{BUILD}",  REVISE_BINARY_DIR}
  });
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("usage: revise_end_to_end FILE\n", stderr);
    return 2;
  }
  const std::string path = arguments[1];
  try {
    const TemporaryFolder folder;
    const auto wrong = run_case(steps_of(path, folder.path()),
                                {.folder = folder.path(), .build = REVISE_BINARY_DIR});
    if (wrong.empty()) return 0;
    std::fprintf(stderr, "%s:%s\n", path.c_str(), wrong.c_str());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", path.c_str(), error.what());
  }
  return 1;
}
