# The control fields: names, one version, dependencies that dpkg-shlibdeps found, nothing private.
include(${CMAKE_CURRENT_LIST_DIR}/find_packages.cmake)
find_packages()

# expect_field(<package> <field> <pattern of its whole value>)
function(expect_field package field pattern)
  execute_process(COMMAND ${DPKG_DEB} -f ${package} ${field}
    OUTPUT_VARIABLE value OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  if(NOT value MATCHES "^${pattern}$")
    get_filename_component(name ${package} NAME)
    message(SEND_ERROR "${name}: ${field} is \"${value}\"; expected ${pattern}")
  endif()
endfunction()

execute_process(COMMAND dpkg --print-architecture OUTPUT_VARIABLE architecture
  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
string(REPLACE "." "\\." version ${VERSION})
foreach(package ${host_package} ${sdk_package})
  expect_field(${package} Version "${version}-1")
  expect_field(${package} Architecture ${architecture})
  expect_field(${package} Maintainer "[A-Za-z ]+ <[^<>@ ]+@[^<>@ ]+>")
  expect_field(${package} Priority optional)
  expect_field(${package} Installed-Size "[1-9][0-9]*")
endforeach()
expect_field(${host_package} Package steppe)
expect_field(${host_package} Section science)
expect_field(${host_package} Description
  "forecasting program with estimators and data sources as plugins\n .*\n \\.\n .*")
# Of the program: C, C++ and oneTBB; of source.csv: Nettle and zlib.
foreach(library libc6 libgcc-s1 libstdc\\+\\+6 libtbb12 libnettle8 zlib1g)
  expect_field(${host_package} Depends "(.*, )?${library}( \\(>= [^)]*\\))?(, .*)?")
endforeach()
expect_field(${sdk_package} Package libsteppe-sdk-dev)
expect_field(${sdk_package} Section libdevel)
expect_field(${sdk_package} Depends "")
expect_field(${sdk_package} Recommends ".*steppe \\(= ${version}-1\\)")

# Sums of every file, and no maintainer scripts.
foreach(package ${host_package} ${sdk_package})
  execute_process(COMMAND ${DPKG_DEB} -I ${package} OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
  if(NOT text MATCHES " md5sums" OR text MATCHES " (pre|post)(inst|rm)")
    message(SEND_ERROR "${package}: ${text}")
  endif()
endforeach()
