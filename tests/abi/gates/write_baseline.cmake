# Writes what the gates compare with, from today's headers; the target abi_baseline calls it.
# Run as cmake -DPRINTER=... -DABIDW=... -DCC=... -DINCLUDE=... -DDEFINITIONS=layout.def -DLAYOUT=...
# -DBASELINE=... -DWORK=dir -P.
include(${CMAKE_CURRENT_LIST_DIR}/anchor.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/layout_lines.cmake)
need_tool("${ABIDW}" abidw)
print_layout(text ${PRINTER})
file(WRITE ${LAYOUT} "${text}")
file(MAKE_DIRECTORY ${WORK})
build_anchor(${WORK}/libsteppe_abi.so ${WORK} ${CC} ${INCLUDE} ${DEFINITIONS})
dump_anchor(${BASELINE} ${WORK}/libsteppe_abi.so ${ABIDW})
message("written: ${LAYOUT}, ${BASELINE}")
