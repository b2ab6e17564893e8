# A library that has nothing but the contract: one exported function per struct of layout.def. A
# plugin's own library would not do: its structs are reached through query(), which returns void
# pointers, so that abidiff sees no change in them.

# need_tool(<variable> <name>): an abigail tool that is not there fails the gate.
function(need_tool path name)
  if(NOT path OR NOT EXISTS "${path}")
    message(FATAL_ERROR "${name} is not installed: this gate cannot run; "
      "./bootstrap.sh test installs it (Debian package abigail-tools)")
  endif()
endfunction()

# build_anchor(<library> <work> <cc> <include> <layout.def>)
function(build_anchor library work cc include definitions)
  set(code "#include \"steppe/abi/abi.h\"
#define EXPORT __attribute__((visibility(\"default\")))
EXPORT void steppe_abi_entry(steppe_plugin_entry entry) { (void)entry; }\n")
  file(STRINGS ${definitions} lines REGEX "^STRUCT\\(")
  foreach(line IN LISTS lines)
    string(REGEX REPLACE "^STRUCT\\(([A-Za-z_ ]+),.*" "\\1" type "${line}")
    string(REPLACE "struct " "" name "${type}")
    string(APPEND code "EXPORT void steppe_abi_${name}(const ${type} *it) { (void)it; }\n")
  endforeach()
  file(WRITE ${work}/anchor.c "${code}")
  execute_process(
    COMMAND ${cc} -std=c11 -g -O0 -fPIC -shared -nostdlib -fvisibility=hidden -I ${include}
            anchor.c -o ${library}
    WORKING_DIRECTORY ${work} RESULT_VARIABLE failed ERROR_VARIABLE text)
  if(failed)
    message(FATAL_ERROR "the anchor library does not compile:\n${text}")
  endif()
endfunction()

# dump_anchor(<dump> <library> <abidw>): the same bytes wherever it is built.
function(dump_anchor dump library abidw)
  execute_process(
    COMMAND ${abidw} --no-show-locs --no-comp-dir-path --no-corpus-path --no-architecture
            --no-elf-needed --type-id-style hash --out-file ${dump} ${library}
    RESULT_VARIABLE failed OUTPUT_VARIABLE text ERROR_VARIABLE text)
  if(failed)
    message(FATAL_ERROR "abidw failed (${failed}):\n${text}")
  endif()
endfunction()
