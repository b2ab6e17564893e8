# What `steppe new` refuses: exit code and text, and that nothing is written.
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK}/full/there)
file(WRITE ${WORK}/full/there/mine.txt "mine\n")
set(ENV{XDG_CACHE_HOME} ${WORK}/cache)
set(ENV{XDG_DATA_HOME} ${WORK}/data)
unset(ENV{STEPPE_PLUGIN_PATH})

# refuse(<exit code> <text> arguments...)
function(refuse code text)
  execute_process(COMMAND ${PREFIX}/bin/steppe new ${ARGN} WORKING_DIRECTORY ${WORK}/full
    RESULT_VARIABLE result OUTPUT_VARIABLE out ERROR_VARIABLE error)
  if(NOT result STREQUAL code OR NOT out STREQUAL "")
    message(SEND_ERROR "${ARGN}: ended with ${result}, not ${code}:\n${out}${error}")
  endif()
  string(FIND "${error}" "${text}" position)
  if(NOT position EQUAL 0)
    message(SEND_ERROR "${ARGN}: said\n${error}and not\n${text}")
  endif()
  file(GLOB left LIST_DIRECTORIES true ${WORK}/full/* ${WORK}/full/.*)
  list(FILTER left EXCLUDE REGEX "/\\.\\.?$")
  if(NOT left STREQUAL "${WORK}/full/there")
    message(SEND_ERROR "${ARGN}: left ${left}")
  endif()
endfunction()

refuse(2 "error: the name \"MyTrend\" is not snake_case: a small letter, then small letters, digits and \
single underscores, at most 60 characters; try \"my_trend\"\n" trend MyTrend)
refuse(2 "error: the name \"best\" is reserved; choose another, such as \"my_best\"\n" trend best)
refuse(2 "error[B8] trend.linear is there already, in ${PREFIX}/lib/steppe/plugins/steppe_trend_linear.so; \
two plugins with one id are refused: choose another name\n" trend linear)
refuse(2 "steppe: KIND: model not in {" model my_model)
refuse(2 "steppe: --lang: go not in {" trend my_trend --lang go)
refuse(2 "steppe: NAME is required" trend)
refuse(7 "error[D17] ./there: is there already; choose another name, or remove it first; nothing was \
written\n" trend there)
refuse(7 "error[D8] absent: the directory does not exist; nothing was written\n" trend my_trend --dir absent)
refuse(7 "error[D8] there/mine.txt: a part of the path is not a directory; nothing was written\n"
  trend my_trend --dir there/mine.txt)

file(READ ${WORK}/full/there/mine.txt kept)
if(NOT kept STREQUAL "mine\n")
  message(SEND_ERROR "what was there has changed")
endif()
