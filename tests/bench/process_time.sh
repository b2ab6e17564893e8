#!/bin/sh
# Times the whole process of a small forecasting job: start, load, read, fit, forecast, write.
#
#   tests/bench/process_time.sh [build/release]
#
# Steppe runs docs/examples/karaganda/pipeline.json with its three output files. Where they are
# installed, gretl, R and Python with statsmodels run the same work (five trends for each of two
# drivers, the best by R squared, a regression with its full protocol, a three-year forecast) from
# tests/bench/job/, and /bin/true shows the floor. Needs hyperfine.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${1:-$root/build/release}
job=$root/tests/bench/job
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$root/docs/examples/karaganda/pipeline.json" "$root/docs/examples/karaganda/karaganda.csv" "$work"

command -v hyperfine >/dev/null || { echo "hyperfine is not installed (apt-get install hyperfine)"; exit 1; }
time_it() { # name command
  hyperfine --shell=none --warmup 5 --runs "${RUNS:-40}" --export-csv "$work/time.csv" "$2" >/dev/null 2>&1 ||
    { printf '%-28s failed\n' "$1"; return; }
  awk -F, -v name="$1" 'NR == 2 { printf "%-28s median %8.2f ms   min %8.2f   max %8.2f\n", name, $4*1000, $7*1000, $8*1000 }' "$work/time.csv"
}

time_it "empty process (/bin/true)" /bin/true
time_it "steppe run" "$build/bin/steppe run $work/pipeline.json --quiet"
if command -v gretlcli >/dev/null; then
  sed "s|@DATA|$job/job.csv|" "$job/job.inp" >"$work/job.inp"
  time_it "gretl" "gretlcli -b $work/job.inp"
fi
command -v Rscript >/dev/null && time_it "R" "Rscript --vanilla $job/job.R $job/job.csv"
if /usr/bin/python3 -c 'import statsmodels' 2>/dev/null; then
  time_it "Python with statsmodels" "/usr/bin/python3 $job/job_statsmodels.py $job/job.csv"
fi
exit 0
