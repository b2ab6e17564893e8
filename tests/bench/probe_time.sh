#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# How long a list of 100 plugin files takes: cold, when each is loaded in a process of its own, and
# cached: probe_time.sh BUILD_DIRECTORY [RUNS]. Prints the median, the smallest and the largest of
# RUNS (default 5 cold, 21 cached) in milliseconds. The copies differ in their last byte, so that no
# two have one hash; `steppe --version` tells what a start of the program alone takes.
set -eu
build=$1
runs=${2:-5}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/plugins" "$folder/cache" "$folder/data"
chmod 755 "$folder/plugins"
for i in $(seq 100); do
  copy="$folder/plugins/copy_$i.so"
  cp "$build/plugins/steppe_trend_mean.so" "$copy"
  printf '%s' "$i" >> "$copy"
  chmod 644 "$copy"
done
export XDG_CACHE_HOME="$folder/cache" XDG_DATA_HOME="$folder/data"
unset STEPPE_PLUGIN_PATH

# time_of KEEP RUNS COMMAND...: the cache is thrown away before each run unless KEEP is 1.
time_of() {
  keep=$1
  count=$2
  shift 2
  for _ in $(seq "$count"); do
    [ "$keep" = 1 ] || rm -rf "$folder/cache/steppe"
    start=$(date +%s%N)
    "$@" > /dev/null 2>&1 || true
    end=$(date +%s%N)
    echo $(((end - start) / 10000))
  done | sort -n | awk '{ t[NR] = $1 / 100 } END {
    printf "%8.1f ms   (%.1f to %.1f)\n", t[int((NR + 1) / 2)], t[1], t[NR] }'
}

list="$build/bin/steppe plugins list --plugin-dir $folder/plugins"
printf 'start alone '; time_of 1 21 "$build/bin/steppe" --version
printf 'cold        '; time_of 0 "$runs" $list
printf 'cached      '; time_of 1 21 $list
