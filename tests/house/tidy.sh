#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs clang-tidy-19 with the tree's .clang-tidy: tidy.sh ROOT BUILD [FILE...]. Without files, every
# source of the build but its tests. BUILD needs a compile_commands.json (every preset writes one).
set -u
root=$1
build=$2
shift 2
if [ ! -f "$build/compile_commands.json" ]; then
  echo "tidy: no compile_commands.json in $build; configure with a preset" >&2
  exit 2
fi
if [ $# -eq 0 ]; then
  sed -n 's/^ *"file": "\(.*\.cpp\)".*/\1/p' "$build/compile_commands.json" |
    grep -v '_test\.cpp$' | grep "^$root/" | sort -u
else
  printf '%s\n' "$@"
fi | xargs -r -P "$(nproc)" -n 1 clang-tidy-19 --quiet -p "$build"
