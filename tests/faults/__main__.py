"""Attacks the board's decisions: `python tests/faults [--quick]`. See README.md beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import click
from campaign import NAMES, Piece, attack_of, carry_out, pieces_of
from faults import COUNTS, Kind, Tally
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

FIRMWARE = Path(__file__).resolve().parents[2] / "firmware"
# What the script ends with where the board's image is not what it has to be.
BROKEN = 3
# A piece is so many steps: what a process does at a time.
PIECE = 500
# What `make test-faults` leaves out.
_WHOLE_ONLY = {Kind.REGISTER, Kind.TWO_SKIPS}
# Columns of a report that goes to a file.
_WIDTH = 110


def built(features: str) -> Path:
    """The image, built by its script."""
    done = subprocess.run([FIRMWARE / "faults.sh", features], capture_output=True, text=True, check=False)
    if done.returncode == BROKEN:
        raise click.ClickException(done.stderr.strip())
    if done.returncode:
        message = f"the image cannot be built here: {done.stderr.strip()}"
        if os.environ.get("STRONGROOM_REQUIRE_ALL") == "1":
            raise click.ClickException(message)
        click.echo(f"left out: {message}", err=True)
        sys.exit(0)
    return Path(done.stdout.strip())


@click.command()
@click.option("--quick", is_flag=True, help="The gate's instructions, every twelfth of the others, and a sample of the pairs.")
@click.option("--json", "as_json", is_flag=True, help="One object for each build, situation and kind.")
@click.option("--processes", default=os.cpu_count() or 1, show_default=True, type=click.IntRange(1))
@click.option("--only", type=click.IntRange(0, len(NAMES) - 1), help="One situation alone, by its number.")
def main(quick: bool, as_json: bool, processes: int, only: int | None) -> None:
    """Skips instructions and turns bits while the board decides, on the image, and counts what opens.

    Example: python tests/faults --quick
    """
    console, progress_console = Console(), Console(stderr=True)
    if not console.is_terminal:
        console.width = _WIDTH
    situations = range(len(NAMES)) if only is None else [only]
    results: dict[tuple[str, int, Kind], Tally] = {}
    wrong: list[str] = []
    for features in ("faults", "unhardened"):
        path = built(features)
        # Without the hardening a part is enough to see that the attack works.
        small = quick or features == "unhardened"
        pieces: list[Piece] = []
        for situation in situations:
            attack = attack_of(path, 2 * situation)
            if attack.opens:
                wrong.append(f"{features}, {NAMES[situation]}: opens without a fault")
            if not attack_of(path, 2 * situation + 1).opens:
                wrong.append(f"{features}, {NAMES[situation]}: does not open where it is allowed")
            pieces += pieces_of(path, situation, quick=small, size=PIECE)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with (
            Progress(*columns, console=progress_console, disable=not progress_console.is_terminal) as progress,
            ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool,
        ):
            task = progress.add_task(features, total=len(pieces))
            for piece, tallies in zip(pieces, pool.map(carry_out, pieces), strict=True):
                for kind, tally in tallies.items():
                    results.setdefault((features, piece.situation, kind), Tally()).add(tally)
                progress.advance(task)
    report(results, console, as_json=as_json)
    wrong += judge(results, quick=quick)
    for line in wrong:
        click.echo(line, err=True)
    sys.exit(1 if wrong else 0)


def judge(results: dict[tuple[str, int, Kind], Tally], *, quick: bool) -> list[str]:
    """What must not be: something opens; or the attack proves nothing, because it tried nothing or opens nothing without the hardening."""
    wrong = []
    for (features, situation, kind), tally in results.items():
        if features == "faults" and not tally.tried and not (quick and kind in _WHOLE_ONLY):
            wrong.append(f"{NAMES[situation]}, {kind}: none was tried")
        if features == "faults" and tally.opened and kind is not Kind.TWO_SKIPS:
            where = ", ".join(f"{place} ({count})" for place, count in tally.where.most_common(8))
            wrong.append(f"{NAMES[situation]}, {kind}: {tally.opened} opened, at {where}")
    held = [
        situation
        for situation in sorted({place[1] for place in results})
        if not results["unhardened", situation, Kind.SKIP].opened
    ]
    return wrong + [f"unhardened, {NAMES[situation]}: no skipped instruction opens it" for situation in held]


def report(results: dict[tuple[str, int, Kind], Tally], console: Console, *, as_json: bool) -> None:
    """Shows what was tried and what came of it."""
    if as_json:
        for (features, situation, kind), tally in results.items():
            numbers = {name: getattr(tally, name) for name in COUNTS}
            where = dict(tally.where.most_common(8))
            print(json.dumps({"build": features, "situation": NAMES[situation], "fault": kind, **numbers, "where": where}))
        return
    for features, title in (("faults", "the gate as it is"), ("unhardened", "without its hardening")):
        table = Table(title=title)
        for name in ("situation", "fault"):
            table.add_column(name)
        for name in COUNTS:
            table.add_column(name, justify="right", no_wrap=True)
        sums = Tally()
        told = ""
        for (build, situation, kind), tally in results.items():
            if build == features and tally.tried:
                counts = [getattr(tally, name) for name in COUNTS]
                table.add_row("" if NAMES[situation] == told else NAMES[situation], kind, *(f"{number:,}" for number in counts))
                told = NAMES[situation]
                if kind is not Kind.TWO_SKIPS:
                    sums.add(tally)
        table.add_section()
        counts = [getattr(sums, name) for name in COUNTS]
        table.add_row("all single faults", "", *(f"{number:,}" for number in counts))
        console.print(table)


if __name__ == "__main__":
    main()
