# How everything here is compiled: C++20, warnings are errors, hidden visibility.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# Fast, small, and with its assertions: a breach of our own contract must not go on.
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O2")

add_compile_options(-Wall -Wextra -Wconversion -Wshadow -Werror)

find_program(REVISE_CCACHE ccache)
if(REVISE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${REVISE_CCACHE})
endif()

if(REVISE_SANITIZE)
  add_compile_options(-fsanitize=${REVISE_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  # GCC 12 sees uninitialised values in what the sanitizers add to the library's code.
  add_compile_options(-Wno-maybe-uninitialized)
  add_link_options(-fsanitize=${REVISE_SANITIZE})
endif()
