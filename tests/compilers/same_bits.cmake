# All plugins in one pipeline, so in one process of the program: the forecasts, and everything that
# the result says of the models, are the same to the last digit.
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})
string(REPLACE "|" ";" BUILDS "${BUILDS}")
set(steps)
foreach(build IN LISTS BUILDS)
  string(APPEND steps
    ",\n    \"${build}\": {\"trend\": \"line_${build}\", \"series\": \"data.output\"}")
endforeach()
# By hand, series "even": 1, 2, 4, 5, 8 at 1 to 5: mean 4, slope 17/10; at 6 it is 9.1. The other
# series has numbers with long fractions.
file(WRITE ${WORK}/data.csv "region,year,output\neven,2011,1\neven,2012,2\neven,2013,4\neven,2014,5\n\
even,2015,8\nodd,2011,0.1\nodd,2012,0.7\nodd,2013,1234.56789\nodd,2014,0.3333333333333333\nodd,2015,1e-7\n")
file(WRITE ${WORK}/pipeline.json "{
  \"time\": {\"column\": \"year\", \"frequency\": \"yearly\"},
  \"horizon\": 3,
  \"coverage\": [0.8, 0.95],
  \"steps\": {
    \"data\": {\"source\": \"csv\", \"path\": \"data.csv\", \"key\": \"region\"}${steps}
  },
  \"outputs\": [{\"forecast\": \"forecast.csv\"}]
}
")
set(ENV{XDG_CACHE_HOME} ${WORK}/cache)
set(ENV{XDG_DATA_HOME} ${WORK}/data)
unset(ENV{STEPPE_PLUGIN_PATH})
execute_process(COMMAND ${STEPPE} run pipeline.json --plugin-dir ${MODULES} --format json
  WORKING_DIRECTORY ${WORK} RESULT_VARIABLE failed OUTPUT_VARIABLE result ERROR_VARIABLE error)
if(failed)
  message(FATAL_ERROR "the pipeline ended with ${failed}:\n${error}")
endif()

# What differs is the name of the build alone.
function(compare what build text)
  string(REPLACE "${build}" "BUILD" text "${text}")
  if(text STREQUAL "")
    message(SEND_ERROR "${build}: has no ${what}")
  elseif(NOT DEFINED first_${what})
    set(first_${what} "${text}" PARENT_SCOPE)
  elseif(NOT text STREQUAL first_${what})
    message(SEND_ERROR "${build}: its ${what} is\n${text}\nand not that of the first build\n${first_${what}}")
  endif()
endfunction()

file(STRINGS ${WORK}/forecast.csv rows)
foreach(build IN LISTS BUILDS)
  set(own ${rows})
  list(FILTER own INCLUDE REGEX ",${build},")
  list(LENGTH own count)
  if(NOT count EQUAL 6)
    message(SEND_ERROR "${build}: ${count} rows of the forecast, not 6")
  endif()
  compare(forecast ${build} "${own}")
  string(JSON step GET "${result}" steps ${build})
  compare(result ${build} "${step}")
endforeach()

if(NOT first_forecast MATCHES "even,BUILD,2016,1,9\\.1,")
  message(SEND_ERROR "the forecast of 2016 is not 9.1:\n${first_forecast}")
endif()
if(NOT first_result MATCHES "r_squared_fit_scale" OR NOT first_result MATCHES "y = a \\+ b t")
  message(SEND_ERROR "the result does not hold the reports:\n${first_result}")
endif()
