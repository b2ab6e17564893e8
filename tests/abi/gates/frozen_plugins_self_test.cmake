# Shows that frozen_plugins.cmake loads what is kept and sees each breach, with a plugin of today in
# the place of a frozen one. Run as cmake -DSTEPPE=program -DPLUGIN=a trend's .so -DWORK=dir -P.
set(gate ${CMAKE_CURRENT_LIST_DIR}/frozen_plugins.cmake)
file(REMOVE_RECURSE ${WORK})
set(kept ${WORK}/kept)

# tests/install/outside/first_value.c: it forecasts the first number of data.csv, for ever.
file(WRITE ${kept}/data.csv "year,output\n2011,4\n2012,7\n2013,10\n2014,3\n2015,6\n")
file(WRITE ${kept}/first.json [[{
  "time": {"column": "year", "frequency": "yearly"},
  "horizon": 2,
  "coverage": 0.95,
  "steps": {
    "data": {"source": "csv", "path": "data.csv"},
    "first": {"trend": "first_value", "series": "data.output"}
  },
  "outputs": [{"forecast": "forecast.csv"}]
}
]])
file(WRITE ${kept}/first.csv "series,time,step,mean,lower_95,upper_95,model,status,warnings
first,2016,1,4,,,first_value,ok,no_interval
first,2017,2,4,,,first_value,ok,no_interval
")
configure_file(${PLUGIN} ${kept}/first.so COPYONLY)

function(write_sums)
  set(lines)
  foreach(file data.csv first.csv first.json first.so)
    file(SHA256 ${kept}/${file} sum)
    string(APPEND lines "${sum}  ${file}\n")
  endforeach()
  file(WRITE ${kept}/SHA256SUMS "${lines}")
endfunction()

# expect(<words, empty where the gate passes>)
function(expect words)
  execute_process(
    COMMAND ${CMAKE_COMMAND} -DSTEPPE=${STEPPE} -DREVISION=1 -DFROZEN=${kept} -DWORK=${WORK}/run
            -P ${gate}
    RESULT_VARIABLE failed OUTPUT_VARIABLE text ERROR_VARIABLE text)
  string(REGEX REPLACE "[ \n]+" " " text "${text}")
  if(words STREQUAL "")
    if(failed)
      message(SEND_ERROR "the gate fails:\n${text}")
    endif()
  elseif(NOT failed)
    message(SEND_ERROR "the gate passes; expected \"${words}\"")
  elseif(NOT text MATCHES "${words}")
    message(SEND_ERROR "the gate fails without \"${words}\":\n${text}")
  endif()
endfunction()

write_sums()
expect("")

file(APPEND ${kept}/data.csv "2016,8\n")
expect("data.csv is frozen and was changed")
write_sums() # the data were allowed to change; 2016 is no longer forecast
expect("first: its forecast is not the one of first.csv")

file(RENAME ${kept}/first.json ${kept}/elsewhere.json)
expect("first.json is frozen and is missing")
file(RENAME ${kept}/elsewhere.json ${kept}/first.json)

file(REMOVE ${kept}/SHA256SUMS)
expect("first.so is not in SHA256SUMS")

file(WRITE ${kept}/first.so "not a library")
write_sums()
expect("first: does not run any more")
