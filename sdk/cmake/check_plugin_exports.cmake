# Fails when a plugin exports anything but its entry. Run as cmake -DPLUGIN=... -DNM=... -P.
cmake_policy(SET CMP0007 NEW) # the list ends in an empty element
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
