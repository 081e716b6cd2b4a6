# revise_add_bundle(NAME [INI FILE] [SECTION NAME] [DRIVERS sqlite postgresql]
#                   [OUTPUT FILE] [WORKING_DIRECTORY FOLDER])
#
# A target NAME, part of `all`, that makes one executable of the revise tool and the
# units of an ini: `revise bundle`. It is made anew when a unit, a header that one
# reads, the ini or the engine changes, or a unit is added or taken away.
#
#   INI                the alembic.ini; default: the one in this source folder
#   SECTION            its section, as `revise -n` takes it; default: alembic
#   DRIVERS            the databases that it can use; default: those of the ini's URLs
#   OUTPUT             default: bundle/NAME in this binary folder (where NAME itself is
#                      the target's, for Ninja); the target's property REVISE_BUNDLE
#                      holds it, for install(PROGRAMS) and tests
#   WORKING_DIRECTORY  what relative paths in the ini start from; default: its folder
function(revise_add_bundle name)
  cmake_parse_arguments(PARSE_ARGV 1 bundle "" "INI;SECTION;OUTPUT;WORKING_DIRECTORY"
                        "DRIVERS")
  if(bundle_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "revise_add_bundle: unknown: ${bundle_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT bundle_INI)
    set(bundle_INI alembic.ini)
  endif()
  cmake_path(ABSOLUTE_PATH bundle_INI BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  if(NOT bundle_OUTPUT)
    set(bundle_OUTPUT bundle/${name})
  endif()
  cmake_path(ABSOLUTE_PATH bundle_OUTPUT BASE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
  cmake_path(GET bundle_OUTPUT PARENT_PATH folder)
  file(MAKE_DIRECTORY ${folder})
  if(NOT bundle_WORKING_DIRECTORY)
    cmake_path(GET bundle_INI PARENT_PATH bundle_WORKING_DIRECTORY)
  endif()

  set(tool revise::revise)
  if(TARGET revise AND NOT TARGET revise::revise)
    set(tool revise)  # a project that has the sources of revise in it
  endif()
  set(arguments -c ${bundle_INI})
  if(bundle_SECTION)
    list(APPEND arguments -n ${bundle_SECTION})
  endif()
  list(APPEND arguments bundle --output ${bundle_OUTPUT}
                               --depfile ${bundle_OUTPUT}.d)
  if(bundle_DRIVERS)
    list(JOIN bundle_DRIVERS "," drivers)
    list(APPEND arguments --drivers ${drivers})
  endif()

  add_custom_command(
    OUTPUT ${bundle_OUTPUT}
    COMMAND ${tool} ${arguments}
    DEPENDS ${bundle_INI} ${tool}
    DEPFILE ${bundle_OUTPUT}.d
    WORKING_DIRECTORY ${bundle_WORKING_DIRECTORY}
    COMMENT "Bundling ${name}"
    VERBATIM)
  add_custom_target(${name} ALL DEPENDS ${bundle_OUTPUT})
  set_target_properties(${name} PROPERTIES REVISE_BUNDLE ${bundle_OUTPUT})
endfunction()
