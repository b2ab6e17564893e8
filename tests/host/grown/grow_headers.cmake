# steppe_grow_headers(<from> <to>): copies the headers of the contract with a field more at the end of
# every struct, as if a later revision had appended one.
function(steppe_grow_headers from to)
  file(GLOB headers RELATIVE ${from} CONFIGURE_DEPENDS ${from}/steppe/abi/*.h)
  set(grown 0)
  foreach(header IN LISTS headers)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${from}/${header})
    file(READ ${from}/${header} text)
    string(REGEX MATCHALL "\n} steppe_[a-z_]+;" ends "${text}")
    list(LENGTH ends count)
    math(EXPR grown "${grown} + ${count}")
    string(REGEX REPLACE "\n} (steppe_[a-z_]+);" "\n  void (*grown)(void);\n} \\1;" text "${text}")
    file(CONFIGURE OUTPUT ${to}/${header} CONTENT "${text}" @ONLY) # unchanged, it is not written anew
  endforeach()
  if(grown LESS 31)
    message(FATAL_ERROR "only ${grown} structs of ${from} were found")
  endif()
endfunction()
