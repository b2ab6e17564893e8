# SPDX-License-Identifier: Apache-2.0
"""The eleven linear sets of NIST StRD by gretl's ols and mpols: program,set,quantity,value lines.

Writes a gretl script per set and command and runs it with gretlcli.
Usage: python3 nist_linear_gretl.py FOLDER     (tests/reference/nist_linear)
"""
import csv
import os
import subprocess
import sys
import tempfile

DEGREE = {"Pontius": 2, "Filip": 10, **{f"Wampler{i}": 5 for i in range(1, 6)}}
SCRIPT = """set verbose off
open "{file}" --quiet
{powers}
catch {command} y {terms} --quiet
if !$error
  matrix b = $coeff
  matrix s = $stderr
  loop i=1..rows(b) --quiet
    printf "b %.17g %.17g\\n", b[i], s[i]
  endloop
  printf "fit %.17g %.17g\\n", $sigma, $rsq
endif
"""


def number(text):
    try:
        return float(text)
    except ValueError:  # NA
        return float("nan")


folder = os.path.abspath(sys.argv[1])
sets = list(dict.fromkeys(row["set"] for row in csv.DictReader(open(folder + "/certified.csv"))))
for name in sets:
    file = f"{folder}/{name}.csv"
    with open(file) as header:
        regressors = header.readline().strip().split(",")[1:]
    powers = [f"series power{k} = {regressors[0]}^{k}" for k in range(2, DEGREE.get(name, 1) + 1)]
    constant = not name.startswith("NoInt")
    terms = (["const"] if constant else []) + regressors + [line.split()[1] for line in powers]
    for command in ("ols", "mpols"):
        with tempfile.NamedTemporaryFile("w", suffix=".inp") as script:
            script.write(SCRIPT.format(file=file, powers="\n".join(powers), command=command,
                                       terms=" ".join(terms)))
            script.flush()
            out = subprocess.run(["gretlcli", "-b", "-q", script.name], capture_output=True, text=True).stdout
        lines = [[number(cell) for cell in line.split()[1:]] for line in out.splitlines()
                 if line.startswith(("b ", "fit "))]
        for k, (estimate, error) in enumerate(lines[:-1]):
            for quantity, value in (("b", estimate), ("se", error)):
                print(f"gretl {command},{name},{quantity}{k + (not constant)},{value!r}")
        if lines:
            print(f"gretl {command},{name},rsd,{lines[-1][0]!r}")
            print(f"gretl {command},{name},r2,{lines[-1][1]!r}")
