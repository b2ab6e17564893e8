# Flags and helpers of Steppe's own build. Plugin authors use SteppeAddPlugin.cmake only.

find_program(STEPPE_CCACHE ccache)
if(STEPPE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER ${STEPPE_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${STEPPE_CCACHE})
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_EXTENSIONS OFF)

# The tests show that numbers do not know the locale (C27), so there must be one to be ignored. Made
# from the sources of the package "locales".
set(STEPPE_TEST_LOCALES ${CMAKE_BINARY_DIR}/locale)
find_program(STEPPE_LOCALEDEF localedef)
if(STEPPE_BUILD_TESTS AND STEPPE_LOCALEDEF AND NOT EXISTS ${STEPPE_TEST_LOCALES}/de_DE.UTF-8)
  file(MAKE_DIRECTORY ${STEPPE_TEST_LOCALES})
  execute_process(COMMAND ${STEPPE_LOCALEDEF} -i de_DE -f UTF-8 ${STEPPE_TEST_LOCALES}/de_DE.UTF-8
    OUTPUT_QUIET ERROR_QUIET)
endif()

# Where programs, libraries and plugins of one build tree are found.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(STEPPE_PLUGIN_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/plugins)

include(SteppeBatches)

# Everything Steppe compiles links this one interface target.
add_library(steppe_build INTERFACE)
target_compile_options(steppe_build INTERFACE
  -ffp-contract=off -fno-fast-math
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual>
  # GCC 12 warns of overlap inside std::string's own operator+ (GCC bug 105651).
  $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>>:-Wno-restrict>
  $<$<BOOL:${STEPPE_WARNINGS_AS_ERRORS}>:-Werror>)
if(STEPPE_SANITIZE)
  set(sanitized $<NOT:$<BOOL:$<TARGET_PROPERTY:STEPPE_PLAIN_TESTS>>>)
  target_compile_options(steppe_build INTERFACE "$<${sanitized}:\
-fsanitize=${STEPPE_SANITIZE};-fno-omit-frame-pointer;-fno-sanitize-recover=all>")
  target_link_options(steppe_build INTERFACE -fsanitize=${STEPPE_SANITIZE})
endif()

# steppe_add_room(core SOURCES a.cpp ... [LINK targets] [PRIVATE_LINK targets])
# One static library steppe_core with alias steppe::core. Includes are written from framework/.
function(steppe_add_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  add_library(steppe_${name} STATIC ${ROOM_SOURCES})
  add_library(steppe::${name} ALIAS steppe_${name})
  set_target_properties(steppe_${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  steppe_compile_in_batches(steppe_${name} ${ROOM_SOURCES})
  target_include_directories(steppe_${name} PUBLIC ${PROJECT_SOURCE_DIR}/framework)
  target_link_libraries(steppe_${name}
    PUBLIC ${ROOM_LINK} PRIVATE ${ROOM_PRIVATE_LINK} steppe_build)
endfunction()

# steppe_add_tests(core_test SOURCES a_test.cpp ... [LINK targets] [LABELS labels] [SANITIZED])
# One GoogleTest binary; every case becomes one CTest test. The target tests_<label> builds all test
# programs of that label. The sanitizers watch the libraries, programs and plugins under test; the
# tests themselves compile without them, in half the time, unless they are SANITIZED: for tests that
# compile the code under test themselves, from headers or sources.
function(steppe_add_tests name)
  if(NOT STEPPE_BUILD_TESTS)
    return()
  endif()
  cmake_parse_arguments(TEST "SANITIZED" "" "SOURCES;LINK;LABELS" ${ARGN})
  find_package(GTest REQUIRED)
  include(GoogleTest)
  add_executable(${name} ${TEST_SOURCES})
  steppe_compile_in_batches(${name} ${TEST_SOURCES})
  target_link_libraries(${name} PRIVATE ${TEST_LINK} GTest::gtest_main GTest::gmock steppe_build)
  # What is tested is optimised, the tests are not: that halves the time to compile them.
  target_compile_options(${name} PRIVATE -O0)
  if(NOT TEST_SANITIZED)
    set_target_properties(${name} PROPERTIES STEPPE_PLAIN_TESTS ON)
  endif()
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests) # support/
  target_compile_definitions(${name} PRIVATE
    STEPPE_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
    STEPPE_BINARY_DIR="${CMAKE_BINARY_DIR}"
    STEPPE_PLUGIN_DIR="${STEPPE_PLUGIN_OUTPUT_DIRECTORY}")
  foreach(label IN LISTS TEST_LABELS)
    if(NOT TARGET tests_${label})
      add_custom_target(tests_${label})
    endif()
    add_dependencies(tests_${label} ${name})
  endforeach()
  string(REPLACE ";" "\\;" TEST_LABELS "${TEST_LABELS}") # a list of labels is one property
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
    PROPERTIES LABELS "${TEST_LABELS}" ENVIRONMENT LOCPATH=${STEPPE_TEST_LOCALES})
endfunction()

# What Steppe's own plugins get beside what steppe_add_plugin() gives everyone: the build flags and
# the unit test beside the source, which loads the plugin as the host does.
function(steppe_finish_own_plugin target kind name)
  target_link_libraries(${target} PRIVATE steppe_build)
  set(test ${CMAKE_CURRENT_SOURCE_DIR}/${kind}/${name}/${name}_test.cpp)
  if(EXISTS ${test})
    set_property(GLOBAL APPEND PROPERTY STEPPE_PLUGIN_TESTS ${test})
    set_property(GLOBAL APPEND PROPERTY STEPPE_PLUGIN_TARGETS ${target})
  endif()
endfunction()
