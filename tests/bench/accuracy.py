# SPDX-License-Identifier: Apache-2.0
"""Correct digits on the eleven linear sets of NIST StRD: steppe run beside the peers that are installed.

    python3 tests/bench/accuracy.py build/bin/steppe     prints the tables of docs/accuracy.md

Each set is written as a CSV file with the published decimals and goes through `steppe run` and regression.ols; a
polynomial is given as its variable and degree. The peers (tests/bench/peers) get columns of powers, which is all
they take. Digits are -log10 of the relative error of the worst coefficient (standard error) of a set against
tests/reference/nist_linear/certified.csv, at most 15; where the certified value is 0, of the error itself.
"""
import csv
import datetime
import json
import math
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SETS = os.path.join(HERE, "..", "reference", "nist_linear")
DEGREE = {"Pontius": 2, "Filip": 10, **{f"Wampler{i}": 5 for i in range(1, 6)}}
PEERS = [["Rscript", "nist_linear.R"], [sys.executable, "nist_linear.py"], [sys.executable, "nist_linear_gretl.py"]]
VERSIONS = [["R", "Rscript", "--version"], ["gretl", "gretlcli", "--version"],
            ["statsmodels", sys.executable, "-c", "import statsmodels; print(statsmodels.__version__)"]]
ORDER = ["gretl mpols", "gretl ols", "R lm tol=1e-14", "R lm", "statsmodels OLS qr", "statsmodels OLS pinv"]


def certified():
    values = {}
    for row in csv.DictReader(open(os.path.join(SETS, "certified.csv"))):
        own = values.setdefault(row["set"], {})
        own[row["term"]] = float(row["value"])
        if row["se"]:
            own["se" + row["term"][1:]] = float(row["se"])
    return values


def digits(value, true):
    if value is None or not math.isfinite(value):
        return 0.0
    error = abs(value - true) / (abs(true) or 1.0)
    return 15.0 if error == 0.0 else max(0.0, min(15.0, -math.log10(error)))


def pipeline(name, columns):
    options = {"regression": "ols", "target": "data.y", "regressors": ["data." + c for c in columns],
               "intercept": not name.startswith("NoInt")}
    if name in DEGREE:
        options["degrees"] = [DEGREE[name]]
    return {"time": {"column": "year", "frequency": "yearly"}, "horizon": {"steps": 1},
            "steps": {"data": {"source": "csv", "path": "data.csv"}, "y": options},
            "outputs": [{"forecast": "forecast.csv"}]}


def run_steppe(program, name):
    """{quantity: value} of one set, or {} where the run fails."""
    lines = open(os.path.join(SETS, name + ".csv")).read().split()
    # Years are only there because a pipeline has a time column; the last row has no target: a date to forecast.
    rows = [f"{1900 + i},{line}" for i, line in enumerate(lines[1:])]
    rows.append(f"{1899 + len(lines)},," + lines[1].split(",", 1)[1])
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "data.csv"), "w") as out:
            out.write("\n".join(["year," + lines[0], *rows]) + "\n")
        with open(os.path.join(folder, "run.json"), "w") as out:
            json.dump(pipeline(name, lines[0].split(",")[1:]), out)
        done = subprocess.run([os.path.abspath(program), "run", "run.json", "--format", "json"], cwd=folder,
                              capture_output=True, text=True)
    if done.returncode != 0:
        print(f"{name}: {done.stderr}", file=sys.stderr)
        return {}
    series = json.loads(done.stdout)["steps"]["y"]["series"][0]
    first = 1 if name.startswith("NoInt") else 0
    values = {"rsd": series["statistics"]["standard_error"], "r2": series["statistics"]["r_squared"]}
    for k, row in enumerate(series["tables"]["coefficients"].values()):
        values[f"b{k + first}"] = row["estimate"]
        values[f"se{k + first}"] = row["standard_error"]
    return values


def run_peers():
    results = {}
    for command, script in PEERS:
        try:
            done = subprocess.run([command, os.path.join(HERE, "peers", script), SETS], capture_output=True, text=True)
        except FileNotFoundError:
            continue
        for line in done.stdout.splitlines():
            program, name, quantity, value = line.split(",")
            results.setdefault(program, {}).setdefault(name, {})[quantity] = float(value.replace("NA", "nan"))
    return results


def table(title, results, true, wanted):
    """Worst digits of the quantities that `wanted` picks, a row per program and a column per set."""
    print(f"| {title} | " + " | ".join(true) + " | worst |\n|" + "---|" * (len(true) + 2))
    for program, own in results.items():
        cells = [min(digits(own.get(name, {}).get(q), value) for q, value in true[name].items() if wanted(q))
                 for name in true]
        print(f"| {program} | " + " | ".join(f"{cell:.1f}" for cell in cells) + f" | {min(cells):.1f} |")
    print()


def versions(program):
    texts = [subprocess.run([program, "--version"], capture_output=True, text=True).stdout.split("\n")[0].strip()]
    for name, *command in VERSIONS:
        try:
            done = subprocess.run(command, capture_output=True, text=True)
            texts.append(f"{name}: " + (done.stdout or done.stderr).split("\n")[0].strip())
        except FileNotFoundError:
            texts.append(f"{name}: not installed")
    return "; ".join(texts)


def main():
    true = certified()
    program = sys.argv[1]
    results = {"steppe": {name: run_steppe(program, name) for name in true}}
    peers = run_peers()
    results.update({name: peers[name] for name in ORDER if name in peers})
    print(f"{datetime.date.today()}; {versions(program)}\n")
    table("coefficients", results, true, lambda q: q.startswith("b"))
    table("standard errors", results, true, lambda q: q.startswith("se"))
    table("residual standard deviation", results, true, lambda q: q == "rsd")
    table("R squared", results, true, lambda q: q == "r2")


main()
