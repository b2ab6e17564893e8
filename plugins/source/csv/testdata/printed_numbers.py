#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Writes printed_numbers.csv: every number of the printed tables, converted by hand rules in decimal
arithmetic (blanks out, comma to point), cell by cell. Cells that are not numbers are left out."""
import re
from decimal import Decimal
from pathlib import Path

here = Path(__file__).parent
with open(here / "printed_numbers.csv", "w") as out:
    out.write("table,line,column,value\n")
    for table in range(1, 7):
        lines = (here / f"table{table}_as_printed.tsv").read_text(encoding="utf-8").split("\n")
        for line, row in enumerate(lines[1:], start=2):
            for column, cell in enumerate(row.split("\t") if row else [], start=1):
                if re.fullmatch(r"-?[0-9]+( [0-9]{3})*(,[0-9]+)?", cell):
                    value = Decimal(cell.replace(" ", "").replace(",", "."))
                    out.write(f"{table},{line},{column},{value}\n")
