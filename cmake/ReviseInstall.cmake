# What `cmake --install` lays down: the tool, the archives, the headers, the
# templates, a CMake package (target revise::engine) and a pkg-config file.

include(CMakePackageConfigHelpers)

set(REVISE_CMAKE_FOLDER ${CMAKE_INSTALL_LIBDIR}/cmake/revise)

install(TARGETS revise RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS revise_engine ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
if(REVISE_POSTGRESQL)
  install(TARGETS revise_postgresql_archive ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(TARGETS revise_postgresql LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/revise)
endif()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/engine/include/revise
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp")
install(DIRECTORY ${PROJECT_SOURCE_DIR}/templates/
        DESTINATION ${CMAKE_INSTALL_DATADIR}/revise/templates)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/THIRD-PARTY.md
        DESTINATION ${CMAKE_INSTALL_DOCDIR})

configure_package_config_file(
  ${CMAKE_CURRENT_LIST_DIR}/reviseConfig.cmake.in
  ${PROJECT_BINARY_DIR}/package/reviseConfig.cmake
  INSTALL_DESTINATION ${REVISE_CMAKE_FOLDER}
  PATH_VARS CMAKE_INSTALL_INCLUDEDIR CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_BINDIR)
# While the first digit is 0 every release may differ.
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/package/reviseConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
configure_file(${CMAKE_CURRENT_LIST_DIR}/revise.pc.in
               ${PROJECT_BINARY_DIR}/package/revise.pc @ONLY)

install(FILES ${PROJECT_BINARY_DIR}/package/reviseConfig.cmake
              ${PROJECT_BINARY_DIR}/package/reviseConfigVersion.cmake
              ${CMAKE_CURRENT_LIST_DIR}/revise_add_bundle.cmake
        DESTINATION ${REVISE_CMAKE_FOLDER})
install(FILES ${PROJECT_BINARY_DIR}/package/revise.pc
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
