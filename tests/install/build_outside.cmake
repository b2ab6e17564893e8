# Builds a copy of outside/ against the installed SDK and nothing else.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
file(REMOVE_RECURSE ${WORK})
file(COPY ${CMAKE_CURRENT_LIST_DIR}/outside/ DESTINATION ${WORK}/source)
set(flags "-Wall -Wextra -Wpedantic -Werror")
configure_outside(${WORK}/source ${WORK}/build failed text
  "-DCMAKE_C_FLAGS=${flags}" "-DCMAKE_CXX_FLAGS=${flags}")
if(failed)
  message(FATAL_ERROR "${text}")
endif()
run("building outside/" ${CMAKE_COMMAND} --build ${WORK}/build)
run("installing outside/" ${CMAKE_COMMAND} --install ${WORK}/build --prefix ${WORK}/prefix)

foreach(plugin last_value first_value average)
  if(NOT EXISTS ${WORK}/prefix/lib/steppe/plugins/steppe_trend_${plugin}.so)
    message(FATAL_ERROR "trend.${plugin} was not installed")
  endif()
endforeach()
