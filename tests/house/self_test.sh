#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Shows that every rule of check.sh passes on a small good tree and fails, naming the place, on the
# same tree with one thing wrong: self_test.sh WORK_DIRECTORY CLANG_FORMAT_CONFIG. The trees are planted
# in a new folder of the work directory; nothing else is ever deleted.
set -u
here=$(cd "$(dirname "$0")" && pwd)
config=$2
work=$(mktemp -d "$1/house.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
failures=0

# A tree that keeps every rule.
plant() {
  rm -rf "$work" && mkdir -p "$work" && cd "$work" || exit 2
  mkdir -p framework/core framework/pipeline plugins/trend/good sdk/include/steppe/abi tests/house docs
  cp "$config" .clang-format
  spdx='// SPDX-License-Identifier: Apache-2.0'
  printf '%s\n#include <string>\n\n#include "core/calendar.hpp"\n' "$spdx" >framework/core/calendar.cpp
  printf '%s\n#pragma once\n\nint year();\n' "$spdx" >framework/core/calendar.hpp
  printf '%s\n#include <nlohmann/json.hpp>\n\n#include "core/calendar.hpp"\n' "$spdx" >framework/pipeline/read.cpp
  printf '/* SPDX-License-Identifier: Apache-2.0 */\n#include <stdint.h>\n' >sdk/include/steppe/abi/good.h
  printf '%s\n#include "steppe/trend_model.hpp"\n' "$spdx" >plugins/trend/good/good.cpp
  printf '%s\n' "$spdx" >plugins/trend/good/good_test.cpp
  echo '# good' >plugins/trend/good/good.md
  echo 'steppe_add_plugin(trend good)' >plugins/CMakeLists.txt
  echo '# none' >tests/house/long_files.txt
  printf '<!-- file: framework/core/calendar.hpp -->\n```cpp\n#pragma once\n\nint year();\n```\n' >README.md
}

# expect RULE "words of the breach, or nothing where the tree is good"
expect() {
  found=$(sh "$here/check.sh" "$work" "$1" 2>&1)
  status=$?
  if [ -z "$2" ]; then
    [ $status -eq 0 ] && return
  elif [ $status -eq 1 ] && printf '%s\n' "$found" | grep -qF -- "$2"; then
    return
  fi
  echo "rule $1: expected \"$2\", status $status, found: $found"
  failures=$((failures + 1))
}

# broken RULE WORDS COMMAND: the command breaks the good tree.
broken() {
  plant
  eval "$3"
  expect "$1" "$2"
}

plant
for rule in spdx includes plugins format length machine snippets; do
  expect "$rule" ""
done

broken spdx "framework/core/calendar.hpp: the first line is not the SPDX line" \
  'sed -i 1d framework/core/calendar.hpp'

include() { printf '#include %s\n' "$2" >>"$1"; }
broken includes 'framework/core/calendar.cpp:5: core may not include "pipeline/spec.hpp"' \
  'include framework/core/calendar.cpp "\"pipeline/spec.hpp\""'
broken includes 'core may not include <nlohmann/json.hpp>' \
  'include framework/core/calendar.cpp "<nlohmann/json.hpp>"'
broken includes 'core may not include <boost/dll.hpp>' \
  'include framework/core/calendar.cpp "<boost/dll.hpp>"'
broken includes 'pipeline may not include <spdlog/spdlog.h>' \
  'include framework/pipeline/read.cpp "<spdlog/spdlog.h>"'
broken includes 'core may not include <Eigen/Dense>' \
  'include framework/core/calendar.cpp "<Eigen/Dense>"'
broken includes 'framework/pipeline/read.hpp:2: includes <nlohmann/json.hpp> in a header' \
  'printf "//\n#include <nlohmann/json.hpp>\n" >framework/pipeline/read.hpp'
broken includes 'sdk/numerics/rank.hpp:3: includes <Eigen/QR> in a header' \
  'mkdir sdk/numerics; printf "//\n#include <Eigen/Core>\n#include <Eigen/QR>\n" >sdk/numerics/rank.hpp'
broken includes 'names "calendar.hpp" without its room' \
  'include framework/core/calendar.cpp "\"calendar.hpp\""'
broken includes 'includes "../core/calendar.hpp" from a parent folder' \
  'include framework/pipeline/read.cpp "\"../core/calendar.hpp\""'
broken includes 'the contract may not include stdbool.h' \
  'include sdk/include/steppe/abi/good.h "<stdbool.h>"'
broken includes 'the C++ layer may not include Eigen/Dense' \
  'include sdk/include/steppe/model.hpp "<Eigen/Dense>"'
broken includes 'the C++ layer may not include steppe/numerics/least_squares.hpp' \
  'include sdk/include/steppe/model.hpp "\"steppe/numerics/least_squares.hpp\""'
broken includes 'plugin may not include "core/calendar.hpp"' \
  'include plugins/trend/good/good.cpp "\"core/calendar.hpp\""'
broken includes 'a plugin may not include another, "trend/other/other.hpp"' \
  'include plugins/trend/good/good.cpp "\"trend/other/other.hpp\""'

broken plugins 'plugins/trend/good/: has no good.md' 'rm plugins/trend/good/good.md'
broken plugins 'plugins/trend/good/: has no good_test.cpp' 'rm plugins/trend/good/good_test.cpp'
broken plugins 'plugins/trend/good/: has no line in plugins/CMakeLists.txt' \
  'echo "steppe_add_plugin(trend goodbye)" >plugins/CMakeLists.txt'

broken format 'framework/core/calendar.hpp: not formatted' \
  'echo "int   month( );" >>framework/core/calendar.hpp'
plant
mkdir bin # a search path without clang-format-19
for tool in sh dirname find sort xargs sed grep; do ln -s "$(command -v $tool)" bin/$tool; done
if PATH=$work/bin sh "$here/check.sh" "$work" format >/dev/null; then
  echo "rule format: passes without clang-format-19"
  failures=$((failures + 1))
fi

long='for i in $(seq 301); do echo "// $i"; done >>framework/core/calendar.hpp'
broken length 'framework/core/calendar.hpp: 305 lines' "$long"
broken length 'framework/core/calendar.hpp: 305 lines' \
  "$long; echo 'framework/core/calendar.hpp' >>tests/house/long_files.txt"
broken length 'framework/core/calendar.cpp is not over 300 lines' \
  'echo "framework/core/calendar.cpp a table" >>tests/house/long_files.txt'
broken length '' "$long; echo 'framework/core/calendar.hpp a table' >>tests/house/long_files.txt"

broken machine 'docs/page.md:1: a path of one machine' 'echo "see /wor""k/main" >docs/page.md'
broken machine 'docs/page.md:1: a path of one machine' 'echo "(/roo""t/x)" >docs/page.md'
broken machine '' 'echo "https://example.org/wor""k/ frame""work/core" >docs/page.md'

broken snippets 'README.md:1: differs from framework/core/calendar.hpp' \
  'echo "int month();" >>framework/core/calendar.hpp'
broken snippets 'README.md:1: there is no framework/core/calendar.hpp' \
  'rm framework/core/calendar.hpp'

[ $failures -eq 0 ]
