# Fails when a plugin exports anything but its entry, or holds gcc's fast-math start-up code.
# Run as cmake -DPLUGIN=... -DNM=... -P.
cmake_policy(SET CMP0007 NEW) # an empty element of a list is one
execute_process(COMMAND ${NM} -D --defined-only --format=posix ${PLUGIN}
  OUTPUT_VARIABLE symbols RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "cannot list the symbols of ${PLUGIN}")
endif()
string(REGEX REPLACE " [^\n]*\n" ";" names "${symbols}")
list(REMOVE_ITEM names "")
if(NOT names STREQUAL "steppe_plugin_entry_v1")
  message(FATAL_ERROR "${PLUGIN} must export steppe_plugin_entry_v1 and nothing else; it exports: ${names}")
endif()

execute_process(COMMAND ${NM} --defined-only --format=posix ${PLUGIN}
  OUTPUT_VARIABLE symbols ERROR_QUIET)
if(symbols MATCHES "(^|\n)set_fast_math ")
  message(FATAL_ERROR "${PLUGIN} is linked with -ffast-math or -Ofast: its start-up code would "
    "change the arithmetic of the whole process; link without them")
endif()
