"""Attacks the board's decisions: `python tests/faults [--quick]`. See README.md beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from faults import COUNTS, Attack, Kind, Tally, chosen, pairs, singles
from image import Image
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

if TYPE_CHECKING:
    from machine import Moment

FIRMWARE = Path(__file__).resolve().parents[2] / "firmware"
# What is decided, and what must not come to the device. The numbers are the image's.
SITUATIONS = {
    "a command that is refused": b"hsm zeroize",
    "a line after the window": b"network show",
    "another account's name": b"admin",
    "a side that stays shut": b"admin",
    "a board that is not well": b"status sensors",
}
NAMES = tuple(SITUATIONS)
# A piece is so many steps: what a process does at a time.
PIECE = 2000


@dataclass(frozen=True)
class Piece:
    """Part of the work: these steps of a situation, and which of them are looked at closely."""

    path: Path
    situation: int
    steps: tuple[int, ...]
    marked: frozenset[int]
    quick: bool


def attack_of(path: Path, choice: int) -> Attack:
    """The image, prepared for a situation, or for the same where it is allowed."""
    return Attack(Image.read(path), choice, SITUATIONS[NAMES[choice // 2]])


def carry_out(piece: Piece) -> dict[Kind, Tally]:
    """Tries every fault of a piece."""
    attack = attack_of(piece.path, 2 * piece.situation)
    tallies = {kind: Tally() for kind in Kind}
    steps = iter(piece.steps)
    before: set[int] = set()

    def visit(moment: Moment) -> None:
        nonlocal before
        attack.skip(tallies[Kind.SKIP], moment)
        if next(steps) not in piece.marked:
            return
        gate, check = attack.is_gate(moment.address), attack.is_check(moment.address)
        if not piece.quick:
            attack.skip(tallies[Kind.TWO_SKIPS], moment, 2)
        live = set(attack.live(moment))
        for place in sorted(live):
            fresh = place not in before or check
            if fresh or gate and not piece.quick:
                for bits in singles():
                    attack.flip(tallies[Kind.BIT], moment, place, bits)
            if fresh:
                for bits in pairs(61 if piece.quick else 1):
                    attack.flip(tallies[Kind.PAIR], moment, place, bits)
        before = live
        if gate and not piece.quick:
            for register in range(13):
                for bits in singles():
                    attack.flip(tallies[Kind.REGISTER], moment, register, bits)

    attack.walk(piece.steps, visit)
    return tallies


def built(features: str) -> Path:
    """The image, built by its script."""
    done = subprocess.run([FIRMWARE / "faults.sh", features], capture_output=True, text=True, check=False)
    if done.returncode:
        message = f"the image cannot be built here: {done.stderr.strip()}"
        if os.environ.get("STRONGROOM_REQUIRE_ALL") == "1":
            raise click.ClickException(message)
        click.echo(f"left out: {message}", err=True)
        sys.exit(0)
    return Path(done.stdout.strip())


@click.command()
@click.option("--quick", is_flag=True, help="The gate's instructions, every eighth of the others, and a sample of the pairs.")
@click.option("--json", "as_json", is_flag=True, help="One object for each build, situation and kind.")
@click.option("--processes", default=os.cpu_count() or 1, show_default=True, type=click.IntRange(1))
@click.option("--only", type=click.IntRange(0, len(NAMES) - 1), help="One situation alone, by its number.")
def main(quick: bool, as_json: bool, processes: int, only: int | None) -> None:
    """Skips instructions and turns bits while the board decides, on the image, and counts what opens.

    Example: python tests/faults --quick
    """
    console, progress_console = Console(), Console(stderr=True)
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
            trail = attack.path()
            steps = chosen(trail, attack.is_gate, small)
            marked = frozenset(chosen(trail, attack.is_gate, True))
            size = len(steps) if quick else PIECE
            pieces += [
                Piece(path, situation, tuple(steps[at : at + size]), marked, small) for at in range(0, len(steps), size)
            ]
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with (
            Progress(*columns, console=progress_console, disable=not progress_console.is_terminal) as progress,
            ProcessPoolExecutor(processes) as pool,
        ):
            task = progress.add_task(features, total=len(pieces))
            for piece, tallies in zip(pieces, pool.map(carry_out, pieces), strict=True):
                for kind, tally in tallies.items():
                    results.setdefault((features, piece.situation, kind), Tally()).add(tally)
                progress.advance(task)
    report(results, console, as_json=as_json)
    wrong += judge(results)
    for line in wrong:
        click.echo(line, err=True)
    sys.exit(1 if wrong else 0)


def judge(results: dict[tuple[str, int, Kind], Tally]) -> list[str]:
    """What must not be: something opens; or nothing does without the hardening, so that the attack proves nothing."""
    wrong = []
    for (features, situation, kind), tally in results.items():
        if features == "faults" and tally.opened and kind is not Kind.TWO_SKIPS:
            where = ", ".join(f"{place} ({count})" for place, count in tally.where.most_common(8))
            wrong.append(f"{NAMES[situation]}, {kind}: {tally.opened} opened, at {where}")
    for situation in {situation for _, situation, _ in results}:
        if not results["unhardened", situation, Kind.SKIP].opened:
            wrong.append(f"unhardened, {NAMES[situation]}: no skipped instruction opens it")
    return wrong


def report(results: dict[tuple[str, int, Kind], Tally], console: Console, *, as_json: bool) -> None:
    """Shows what was tried and what came of it."""
    if as_json:
        for (features, situation, kind), tally in results.items():
            counts = {name: getattr(tally, name) for name in COUNTS}
            where = dict(tally.where.most_common(8))
            print(json.dumps({"build": features, "situation": NAMES[situation], "fault": kind, **counts, "where": where}))
        return
    for features, title in (("faults", "the gate as it is"), ("unhardened", "without its hardening")):
        table = Table(title=title)
        for name in ("situation", "fault"):
            table.add_column(name)
        for name in COUNTS:
            table.add_column(name, justify="right")
        sums = Tally()
        for (build, situation, kind), tally in results.items():
            if build == features and tally.tried:
                counts = (getattr(tally, name) for name in COUNTS)
                table.add_row(NAMES[situation], kind, *(f"{count:,}" for count in counts))
                if kind is not Kind.TWO_SKIPS:
                    sums.add(tally)
        table.add_section()
        counts = (getattr(sums, name) for name in COUNTS)
        table.add_row("all single faults", "", *(f"{count:,}" for count in counts))
        console.print(table)


if __name__ == "__main__":
    main()
