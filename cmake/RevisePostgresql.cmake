# The PostgreSQL driver. revise_postgresql_driver: its objects, for what links it
# directly (bundles, tests); revise_postgresql: the module that the tool loads when a
# URL asks for it, so that a start on SQLite does not pay for libpq.
#
# The module has copies of the few functions of lower layers that it needs. Errors are
# not among them: their classes are the program's, which exports them.

if(NOT REVISE_POSTGRESQL)
  return()
endif()

find_package(PkgConfig REQUIRED)
pkg_check_modules(LIBPQXX REQUIRED IMPORTED_TARGET libpqxx)
pkg_check_modules(LIBPQ REQUIRED IMPORTED_TARGET libpq)

file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/engine/driver/postgresql*.cpp)
# Its rules of where a statement ends are of use without a server too.
list(FILTER sources EXCLUDE REGEX "/postgresql_statements\\.cpp$")
add_library(revise_postgresql_driver OBJECT ${sources})
target_link_libraries(revise_postgresql_driver PUBLIC revise_includes PkgConfig::LIBPQXX
                                                      PkgConfig::LIBPQ)

add_library(revise_postgresql MODULE
            ${PROJECT_SOURCE_DIR}/engine/driver/connection.cpp
            ${PROJECT_SOURCE_DIR}/engine/driver/postgresql_statements.cpp
            ${PROJECT_SOURCE_DIR}/engine/driver/url.cpp
            ${PROJECT_SOURCE_DIR}/engine/core/masked.cpp
            ${PROJECT_SOURCE_DIR}/engine/core/percent.cpp
            ${PROJECT_SOURCE_DIR}/engine/core/secret.cpp
            ${PROJECT_SOURCE_DIR}/engine/core/text.cpp
            ${PROJECT_SOURCE_DIR}/engine/core/utf8.cpp)
target_link_libraries(revise_postgresql PRIVATE revise_postgresql_driver)
# Beside the tool in the build tree.
set_target_properties(revise_postgresql PROPERTIES
                      LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})

# For bundles.
add_library(revise_postgresql_archive STATIC $<TARGET_OBJECTS:revise_postgresql_driver>)
set_target_properties(revise_postgresql_archive PROPERTIES
  OUTPUT_NAME revise_postgresql ARCHIVE_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
