# steppe_add_plugin(<kind> <name> [SOURCES files] [LINK targets] [LANGUAGE C|CXX] [OUTPUT_DIRECTORY dir])
#
# Builds the plugin <kind>.<name> (kind: trend, regression, source) as steppe_<kind>_<name>.so.
# SOURCES default to <name>.cpp, or <name>.c with LANGUAGE C, here or in <name>/ or <kind>/<name>/.
# The module is made as the contract asks: C++20 or C11, one exported symbol, no unresolved symbols,
# no contraction and no fast-math start-up code, which would change the arithmetic of the whole
# process that loads it. Exports and start-up code are checked after linking. The module goes to
# OUTPUT_DIRECTORY (by default plugins/ in the build tree) and is installed to lib/steppe/plugins,
# component "host". The same inside Steppe's own tree and outside, after find_package(Steppe).

# The default source file of a plugin, or an error that says where it was looked for.
function(steppe_find_plugin_source out kind name extension)
  foreach(folder ${kind}/${name}/ ${name}/ "")
    set(file ${folder}${name}.${extension})
    if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${file})
      set(${out} ${file} PARENT_SCOPE)
      return()
    endif()
    list(APPEND tried ${file})
  endforeach()
  list(JOIN tried ", " tried)
  message(FATAL_ERROR "steppe_add_plugin(${kind} ${name}): there is none of ${tried} in "
    "${CMAKE_CURRENT_SOURCE_DIR}; name the files with SOURCES")
endfunction()

function(steppe_add_plugin kind name)
  cmake_parse_arguments(PLUGIN "" "LANGUAGE;OUTPUT_DIRECTORY" "SOURCES;LINK" ${ARGN})
  if(PLUGIN_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "steppe_add_plugin: unknown words ${PLUGIN_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT kind MATCHES "^(trend|regression|source)$")
    message(FATAL_ERROR "steppe_add_plugin: kind is \"${kind}\"; allowed: trend, regression, source")
  endif()
  if(NOT name MATCHES "^[a-z][a-z0-9_]*$")
    message(FATAL_ERROR "steppe_add_plugin: name is \"${name}\"; allowed: snake_case")
  endif()
  if(NOT PLUGIN_LANGUAGE)
    set(PLUGIN_LANGUAGE CXX)
  elseif(NOT PLUGIN_LANGUAGE MATCHES "^(C|CXX)$")
    message(FATAL_ERROR "steppe_add_plugin: LANGUAGE is \"${PLUGIN_LANGUAGE}\"; allowed: C, CXX")
  endif()
  set(extension_C c)
  set(extension_CXX cpp)
  if(NOT PLUGIN_SOURCES)
    steppe_find_plugin_source(PLUGIN_SOURCES ${kind} ${name} ${extension_${PLUGIN_LANGUAGE}})
  endif()
  if(NOT PLUGIN_OUTPUT_DIRECTORY)
    set(PLUGIN_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/plugins)
  endif()

  set(target steppe_${kind}_${name})
  set(exports ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plugin_exports.map)
  set(exact_math -fno-fast-math -fno-unsafe-math-optimizations)
  set(feature_C c_std_11)
  set(feature_CXX cxx_std_20)
  add_library(${target} MODULE ${PLUGIN_SOURCES})
  target_compile_features(${target} PRIVATE ${feature_${PLUGIN_LANGUAGE}})
  target_link_libraries(${target} PRIVATE Steppe::sdk ${PLUGIN_LINK})
  target_compile_options(${target} PRIVATE -ffp-contract=off ${exact_math})
  target_link_options(${target} PRIVATE ${exact_math}
    -Wl,--version-script=${exports} -Wl,-O1 -Wl,--as-needed)
  if(NOT STEPPE_SANITIZE) # a sanitizer leaves its run time to the program
    target_link_options(${target} PRIVATE -Wl,-z,defs)
  endif()
  set_target_properties(${target} PROPERTIES
    PREFIX ""
    LINKER_LANGUAGE ${PLUGIN_LANGUAGE}
    C_VISIBILITY_PRESET hidden
    CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON
    LIBRARY_OUTPUT_DIRECTORY ${PLUGIN_OUTPUT_DIRECTORY})
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${exports})
  add_custom_command(TARGET ${target} POST_BUILD
    COMMAND ${CMAKE_COMMAND} -DPLUGIN=$<TARGET_FILE:${target}> -DNM=${CMAKE_NM}
            -P ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/check_plugin_exports.cmake
    VERBATIM)
  install(TARGETS ${target} LIBRARY DESTINATION lib/steppe/plugins COMPONENT host)
  if(TARGET steppe_build) # Steppe's own tree
    steppe_finish_own_plugin(${target} ${kind} ${name})
  endif()
endfunction()
