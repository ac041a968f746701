"""Timing, and a JSON line a row."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Sequence
from typing import Any

from contestants import Contestant


def measure(contestants: Sequence[Contestant], inputs: Sequence[Any], repetitions: int, most: int | None = None) -> None:
    """Asks all inputs of each contestant in turn, as often as there are repetitions, and prints what one operation took.

    In turn, so that whatever else the machine does strikes all of them. Times are this thread's processor time, and the loop is in
    them. `most` is how many inputs anybody takes at most.
    """
    loops = []
    for contestant in contestants:
        bounds = [bound for bound in (contestant.most, most) if bound is not None]
        taken = inputs[: min(bounds)] if bounds else inputs
        loops.append((contestant.prepare(taken), len(taken) * contestant.each))
    took: list[list[float]] = [[] for _ in contestants]
    gc.collect()
    gc.disable()
    try:
        for repetition in range(repetitions):
            print(f"\r{contestants[0].row} and others: {repetition + 1} of {repetitions}", end="", file=sys.stderr)
            for (loop, operations), times in zip(loops, took, strict=True):
                begin = time.thread_time_ns()
                partly = loop()
                end = time.thread_time_ns()
                times.append((end - begin if partly is None else partly) / operations)
            gc.collect()
    finally:
        gc.enable()
    print(file=sys.stderr)
    first = next(contestant for contestant in contestants if contestant.kind == "ours")
    for contestant, (_, operations), times in zip(contestants, loops, took, strict=True):
        sample = f"{operations} of the inputs" if contestant.kind == "peer" and operations < len(inputs) else ""
        print_row(contestant, sorted(times), sample, beside=first.row)


def print_row(contestant: Contestant, times: list[float], sample: str, beside: str) -> None:
    """A row as JSON."""
    row = {
        "group": "python",
        "row": contestant.row,
        "kind": contestant.kind,
        "unit": "ns",
        "median": round(times[len(times) // 2], 2),
        "min": round(times[0], 2),
        "max": round(times[-1], 2),
        "repetitions": len(times),
        "instructions": None,
        "beside": beside,
        "note": "; ".join(filter(None, (contestant.note, sample))),
    }
    print(json.dumps(row, ensure_ascii=False), flush=True)
