# steppe_add_plugin(<kind> <name> [SOURCES files] [LINK targets] [LANGUAGE C|CXX] [OUTPUT_DIRECTORY dir])
#
# Builds the plugin <kind>.<name> from <name>/<name>.cpp (or SOURCES) as steppe_<kind>_<name>.so:
# a module with one exported symbol, hidden visibility, no unresolved symbols, no fast-math start-up
# code, and checks the exports after linking. In Steppe's own tree it also registers the unit test
# <name>/<name>_test.cpp.

function(steppe_add_plugin kind name)
  cmake_parse_arguments(PLUGIN "" "LANGUAGE;OUTPUT_DIRECTORY" "SOURCES;LINK" ${ARGN})
  if(NOT kind MATCHES "^(trend|regression|source)$")
    message(FATAL_ERROR "steppe_add_plugin: kind is \"${kind}\"; allowed: trend, regression, source")
  endif()
  set(target steppe_${kind}_${name})
  if(NOT PLUGIN_SOURCES)
    set(PLUGIN_SOURCES ${name}/${name}.cpp)
    if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${kind}/${name}/${name}.cpp)
      set(PLUGIN_SOURCES ${kind}/${name}/${name}.cpp)
    endif()
  endif()
  if(NOT PLUGIN_OUTPUT_DIRECTORY)
    set(PLUGIN_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/plugins)
  endif()

  add_library(${target} MODULE ${PLUGIN_SOURCES})
  target_link_libraries(${target} PRIVATE steppe::sdk ${PLUGIN_LINK})
  target_compile_options(${target} PRIVATE -ffp-contract=off -fno-fast-math)
  set_target_properties(${target} PROPERTIES
    PREFIX ""
    C_VISIBILITY_PRESET hidden
    CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON
    LIBRARY_OUTPUT_DIRECTORY ${PLUGIN_OUTPUT_DIRECTORY})
  set(exports ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plugin_exports.map)
  target_link_options(${target} PRIVATE -Wl,--version-script=${exports} -Wl,-O1 -Wl,--as-needed)
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${exports})
  if(NOT STEPPE_SANITIZE) # a sanitizer leaves its run time to the program
    target_link_options(${target} PRIVATE -Wl,-z,defs)
  endif()
  add_custom_command(TARGET ${target} POST_BUILD
    COMMAND ${CMAKE_COMMAND} -DPLUGIN=$<TARGET_FILE:${target}> -DNM=${CMAKE_NM}
            -P ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/check_plugin_exports.cmake
    VERBATIM)
  if(TARGET steppe_build) # Steppe's own tree
    steppe_finish_own_plugin(${target} ${kind} ${name})
  endif()
endfunction()
