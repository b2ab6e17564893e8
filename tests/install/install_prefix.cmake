# Installs both components into an empty prefix; nothing there may point back into the tree.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
file(REMOVE_RECURSE ${PREFIX})
run("installing sdk" ${CMAKE_COMMAND} --install ${BUILD} --prefix ${PREFIX} --component sdk)
run("installing host" ${CMAKE_COMMAND} --install ${BUILD} --prefix ${PREFIX} --component host)

file(GLOB_RECURSE texts ${PREFIX}/*.cmake ${PREFIX}/*.h ${PREFIX}/*.hpp)
foreach(path IN LISTS texts)
  file(READ ${path} text)
  foreach(tree ${SOURCE} ${BUILD})
    string(FIND "${text}" "${tree}/" position)
    if(NOT position EQUAL -1)
      message(FATAL_ERROR "${path} names ${tree}")
    endif()
  endforeach()
endforeach()

foreach(path include/steppe/abi/abi.h include/steppe/trend_model.hpp include/steppe/sdk_version.hpp
             include/steppe/numerics/distributions.hpp lib/libsteppe_numerics.a
             lib/cmake/Steppe/SteppeConfig.cmake lib/cmake/Steppe/plugin_exports.map)
  if(NOT EXISTS ${PREFIX}/${path})
    message(FATAL_ERROR "${path} is not installed")
  endif()
endforeach()
