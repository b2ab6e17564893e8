# The types of the contract, down to the signature of each function, are those of a dump that is kept.
# Run as cmake -DABIDIFF=... -DCC=... -DINCLUDE=... -DDEFINITIONS=layout.def -DBASELINE=x.abi -DWORK=dir
# [-DGROWTH=ON] -P. GROWTH allows fields at the ends of structs, and new structs.
include(${CMAKE_CURRENT_LIST_DIR}/anchor.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/layout_lines.cmake)

# only_grows(<out> <abidiff's short report>): whether it speaks of nothing but new functions, which are
# new structs, and of fields behind the old end of a struct. abidiff's own suppression for that,
# has_data_member_inserted_at = end, also suppresses changes in which nothing was inserted.
function(only_grows out report)
  set(${out} OFF PARENT_SCOPE)
  string(REPLACE "\n" ";" lines "${report}")
  set(old_size 0)
  foreach(line IN LISTS lines)
    if(line MATCHES "^  type size changed from ([0-9]+) to [0-9]+ \\(in bytes\\)$")
      set(old_size ${CMAKE_MATCH_1})
    elseif(line MATCHES "^    '.*', at offset ([0-9]+) \\(in bytes\\)$")
      if(CMAKE_MATCH_1 LESS old_size OR old_size EQUAL 0)
        return()
      endif()
    elseif(line MATCHES "^'struct [A-Za-z_]+' changed:$")
      set(old_size 0)
    elseif(NOT line MATCHES "^$|^Leaf changes summary|^Changed leaf types summary|\
^Removed/Changed/Added [a-z]+ summary: 0 Removed, 0 Changed, |\
^[0-9]+ Added functions?:$|^  \\[A\\] 'function void steppe_abi_|^  [0-9]+ data member insertions?:$")
      return()
    endif()
  endforeach()
  set(${out} ON PARENT_SCOPE)
endfunction()

need_tool("${ABIDIFF}" abidiff)
read_baseline(before ${BASELINE} "<abi-corpus ")
file(MAKE_DIRECTORY ${WORK})
build_anchor(${WORK}/libsteppe_abi.so ${WORK} ${CC} ${INCLUDE} ${DEFINITIONS})

set(arguments --no-architecture --no-corpus-path --no-show-locs --show-bytes --show-dec
  ${BASELINE} ${WORK}/libsteppe_abi.so)
execute_process(COMMAND ${ABIDIFF} ${arguments}
  RESULT_VARIABLE changed OUTPUT_VARIABLE report ERROR_VARIABLE report)
if(changed EQUAL 0)
  return()
endif()
# The short form: each struct that changed and how, once. Does not know changes outside of structs.
execute_process(COMMAND ${ABIDIFF} --leaf-changes-only ${arguments}
  RESULT_VARIABLE leaves OUTPUT_VARIABLE short ERROR_VARIABLE short)
if(NOT leaves EQUAL 0)
  set(report "${short}")
endif()
if(GROWTH AND leaves EQUAL 4)
  only_grows(grows "${short}")
  if(grows)
    return()
  endif()
endif()
message(FATAL_ERROR "the types of the contract changed (abidiff ended with ${changed}):\n${report}\n"
  "If that is meant, docs/abi-policy.md says what else to change; then build the target abi_baseline.")
