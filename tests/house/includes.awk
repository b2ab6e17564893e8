# Reads sources and prints the includes that the house does not allow.
#   rooms:  each room of framework sees only those it may (house.md); a test sees what it tests with
#   sdk:    abi/ sees abi/ and two C headers; the C++ layer sees the standard library; numerics both
#   plugin: sees the SDK and its own folder
#   heavy:  each big library stays in the rooms that need it, and in .cpp files; tests are free.
#           Private headers of numerics may name Eigen's matrices, which compile fast

BEGIN {
  sees["core"] = "core"
  sees["log"] = "core log"
  sees["plugin_host"] = "core plugin_host"
  sees["data"] = "core plugin_host data" # reads the streams that plugin_host opens
  sees["evaluation"] = "core evaluation"
  sees["report"] = "core report"
  sees["scaffold"] = "core report scaffold"
  sees["conformance"] = "core plugin_host conformance"
  sees["pipeline"] = "core plugin_host data evaluation report log pipeline"
  sees["engine"] = sees["pipeline"] " engine"
  sees["apps"] = sees["engine"] " conformance scaffold"

  heavy["boost"] = "plugin_host numerics"
  heavy["Eigen"] = "numerics plugin"
  heavy["nlohmann"] = "pipeline report"
  heavy["spdlog"] = "log"
  heavy["fmt"] = "log"
  heavy["CLI"] = "apps"
  heavy["tbb"] = "engine"
  heavy["oneapi"] = "engine"
  heavy["valijson"] = ""
}

function has(list, word) { return index(" " list " ", " " word " ") > 0 }

function breach(what) { print FILENAME ":" FNR ": " what }

FNR == 1 {
  split(FILENAME, part, "/")
  is_test = FILENAME ~ /_test\.(cpp|c)$/ || part[1] == "tests"
  is_header = FILENAME ~ /\.(h|hpp)$/
  room = part[1]
  if (part[1] == "framework") room = part[2]
  if (part[1] == "plugins") room = "plugin"
  if (part[1] == "sdk") room = "sdk"
  if (FILENAME ~ /^sdk\/numerics\//) room = "numerics"
  if (FILENAME ~ /^sdk\/include\/steppe\/abi\//) room = "abi"
}

/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
  quoted = $0 ~ /include[ \t]*"/
  path = $0
  sub(/^[^<"]*[<"]/, "", path)
  sub(/[>"].*$/, "", path)
  top = path
  sub(/\/.*$/, "", top)

  if (path ~ /^\.\.\// && !is_test) breach("includes \"" path "\" from a parent folder")
  if (top in heavy && path != "nlohmann/json_fwd.hpp" && !is_test) {
    if (!has(heavy[top], room)) breach(room " may not include <" path ">")
    else if (is_header && !(room == "numerics" && path == "Eigen/Core"))
      breach("includes <" path "> in a header")
  }
  if (room == "abi") {
    if (path !~ /^(stddef|stdint)\.h$/ && !(quoted && path ~ /^[a-z_]+\.h$/))
      breach("the contract may not include " path)
  } else if (room == "sdk") {
    if (path ~ /^steppe\/numerics\// || (path ~ /\// && top != "steppe"))
      breach("the C++ layer may not include " path)
  } else if (room == "numerics" || room == "plugin") {
    if (quoted && top in sees && !is_test) breach(room " may not include \"" path "\"")
    if (room == "plugin" && path ~ /^(trend|regression|source)\//)
      breach("a plugin may not include another, \"" path "\"")
  } else if (room in sees && !is_test && quoted) {
    if (path !~ /\//) {
      if (room != "apps") breach("names \"" path "\" without its room")
    } else if (top == "steppe") {
      if (path ~ /^steppe\/numerics\// && room != "engine" && room != "evaluation")
        breach(room " may not include \"" path "\"")
    } else if (!has(sees[room], top))
      breach(room " may not include \"" path "\"")
  }
}
