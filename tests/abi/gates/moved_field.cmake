# Shows that the gates see a change: copies the contract, changes one thing in it as CASE says, in the
# header and in layout.def, and expects of each gate the words that name struct and field.
# Run as cmake -DCASE=... -DCC=... -DABIDIFF=... -DINCLUDE=... -DABI_TESTS=tests/abi -DWORK=dir -P.
include(${CMAKE_CURRENT_LIST_DIR}/layout_lines.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/moved_field_cases.cmake)
set(gates ${CMAKE_CURRENT_LIST_DIR})

file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK}/frozen)
file(COPY ${INCLUDE}/steppe/abi DESTINATION ${WORK}/include/steppe)
file(COPY ${ABI_TESTS}/layout.def ${ABI_TESTS}/layout_asserts.h ${ABI_TESTS}/print_layout.c
  DESTINATION ${WORK})
# Today's contract plays the frozen one.
configure_file(${ABI_TESTS}/layout.txt ${WORK}/frozen/layout_1.0.txt COPYONLY)
configure_file(${ABI_TESTS}/baseline/steppe_abi.abi ${WORK}/frozen/steppe_abi_1.0.abi COPYONLY)

# replace_once(<file> <old> <new>)
function(replace_once file old new)
  file(READ ${file} text)
  string(REPLACE "${old}" "" without "${text}")
  string(LENGTH "${text}" before)
  string(LENGTH "${without}" after)
  string(LENGTH "${old}" length)
  math(EXPR missing "${before} - ${after} - ${length}")
  if(NOT missing EQUAL 0)
    message(FATAL_ERROR "${file} does not hold exactly once:\n${old}")
  endif()
  string(REPLACE "${old}" "${new}" text "${text}")
  file(WRITE ${file} "${text}")
endfunction()

# gate(<name> <expected words, a list; PASSES where the gate cannot see it> command...)
function(gate name words)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE failed OUTPUT_VARIABLE text ERROR_VARIABLE text)
  if(words STREQUAL PASSES)
    if(failed)
      message(SEND_ERROR "${name} fails:\n${text}")
    endif()
    return()
  endif()
  if(NOT failed)
    message(SEND_ERROR "${name} does not see the change")
    return()
  endif()
  string(REGEX REPLACE "[ \n]+" " " text "${text}")
  foreach(word IN LISTS words)
    string(FIND "${text}" "${word}" position)
    if(position EQUAL -1)
      message(SEND_ERROR "${name} fails without \"${word}\":\n${text}")
    endif()
  endforeach()
  message("${name}: fails, as it must")
endfunction()

change_contract(${CASE} ${WORK})
set(dump -DABIDIFF=${ABIDIFF} -DCC=${CC} -DINCLUDE=${WORK}/include
  -DDEFINITIONS=${WORK}/layout.def -DBASELINE=${ABI_TESTS}/baseline/steppe_abi.abi)

# The numbers of layout.def against the header alone, as every compiler checks them.
file(COPY ${ABI_TESTS}/layout.def DESTINATION ${WORK}/unchanged)
gate("the assertions" "${asserts}" ${CC} -std=c11 -fsyntax-only -x c
  -I ${WORK}/include -I ${WORK}/unchanged ${ABI_TESTS}/layout_asserts.h)

execute_process(COMMAND ${CC} -std=c11 -DSTEPPE_LAYOUT_UNCHECKED -I ${WORK}/include
  ${WORK}/print_layout.c -o ${WORK}/print_layout RESULT_VARIABLE failed ERROR_VARIABLE text)
if(failed)
  message(FATAL_ERROR "${text}")
endif()
gate("the layout file" "${layout}" ${CMAKE_COMMAND} -DPRINTER=${WORK}/print_layout
  -DLAYOUT=${ABI_TESTS}/layout.txt -DHEADERS= -P ${ABI_TESTS}/compare_layout.cmake)
gate("growth of a frozen layout" "${growth}" ${CMAKE_COMMAND} -DPRINTER=${WORK}/print_layout
  -DFROZEN=${WORK}/frozen -P ${gates}/check_growth.cmake)
gate("the dump" "${types}" ${CMAKE_COMMAND} ${dump} -DWORK=${WORK}/dump
  -P ${gates}/compare_dump.cmake)
gate("growth of a frozen dump" "${grown_types}" ${CMAKE_COMMAND} ${dump} -DWORK=${WORK}/grown
  -DGROWTH=ON -P ${gates}/compare_dump.cmake)

# Why the dump is of an anchor: in a plugin's own library abidiff does not see the fields change places.
if(CASE STREQUAL swapped_fields)
  foreach(side before after)
    set(headers_before ${INCLUDE})
    set(headers_after ${WORK}/include)
    execute_process(COMMAND ${CC} -std=c11 -g -fPIC -shared -I ${headers_${side}}
      ${ABI_TESTS}/../install/outside/first_value.c -o ${WORK}/${side}.so COMMAND_ERROR_IS_FATAL ANY)
  endforeach()
  gate("a plugin's own library" PASSES ${ABIDIFF} --no-architecture ${WORK}/before.so ${WORK}/after.so)
endif()
