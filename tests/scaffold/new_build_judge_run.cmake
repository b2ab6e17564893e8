# One kind in one language, with the commands of the new folder's own README.
include(${CMAKE_CURRENT_LIST_DIR}/../install/run.cmake)
if(LANGUAGE STREQUAL "rust" AND NOT EXISTS "${CARGO}")
  message(STATUS "not run: there is no cargo; ./bootstrap.sh test installs it")
  return()
endif()
set(name my_${KIND})
set(folder ${WORK}/${name})
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})
set(ENV{PATH} "${PREFIX}/bin:$ENV{PATH}")
set(ENV{CMAKE_PREFIX_PATH} ${PREFIX})
set(ENV{CMAKE_GENERATOR} Ninja)
set(ENV{CC} ${CC})
set(ENV{CXX} ${CXX})
set(ENV{CMAKE_C_COMPILER_LAUNCHER} "${LAUNCHER}")
set(ENV{CMAKE_CXX_COMPILER_LAUNCHER} "${LAUNCHER}")
set(ENV{CFLAGS} "-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror")
set(ENV{CXXFLAGS} "-Wall -Wextra -Wpedantic -Wshadow -Werror")
set(ENV{RUSTFLAGS} "-D warnings")
set(ENV{XDG_CACHE_HOME} ${WORK}/cache)
set(ENV{XDG_DATA_HOME} ${WORK}/data)
unset(ENV{STEPPE_PLUGIN_PATH})

run("steppe new" ${PREFIX}/bin/steppe new ${KIND} ${name} --lang ${LANGUAGE} --dir ${WORK})
file(READ ${folder}/README.md readme)

# by_readme(<what> <command line>): a line of the README, run by a shell in the new folder.
function(by_readme what line)
  string(FIND "${readme}" "\n${line}\n" position)
  if(position EQUAL -1)
    message(FATAL_ERROR "the README does not say: ${line}")
  endif()
  string(TIMESTAMP start %s)
  execute_process(COMMAND sh -c "${line}" WORKING_DIRECTORY ${folder}
    RESULT_VARIABLE failed OUTPUT_VARIABLE text ERROR_VARIABLE text)
  if(failed)
    message(FATAL_ERROR "${what} failed (${failed}): ${line}\n${text}")
  endif()
  string(TIMESTAMP end %s)
  math(EXPR seconds "${end} - ${start}")
  message(STATUS "${what}: ${seconds} s")
endfunction()

if(LANGUAGE STREQUAL "rust")
  get_filename_component(cargo_folder ${CARGO} DIRECTORY)
  set(ENV{PATH} "${cargo_folder}:$ENV{PATH}")
  set(ENV{CARGO_NET_OFFLINE} true)
  set(plugins target/release)
  set(library target/release/libsteppe_${KIND}_${name}.so)
  by_readme("building" "cargo build --release")
  by_readme("its unit tests" "cargo test")
else()
  set(plugins build/plugins)
  set(library build/plugins/steppe_${KIND}_${name}.so)
  by_readme("configuring" "cmake -S . -B build")
  by_readme("building" "cmake --build build")
endif()

by_readme("judging" "steppe test-plugin ${library}")
by_readme("running" "steppe run pipeline.json --plugin-dir $PWD/${plugins}")

# By hand.
# trend       last four 2, 4, 6, 8: mean 5, variance 20/3; 5 -+ 3.1824463 sqrt(20/3 (1 + 1/4)), where
#             3.1824463 is t(0.975; 3) of any table: 5 -+ 9.1869312.
# regression  X'X = (55 9; 9 3), X'y = (142; 28): b = (87/42, 131/42); at (6, 1) 653/42, s^2 = 11/63,
#             h = 55/84: 15.547619 -+ 3.1824463 sqrt(11/63 * 139/84) = 15.547619 -+ 1.7106254;
#             at (7, 1) 740/42 = 17.619048.
# source      10, 15, ..., 35: naive repeats 35; every step is 5: 35 -+ 1.9599640 * 5.
set(rows_trend "forecast,2021,1,5,-4.186931[0-9]*,14.186931[0-9]*," "forecast,2022,2,5,-4.18")
set(rows_regression "forecast,2021,1,15.54761904[0-9]*,[0-9.]+,[0-9.]+,13.836993[0-9]*,17.258244[0-9]*,"
  "forecast,2022,2,17.6190476")
set(rows_source "forecast,2021,1,35,25.20018[0-9]*,44.79981[0-9]*,")
file(READ ${folder}/forecast.csv forecast)
foreach(row IN LISTS rows_${KIND})
  if(NOT forecast MATCHES "\n${row}")
    message(FATAL_ERROR "no row ${row} in the forecast:\n${forecast}")
  endif()
endforeach()

# The fit, kept in a file and forecast from without the data: the same numbers.
by_readme("keeping the fit" "steppe fit pipeline.json --save model.steppe --plugin-dir $PWD/${plugins}")
file(REMOVE ${folder}/data.csv)
by_readme("forecasting from it"
  "steppe forecast model.steppe --until 2022 --output saved.csv --plugin-dir $PWD/${plugins}")
file(READ ${folder}/saved.csv saved)
if(NOT saved STREQUAL forecast)
  message(FATAL_ERROR "forecast from its file, the model has other numbers:\n${saved}\nthan in the run:\n${forecast}")
endif()

# CMake's own test does what the README says.
if(NOT LANGUAGE STREQUAL "rust")
  run("its CTest" ${CMAKE_CTEST_COMMAND} --test-dir ${folder}/build --no-tests=error -R conformance)
endif()
