# The conformance suite judges the plugin of one build.
set(ENV{XDG_CACHE_HOME} ${WORK}/cache)
execute_process(COMMAND ${STEPPE} --help OUTPUT_VARIABLE help)
if(NOT help MATCHES "test-plugin")
  message(STATUS "skipped: this steppe has no test-plugin")
  return()
endif()
execute_process(COMMAND ${STEPPE} test-plugin ${MODULES}/line_${BUILD}.so
  RESULT_VARIABLE failed OUTPUT_VARIABLE text ERROR_VARIABLE text)
if(failed)
  message(FATAL_ERROR "${BUILD} (${failed}):\n${text}")
endif()
