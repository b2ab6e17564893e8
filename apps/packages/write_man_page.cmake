# Writes steppe.1 from what the program says of itself, so that the page is never behind it.
# Run as cmake -DSTEPPE=program -DVERSION=... -DOUT=steppe.1 -P.

# help(<out> [sub-command ...]): its --help as lines that troff shows as they are
function(help out)
  execute_process(COMMAND ${STEPPE} ${ARGN} --help OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
  if(ARGN) # its examples and exit codes stand on the first page already
    string(REGEX REPLACE "\nExamples:\n.*" "" text "${text}")
  endif()
  string(REPLACE "\\" "\\e" text "${text}")
  string(REPLACE "-" "\\-" text "${text}")
  string(REGEX REPLACE "(^|\n)([.'])" "\\1\\\\&\\2" text "${text}")
  string(STRIP "${text}" text)
  set(${out} ".nf\n${text}\n.fi\n" PARENT_SCOPE)
endfunction()

# subcommands(<out> [sub-command ...]): the names below "Subcommands:"
function(subcommands out)
  execute_process(COMMAND ${STEPPE} ${ARGN} --help OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
  set(names)
  if(text MATCHES "\nSubcommands:\n(.*)")
    string(REGEX REPLACE "\n\n.*" "" text "${CMAKE_MATCH_1}")
    string(REGEX MATCHALL "(^|\n)  [a-z][a-z-]*" names "${text}")
    list(TRANSFORM names STRIP)
  endif()
  set(${out} ${names} PARENT_SCOPE)
endfunction()

help(text)
set(page ".TH STEPPE 1 \"\" \"steppe ${VERSION}\" \"User Commands\"
.SH NAME
steppe \\- forecasts from data sources, trend models and regressions that are plugins
.SH SYNOPSIS
.B steppe
.I COMMAND
.RI [ OPTION \\&...]
.SH DESCRIPTION
${text}")
subcommands(commands)
foreach(command IN LISTS commands)
  help(text ${command})
  string(TOUPPER ${command} title)
  string(REPLACE "-" "\\-" title "${title}")
  string(APPEND page ".SH STEPPE ${title}\n${text}")
  subcommands(inner ${command})
  foreach(word IN LISTS inner)
    help(text ${command} ${word})
    string(APPEND page ".SS ${command} ${word}\n${text}")
  endforeach()
endforeach()
string(APPEND page ".SH SEE ALSO\nThe documentation in\n.I /usr/share/doc/steppe\n")
file(WRITE ${OUT} "${page}")
