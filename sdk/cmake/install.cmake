# Component "sdk": what a plugin author needs, under lib/cmake/Steppe, include/steppe and lib.
include(CMakePackageConfigHelpers)
set(package_dir lib/cmake/Steppe)

install(DIRECTORY include/ numerics/include/ DESTINATION include COMPONENT sdk
  FILES_MATCHING PATTERN "*.h" PATTERN "*.hpp")
install(TARGETS steppe_sdk steppe_numerics EXPORT SteppeTargets
  ARCHIVE DESTINATION lib COMPONENT sdk)
install(EXPORT SteppeTargets NAMESPACE Steppe:: DESTINATION ${package_dir} COMPONENT sdk)

configure_package_config_file(cmake/SteppeConfig.cmake.in
  ${CMAKE_CURRENT_BINARY_DIR}/SteppeConfig.cmake INSTALL_DESTINATION ${package_dir})
# Before 1.0 a minor version may break; see docs/decisions for the contract's own versions.
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/SteppeConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES
  ${CMAKE_CURRENT_BINARY_DIR}/SteppeConfig.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/SteppeConfigVersion.cmake
  cmake/SteppeAddPlugin.cmake cmake/check_plugin_exports.cmake cmake/plugin_exports.map
  DESTINATION ${package_dir} COMPONENT sdk)
