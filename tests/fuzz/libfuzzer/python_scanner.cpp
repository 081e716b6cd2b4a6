// libFuzzer's entry: build with -DREVISE_FUZZ=ON and clang, run on corpus/python.

#include <cstddef>
#include <cstdint>

#include "tests/fuzz/targets.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  revise::fuzz::check_python({reinterpret_cast<const char*>(data), size});
  return 0;
}
