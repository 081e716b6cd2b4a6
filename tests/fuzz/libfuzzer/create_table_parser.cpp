// libFuzzer's entry: build with -DREVISE_FUZZ=ON and clang, run on corpus/create_table.

#include <cstddef>
#include <cstdint>

#include "tests/fuzz/targets.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  revise::fuzz::check_create_table({reinterpret_cast<const char*>(data), size});
  return 0;
}
