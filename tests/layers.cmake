# Which layers each layer's tests link.
revise_test(core fast core core)
revise_test(graph fast graph core graph)
target_sources(test_graph PRIVATE conformance/oracle.cpp)
target_link_libraries(test_graph PRIVATE nlohmann_json::nlohmann_json)
revise_test(schema fast schema core schema)
revise_test(config fast config core config)
revise_test(driver fast driver core driver postgresql_driver test_databases)
revise_test_on_postgresql(driver)
if(TARGET test_driver AND TARGET revise_postgresql)
  add_dependencies(test_driver revise_postgresql)
  target_compile_definitions(test_driver PRIVATE
    REVISE_POSTGRESQL_MODULE="$<TARGET_FILE:revise_postgresql>")
endif()
revise_test(script fast script core graph script)
revise_test(operations fast operations core schema driver operations)
revise_test(dialects fast dialects core schema driver operations dialects)
revise_test(output fast output core graph script output)
revise_test(unit units unit core schema driver operations unit)
if(TARGET test_unit)
  target_sources(test_unit PRIVATE support/temporary_folder.cpp)
  # What bundles of these tests link: the engine's lower layers and a small main.
  add_library(test_unit_engine STATIC unit/bundle_main/main.cpp)
  target_link_libraries(test_unit_engine PRIVATE revise_core revise_schema revise_driver
                                                 revise_operations revise_unit)
  set_target_properties(test_unit_engine PROPERTIES OUTPUT_NAME revise
    ARCHIVE_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/unit_engine)
  add_dependencies(test_unit test_unit_engine)
  target_compile_definitions(test_unit PRIVATE
    REVISE_TEST_ENGINE="${CMAKE_CURRENT_BINARY_DIR}/unit_engine")
endif()
revise_test(migration fast migration core graph schema driver operations dialects
            migration postgresql_driver test_databases)
revise_test_on_postgresql(migration)
revise_test(commands fast commands core graph schema driver config operations script unit
            dialects output migration commands)
if(TARGET test_commands)
  target_sources(test_commands PRIVATE support/temporary_folder.cpp)
endif()
revise_test(layers fast layers)
revise_test(headers units headers)
if(TARGET test_headers)
  target_sources(test_headers PRIVATE support/command.cpp support/temporary_folder.cpp)
endif()
