# One object library a layer of engine/. A layer sees its own folder's headers and
# those below it through one include root; tests/layers holds who may include whom.

find_package(Boost 1.74 REQUIRED COMPONENTS program_options)
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(SQLite3 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(tomlplusplus REQUIRED)

# An archive where there is one: each shared library costs every start about as much
# as reading a few hundred units.
function(revise_prefer_archive variable archive target)
  find_library(${variable}_ARCHIVE ${archive})
  if(${variable}_ARCHIVE)
    set(${variable} ${${variable}_ARCHIVE} PARENT_SCOPE)
  else()
    set(${variable} ${target} PARENT_SCOPE)
  endif()
endfunction()
revise_prefer_archive(REVISE_PROGRAM_OPTIONS libboost_program_options.a
                      Boost::program_options)
revise_prefer_archive(REVISE_CRYPTO libcrypto.a OpenSSL::Crypto)

set(REVISE_LAYERS core graph schema driver config operations script unit dialects
                  output migration commands)

add_library(revise_includes INTERFACE)
target_include_directories(revise_includes INTERFACE ${PROJECT_SOURCE_DIR}
                                                     ${PROJECT_SOURCE_DIR}/engine/include)

foreach(layer IN LISTS REVISE_LAYERS)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/engine/${layer}/*.cpp)
  # The PostgreSQL driver is a module of its own, so that a start on SQLite does
  # not pay for loading libpq.
  list(FILTER sources EXCLUDE REGEX "/driver/postgresql[^/]*\\.cpp$")
  if(layer STREQUAL "driver")
    list(APPEND sources ${PROJECT_SOURCE_DIR}/engine/driver/postgresql_statements.cpp)
  endif()
  if(NOT REVISE_SQLITE)
    list(FILTER sources EXCLUDE REGEX "/driver/sqlite[^/]*\\.cpp$")
  endif()
  if(NOT sources)
    add_library(revise_${layer} INTERFACE)
    target_link_libraries(revise_${layer} INTERFACE revise_includes)
    continue()
  endif()
  add_library(revise_${layer} OBJECT ${sources})
  target_link_libraries(revise_${layer} PUBLIC revise_includes)
endforeach()

target_link_libraries(revise_core PUBLIC Threads::Threads PRIVATE ${REVISE_CRYPTO})
if(REVISE_SQLITE)
  target_link_libraries(revise_driver PUBLIC SQLite::SQLite3)
endif()
target_link_libraries(revise_driver PUBLIC ${CMAKE_DL_LIBS})
target_compile_definitions(revise_driver PRIVATE
  REVISE_INSTALL_LIBRARY="${CMAKE_INSTALL_LIBDIR}")
include(RevisePostgresql)
target_compile_definitions(revise_unit PRIVATE
  REVISE_VERSION="${PROJECT_VERSION}"
  REVISE_SOURCE_INCLUDE="${PROJECT_SOURCE_DIR}/engine/include"
  REVISE_BUILD_FOLDER="${PROJECT_BINARY_DIR}"
  REVISE_INSTALL_INCLUDE="${CMAKE_INSTALL_INCLUDEDIR}"
  REVISE_INSTALL_LIBRARY="${CMAKE_INSTALL_LIBDIR}")
target_link_libraries(revise_unit PUBLIC ${CMAKE_DL_LIBS})

# GCC 12 takes the edge iterators of Boost.Graph for uninitialized once it inlines them.
set_source_files_properties(${PROJECT_SOURCE_DIR}/engine/output/graph_formats.cpp
                            PROPERTIES COMPILE_OPTIONS -Wno-maybe-uninitialized)
