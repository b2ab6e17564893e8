# The conformance suite judges the plugin of one build. One build cannot do one thing: without
# exceptions a C++ plugin has no way to refuse for lack of memory. It must fail in that case, and in
# no other.
set(cannot_no_exceptions service.survives_lack_of_memory)
set(ENV{XDG_CACHE_HOME} ${WORK}/cache)
execute_process(COMMAND ${STEPPE} test-plugin ${MODULES}/line_${BUILD}.so
  RESULT_VARIABLE result OUTPUT_VARIABLE text ERROR_VARIABLE text)
string(REGEX MATCHALL "\nFAILED [a-z_.]+" failed "${text}")
string(REPLACE "\nFAILED " "" failed "${failed}")
set(expected 0)
if(DEFINED cannot_${BUILD})
  set(expected 6)
endif()
if(NOT result EQUAL expected OR NOT failed STREQUAL "${cannot_${BUILD}}")
  message(FATAL_ERROR "${BUILD} (${result}): failed ${failed}, expected \"${cannot_${BUILD}}\"\n${text}")
endif()
