#!/usr/bin/env python3
"""Prints JSON lines of the benches as a table for people. Without any package."""

from __future__ import annotations

import json
import sys


def main() -> None:
    rows = [json.loads(line) for line in sys.stdin]
    width = max((len(row["row"]) for row in rows), default=0)
    medians = {(row["group"], row["row"]): row["median"] for row in rows}
    ours: dict[str, str] = {}
    for row in rows:
        if row["kind"] == "ours":
            ours.setdefault(row["group"], row["row"])
    print(f"{'':<{width}}  {'median':>10}     {'min':>10}  {'max':>10}  {'ratio':>8}  {'instructions':>12}")
    for row in rows:
        beside = medians.get((row["group"], row.get("beside", ours.get(row["group"]))))
        ratio = f"{row['median'] / beside:.2f}" if beside else ""
        numbers = f"{row['median']:>10.2f} {row['unit']}  {row['min']:>10.2f}  {row['max']:>10.2f}  {ratio:>8}"
        print(f"{row['row']:<{width}}  {numbers}  {row['instructions'] or '':>12}  {row['kind']}: {row['note']}".rstrip(": "))


if __name__ == "__main__":
    main()
