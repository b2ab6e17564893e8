# Compiles each header alone, so that none leans on what its includer happened to include before.
# Run as cmake -DCOMPILER=... -DSTANDARD=c11|c17|c++20 -DINCLUDES=a;b -DHEADERS=x;y -DFLAGS=... -DWORK=dir -P.
if(NOT COMPILER)
  message(FATAL_ERROR "a compiler of this test is not installed; ./bootstrap.sh test installs it")
endif()
list(TRANSFORM INCLUDES PREPEND -I)
if(STANDARD MATCHES "\\+\\+")
  set(language c++)
else()
  set(language c)
endif()

set(failed 0)
foreach(header IN LISTS HEADERS)
  string(MAKE_C_IDENTIFIER "${header}" name)
  # A declaration of its own: C does not allow a file without one, and version.h has none.
  file(WRITE ${WORK}/${name}.${language} "#include \"${header}\"\nextern int ${name};\n")
  execute_process(
    COMMAND ${COMPILER} -x ${language} -std=${STANDARD} -fsyntax-only ${FLAGS} ${INCLUDES}
            ${WORK}/${name}.${language}
    RESULT_VARIABLE result ERROR_VARIABLE text)
  if(NOT result EQUAL 0)
    message("${header} does not compile as ${STANDARD} with ${COMPILER}:\n${text}")
    math(EXPR failed "${failed} + 1")
  endif()
endforeach()
if(failed)
  message(FATAL_ERROR "${failed} headers do not compile alone")
endif()
