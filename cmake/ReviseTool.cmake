# build/revise: all layers and main; build/librevise.a: the same, for bundles and for
# programs that embed the engine.

target_link_libraries(revise_commands PUBLIC ${REVISE_PROGRAM_OPTIONS})
target_compile_definitions(revise_commands PRIVATE
  REVISE_VERSION="${PROJECT_VERSION}"
  REVISE_TEMPLATES_IN_SOURCES="${PROJECT_SOURCE_DIR}/templates"
  REVISE_TEMPLATES_BELOW_PREFIX="${CMAKE_INSTALL_DATADIR}/revise/templates")

set(engine_objects)
set(engine_layers)
foreach(layer IN LISTS REVISE_LAYERS)
  get_target_property(kind revise_${layer} TYPE)
  if(kind STREQUAL OBJECT_LIBRARY)
    list(APPEND engine_objects $<TARGET_OBJECTS:revise_${layer}>)
    list(APPEND engine_layers revise_${layer})
  endif()
endforeach()
set(engine_libraries ${REVISE_PROGRAM_OPTIONS} ${REVISE_CRYPTO} Threads::Threads
                     ${CMAKE_DL_LIBS})

add_library(revise_main OBJECT ${PROJECT_SOURCE_DIR}/tools/revise.cpp)
target_link_libraries(revise_main PUBLIC revise_includes)

# Main is a member that is only taken by what has none of its own.
add_library(revise_engine STATIC ${engine_objects} $<TARGET_OBJECTS:revise_main>)
set_target_properties(revise_engine PROPERTIES
  OUTPUT_NAME revise ARCHIVE_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
target_link_libraries(revise_engine PUBLIC ${engine_libraries})

# Units find the engine's functions in the tool itself, hence its exports.
add_executable(revise $<TARGET_OBJECTS:revise_main>)
target_link_libraries(revise PRIVATE ${engine_layers} ${engine_libraries})
set_target_properties(revise PROPERTIES
  ENABLE_EXPORTS ON RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})

# The sanitizers' own symbols must be seen, or they miss what units do.
if(NOT REVISE_SANITIZE)
  target_link_options(revise PRIVATE
    -Wl,--version-script=${PROJECT_SOURCE_DIR}/cmake/revise.exports)
  set_target_properties(revise PROPERTIES
    LINK_DEPENDS ${PROJECT_SOURCE_DIR}/cmake/revise.exports)
endif()
