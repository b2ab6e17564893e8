# The plugins of outside/ in the installed steppe: found by --plugin-dir, run in a pipeline, and each
# forecast is what the data say. Also the installed steppe finds its own plugins by itself.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})
file(WRITE ${WORK}/data.csv "year,output\n2011,4\n2012,7\n2013,10\n2014,3\n2015,6\n")
file(WRITE ${WORK}/pipeline.json [[{
  "time": {"column": "year", "frequency": "yearly"},
  "horizon": 2,
  "coverage": [0.95],
  "steps": {
    "data": {"source": "csv", "path": "data.csv"},
    "last": {"trend": "last_value", "series": "data.output"},
    "first": {"trend": "first_value", "series": "data.output"},
    "average": {"trend": "average", "series": "data.output"}
  },
  "outputs": [{"forecast": "forecast.csv"}]
}
]])
run("the pipeline" ${CMAKE_COMMAND} -E env --unset=STEPPE_PLUGIN_PATH
  XDG_CACHE_HOME=${WORK}/cache XDG_DATA_HOME=${WORK}/data
  ${PREFIX}/bin/steppe run --plugin-dir ${PLUGINS} ${WORK}/pipeline.json)

file(READ ${WORK}/forecast.csv forecast)
# The average of 4, 7, 10, 3, 6 is 6, their variance 7.5; t(0.975; 4) = 2.7764451 (any table), so the
# interval is 6 -+ 2.7764451 * sqrt(7.5 * 1.2) = 6 -+ 8.329335.
foreach(row "last,2016,1,6," "last,2017,2,6," "first,2016,1,4," "first,2017,2,4,"
            "average,2016,1,6,-2.32933[0-9]*,14.32933[0-9]*,")
  if(NOT forecast MATCHES "\n${row}")
    message(FATAL_ERROR "no row ${row} in the forecast:\n${forecast}")
  endif()
endforeach()
