"""The score by folder, and which survivors nobody has looked at."""

from __future__ import annotations

from collections import Counter, defaultdict

from mutants import ROOT
from state import results

EQUIVALENT = ROOT / "tests" / "mutants" / "equivalent.txt"
# Survivors that are known and make a difference: no test of this run notices them as yet.
KNOWN = ROOT / "tests" / "mutants" / "missed.txt"
_COLUMNS = ("caught", "timeout", "missed", "equivalent", "unviable")


def tell() -> int:
    """Prints a table in Markdown and the new survivors; 1 where there are any."""
    equal, known = _equivalent(), set(KNOWN.read_text().splitlines())
    table: dict[str, Counter[str]] = defaultdict(Counter)
    new = []
    for key, entry in results().items():
        said = "equivalent" if entry["said"] == "missed" and key in equal else entry["said"]
        table[entry["folder"]][said] += 1
        table["**all**"][said] += 1
        if said == "missed" and key not in known:
            new.append(entry["name"])
    # Only where what takes a build each was not run.
    columns = [*_COLUMNS, "left out"] if table["**all**"]["left out"] else _COLUMNS
    print("| Folder | Mutants |", " | ".join(name.capitalize() for name in columns), "| Score |")
    print("|---|" + "---:|" * (len(columns) + 2))
    for folder in sorted(table, key=lambda name: (name.startswith("*"), name)):
        row = table[folder]
        dead = row["caught"] + row["timeout"]
        judged = dead + row["missed"]
        score = f"{100 * dead / judged:.1f} %" if judged else "\N{EN DASH}"
        print(f"| {folder} | {row.total()} |", " | ".join(str(row[name]) for name in columns), f"| {score} |")
    for name in sorted(new):
        print("a new survivor:", name)
    return 1 if new else 0


def _equivalent() -> dict[str, str]:
    """What is listed as making no difference: a line of the mutant's key, and a reason under it, set in."""
    reasons: dict[str, str] = {}
    key = ""
    for line in EQUIVALENT.read_text().splitlines():
        if line.startswith("    "):
            reasons[key] = f"{reasons.get(key, '')} {line.strip()}".strip()
        elif line.startswith("core/"):
            key = line.strip()
    return reasons
