#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Checks one house rule over a tree: check.sh ROOT RULE. Prints every breach as "file:line: what" or
# "file: what" and ends with 1 if there is one. The rules stand below, one function each;
# self_test.sh shows that each can fail.
set -u
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
cd "$1" || exit 2

# C and C++ files of the tree, ours only.
sources() {
  for folder in framework sdk plugins apps tests docs; do
    if [ -d "$folder" ]; then
      find "$folder" -type f \( -name '*.h' -o -name '*.hpp' -o -name '*.c' -o -name '*.cpp' \)
    fi
  done | sort
}

# Every first line names the licence.
rule_spdx() {
  sources | xargs -r awk '
    FNR == 1 && !/^(\/\/|\/\*) SPDX-License-Identifier: Apache-2\.0( \*\/)?$/ {
      print FILENAME ": the first line is not the SPDX line"
    }'
}

# Who may include whom: see includes.awk.
rule_includes() {
  sources | xargs -r awk -f "$here/includes.awk"
}

# A plugin is a folder with source, test and page, and a line in plugins/CMakeLists.txt.
rule_plugins() {
  for folder in plugins/trend/*/ plugins/regression/*/ plugins/source/*/; do
    [ -d "$folder" ] || continue
    name=$(basename "$folder")
    kind=$(basename "$(dirname "$folder")")
    for file in "$name.cpp" "${name}_test.cpp" "$name.md"; do
      [ -f "$folder$file" ] || echo "${folder}: has no $file"
    done
    grep -Eq "^steppe_add_plugin\($kind $name[ )]|^steppe_add_plugin\($kind $name\$" \
      plugins/CMakeLists.txt || echo "${folder}: has no line in plugins/CMakeLists.txt"
  done
}

# clang-format-19 has nothing to change.
rule_format() {
  if ! command -v clang-format-19 >/dev/null; then
    echo "clang-format-19: not installed; ./bootstrap.sh test installs it"
    return
  fi
  sources | xargs -r -n 40 clang-format-19 --dry-run -Werror 2>&1 |
    sed -n 's/^\([^:]*\):[^ ]* error: code should be clang-formatted.*/\1: not formatted; clang-format-19 -i/p' |
    uniq
}

# A file over 300 lines says why in long_files.txt, and only such a file is named there.
rule_length() {
  reasons=tests/house/long_files.txt
  sources | xargs -r wc -l | grep -v ' total$' | while read -r lines file; do
    [ "$lines" -le 300 ] || grep -q "^$file [^ ]" "$reasons" ||
      echo "$file: $lines lines; split it, or give the reason in $reasons"
  done
  grep -v '^#' "$reasons" | while read -r file _; do
    [ -f "$file" ] && [ "$(wc -l <"$file")" -gt 300 ] ||
      echo "$reasons: $file is not over 300 lines"
  done
}

# Nothing that only one machine has.
rule_machine() {
  find . \( -name .git -o -path ./build \) -prune -o -type f -size -2000k -print | sed 's|^\./||' |
    sort | xargs -r grep -InE '(^|[^A-Za-z0-9_.~-])/(wor[k]|roo[t])/' |
    sed 's/^\([^:]*:[0-9]*\):.*/\1: a path of one machine/'
}

# Below a line "<!-- file: PATH -->" a page shows PATH, all but its SPDX line, in a fenced block.
rule_snippets() {
  { ls ./*.md; find docs sdk plugins -name '*.md'; } 2>/dev/null | sed 's|^\./||' |
    while read -r page; do
      grep -n '^<!-- file: [^ ]* -->$' "$page" | while IFS=: read -r line marker; do
        file=${marker#<!-- file: }
        file=${file% -->}
        if [ ! -f "$file" ]; then
          echo "$page:$line: there is no $file"
          continue
        fi
        shown=$(awk -v from="$line" 'NR > from && /^```/ { if (++fences == 2) exit; next }
                                     NR > from && fences == 1' "$page")
        [ "$shown" = "$(grep -v 'SPDX-License-Identifier' "$file")" ] ||
          echo "$page:$line: differs from $file"
      done
    done
}

case $2 in
  spdx | includes | plugins | format | length | machine | snippets) ;;
  *)
    echo "no rule \"$2\"" >&2
    exit 2
    ;;
esac
breaches=$("rule_$2")
[ -z "$breaches" ] && exit 0
printf '%s\n' "$breaches"
exit 1
