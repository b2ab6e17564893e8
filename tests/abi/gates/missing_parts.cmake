# A gate whose tool or baseline is missing fails and says so; it does not pass for want of an answer.
# Run as cmake -DCC=... -DABIDIFF=... -DABIDW=... -DPRINTER=... -DINCLUDE=... -DABI_TESTS=tests/abi
# -DWORK=dir -P.
set(gates ${CMAKE_CURRENT_LIST_DIR})
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK}/none)
file(WRITE ${WORK}/empty "")

# fails(<words> <script> [-Dx=y ...]): the later definition of a variable counts.
function(fails words script)
  execute_process(
    COMMAND ${CMAKE_COMMAND} -DCC=${CC} -DABIDIFF=${ABIDIFF} -DABIDW=${ABIDW} -DPRINTER=${PRINTER}
            -DINCLUDE=${INCLUDE} -DDEFINITIONS=${ABI_TESTS}/layout.def -DHEADERS=
            -DLAYOUT=${ABI_TESTS}/layout.txt -DBASELINE=${ABI_TESTS}/baseline/steppe_abi.abi
            -DWORK=${WORK}/work ${ARGN} -P ${script}
    RESULT_VARIABLE failed OUTPUT_VARIABLE text ERROR_VARIABLE text)
  string(REGEX REPLACE "[ \n]+" " " text "${text}")
  if(NOT failed)
    message(SEND_ERROR "${script} ${ARGN}: passes")
  elseif(NOT text MATCHES "${words}")
    message(SEND_ERROR "${script} ${ARGN}: fails without \"${words}\":\n${text}")
  endif()
endfunction()

set(absent ${WORK}/none/absent)
fails("abidiff is not installed: this gate cannot run" ${gates}/compare_dump.cmake -DABIDIFF=${absent})
fails("abidiff is not installed: this gate cannot run" ${gates}/compare_dump.cmake -DABIDIFF=)
fails("abidiff is not installed" ${gates}/compare_dump.cmake -DABIDIFF=ABIDIFF-NOTFOUND)
fails("abidw is not installed: this gate cannot run" ${gates}/portable_dump.cmake -DABIDW=${absent})
fails("the baseline [^ ]*absent is missing" ${gates}/compare_dump.cmake -DBASELINE=${absent})
fails("the baseline [^ ]*empty is empty or damaged" ${gates}/compare_dump.cmake -DBASELINE=${WORK}/empty)
fails("the anchor library does not compile" ${gates}/compare_dump.cmake -DCC=${absent})
fails("the baseline [^ ]*absent is missing" ${ABI_TESTS}/compare_layout.cmake -DLAYOUT=${absent})
fails("the baseline [^ ]*empty is empty" ${ABI_TESTS}/compare_layout.cmake -DLAYOUT=${WORK}/empty)
fails("[Nn]o such file" ${ABI_TESTS}/compare_layout.cmake -DPRINTER=${absent})
fails("a compiler of this test is not installed" ${ABI_TESTS}/compile_headers.cmake -DCOMPILER=)

# A frozen contract, of which a layout or the binaries are missing.
file(COPY ${INCLUDE}/steppe/abi DESTINATION ${WORK}/include/steppe)
file(READ ${WORK}/include/steppe/abi/version.h version)
string(REPLACE "#define STEPPE_ABI_REVISION 0" "#define STEPPE_ABI_REVISION 1" version "${version}")
file(WRITE ${WORK}/include/steppe/abi/version.h "${version}")
execute_process(COMMAND ${CC} -std=c11 -DSTEPPE_LAYOUT_UNCHECKED -I ${WORK}/include -I ${ABI_TESTS}
  ${ABI_TESTS}/print_layout.c -o ${WORK}/print_layout COMMAND_ERROR_IS_FATAL ANY)
fails("at revision 1 and [^ ]*none keeps no layout" ${gates}/check_growth.cmake
  -DPRINTER=${WORK}/print_layout -DFROZEN=${WORK}/none)
file(WRITE ${WORK}/damaged/layout_1.1.txt "")
fails("layout_1.1.txt is empty or damaged" ${gates}/check_growth.cmake
  -DPRINTER=${WORK}/print_layout -DFROZEN=${WORK}/damaged)
fails("at revision 1 and [^ ]*none keeps no plugin" ${gates}/frozen_plugins.cmake
  -DREVISION=1 -DFROZEN=${WORK}/none)

# A draft's id among the settled ones; a settled id among the drafts; drafts without a switch.
file(WRITE ${WORK}/drafts/steppe/abi/cube.h "#define STEPPE_CUBE \"x.acme.cube/1\"\n")
fails("cube.h: the id x.acme.cube/1 is not steppe.name/N" ${gates}/draft_ids.cmake
  -DINCLUDE=${WORK}/drafts -DCOMMAND_LINE=${WORK}/empty)
file(RENAME ${WORK}/drafts/steppe/abi/cube.h ${WORK}/cube.h)
file(COPY ${WORK}/cube.h DESTINATION ${WORK}/drafts/steppe/abi/draft)
fails("there are drafts, and the program has no --allow-drafts" ${gates}/draft_ids.cmake
  -DINCLUDE=${WORK}/drafts -DCOMMAND_LINE=${WORK}/empty)
file(WRITE ${WORK}/drafts/steppe/abi/draft/cube.h "#define STEPPE_CUBE \"steppe.cube/1\"\n")
fails("cube.h: the id steppe.cube/1 is not x.vendor.name/N" ${gates}/draft_ids.cmake
  -DINCLUDE=${WORK}/drafts -DCOMMAND_LINE=${WORK}/empty)
