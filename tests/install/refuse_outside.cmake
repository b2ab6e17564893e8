# What steppe_add_plugin() and find_package() must refuse, each with the words that help.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
file(REMOVE_RECURSE ${WORK})
file(COPY ${CMAKE_CURRENT_LIST_DIR}/outside/last_value.cpp
          ${CMAKE_CURRENT_LIST_DIR}/outside/first_value.c DESTINATION ${WORK})
file(WRITE ${WORK}/two_symbols.c [[
#include "first_value.c"
__attribute__((visibility("default"))) int another(void) { return 1; }
]])
file(WRITE ${WORK}/unresolved.c [[
#include "first_value.c"
int nowhere_defined(void);
__attribute__((used, visibility("hidden"))) int calls_it(void) { return nowhere_defined(); }
]])

# refuse(<case> <words expected> <CMake code> [arguments of the configure step])
function(refuse case words code)
  set(source ${WORK}/${case})
  file(WRITE ${source}/CMakeLists.txt
    "cmake_minimum_required(VERSION 3.25)\nproject(refused LANGUAGES C CXX)\n${code}\n")
  configure_outside(${source} ${source}/build failed text ${ARGN})
  if(NOT failed)
    execute_process(COMMAND ${CMAKE_COMMAND} --build ${source}/build
      RESULT_VARIABLE failed OUTPUT_VARIABLE text ERROR_VARIABLE text)
  endif()
  string(REGEX REPLACE "[ \n]+" " " text "${text}") # messages are wrapped to the line's width
  if(NOT failed)
    message(SEND_ERROR "${case}: was not refused")
  elseif(NOT text MATCHES "${words}")
    message(SEND_ERROR "${case}: refused without \"${words}\":\n${text}")
  endif()
endfunction()

set(package "find_package(Steppe 0.1 CONFIG REQUIRED)\n")
refuse(newer_version "version \"7.0\"" "find_package(Steppe 7.0 CONFIG REQUIRED)")
refuse(unknown_kind "kind is \"model\"; allowed: trend, regression, source"
  "${package}steppe_add_plugin(model last_value)")
refuse(bad_name "name is \"LastValue\"; allowed: snake_case"
  "${package}steppe_add_plugin(trend LastValue)")
refuse(unknown_language "LANGUAGE is \"Rust\"; allowed: C, CXX"
  "${package}steppe_add_plugin(trend last_value LANGUAGE Rust)")
refuse(no_source "there is none of trend/absent/absent.cpp, absent/absent.cpp, absent.cpp"
  "${package}steppe_add_plugin(trend absent)")
refuse(unresolved_symbol "nowhere_defined"
  "${package}steppe_add_plugin(trend broken SOURCES ../unresolved.c LANGUAGE C)")
refuse(fast_math_start_up "linked with -ffast-math or -Ofast"
  "${package}steppe_add_plugin(trend last_value SOURCES ../last_value.cpp)"
  "-DCMAKE_MODULE_LINKER_FLAGS=-Ofast")
# The version script hides a second symbol; a project that takes the script away exports it.
refuse(two_exports "must export steppe_plugin_entry_v1 and nothing else; it exports: another;steppe_plugin_entry_v1"
  "${package}steppe_add_plugin(trend two SOURCES ../two_symbols.c LANGUAGE C)
set_target_properties(steppe_trend_two PROPERTIES LINK_OPTIONS \"\")")
file(WRITE ${WORK}/no_entry.c "int answer(void);\nint answer(void) { return 42; }\n")
refuse(no_entry "must export steppe_plugin_entry_v1 and nothing else"
  "${package}steppe_add_plugin(trend no_entry SOURCES ../no_entry.c LANGUAGE C)")

# And what must not be refused: -ffast-math for the whole project does not reach the plugin, a
# second visible symbol is hidden, and a project of C alone needs no C++.
set(source ${WORK}/accepted)
file(WRITE ${source}/CMakeLists.txt "cmake_minimum_required(VERSION 3.25)
project(accepted LANGUAGES C)
${package}steppe_add_plugin(trend first_value SOURCES ../two_symbols.c LANGUAGE C)\n")
configure_outside(${source} ${source}/build failed text -DCMAKE_C_FLAGS=-ffast-math)
if(failed)
  message(FATAL_ERROR "${text}")
endif()
run("building a project of C alone" ${CMAKE_COMMAND} --build ${source}/build)
