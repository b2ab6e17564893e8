# The unpacked program, anywhere: finds its plugins beside itself, and gives the README's numbers.
include(${SOURCE}/tests/install/run.cmake)
file(REMOVE_RECURSE ${WORK})
file(COPY ${PREFIX}/share/doc/steppe/docs/examples/karaganda DESTINATION ${WORK})
set(steppe ${CMAKE_COMMAND} -E env --unset=STEPPE_PLUGIN_PATH XDG_CACHE_HOME=${WORK}/cache
  XDG_DATA_HOME=${WORK}/data ${PREFIX}/bin/steppe)

execute_process(COMMAND ${steppe} plugins doctor OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
string(FIND "${text}" "  ${PREFIX}/lib/steppe/plugins  (installed)\n" position)
if(position EQUAL -1)
  message(SEND_ERROR "the plugins beside the program are not searched:\n${text}")
endif()
execute_process(COMMAND ${steppe} plugins list OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
foreach(id regression.best_subset regression.elastic_net regression.gls_ar regression.huber regression.lasso
           regression.ols regression.panel regression.quantile regression.ridge regression.stepwise regression.wls source.csv
           trend.drift trend.exponential trend.linear trend.logarithmic trend.mean trend.naive
           trend.polynomial trend.power trend.seasonal_naive)
  if(NOT text MATCHES "(^|\n) *${id} ")
    message(SEND_ERROR "${id} is not listed:\n${text}")
  endif()
endforeach()

execute_process(COMMAND ${steppe} run pipeline.json WORKING_DIRECTORY ${WORK}/karaganda
  OUTPUT_VARIABLE text ERROR_VARIABLE text RESULT_VARIABLE failed)
# As printed in README.md, which tests/docs compares with the built program.
file(STRINGS ${SOURCE}/README.md forecast REGEX "^  2021  6 044 290  ")
string(FIND "${text}" "${forecast}\n" position)
if(failed OR NOT forecast OR position EQUAL -1)
  message(SEND_ERROR "the example (${failed}):\n${text}")
endif()
if(NOT EXISTS ${WORK}/karaganda/grp_forecast.csv)
  message(SEND_ERROR "the example wrote no forecast")
endif()

# The manual page shows every command that --help shows.
execute_process(COMMAND ${steppe} --help OUTPUT_VARIABLE help COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND gzip -dc ${PREFIX}/share/man/man1/steppe.1.gz OUTPUT_VARIABLE page
  COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "\n  steppe [a-z-]+" examples "${help}")
foreach(example IN LISTS examples)
  string(REGEX REPLACE ".* " "" command "${example}")
  string(REPLACE "-" "\\-" command "${command}")
  string(TOUPPER "${command}" command)
  string(FIND "${page}" "\n.SH STEPPE ${command}\n" position)
  if(position EQUAL -1)
    message(SEND_ERROR "the manual page has no section on ${command}")
  endif()
endforeach()
