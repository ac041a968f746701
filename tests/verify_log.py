#!/usr/bin/env python3
"""Checks exported logs with nothing but Python's own library, apart from all of Strongroom's code.

    strongroom replay lease.jsonl --json | python3 tests/verify_log.py

Reads the canonical JSON Lines (a file's name, or standard input), recomputes the RFC 6962 root of every
log from its record lines and compares it with every head line. Exits 1 with the first thing that is wrong.
"""

import hashlib
import json
import sys

RECORD_SIZE = 118
VERSION = 1
LOGS = ("tenant", "lifecycle")


class Wrong(Exception):
    """What is wrong, and where."""


class Log:
    """One log of one engine: its current tree."""

    def __init__(self, engine, name):
        self.engine = engine
        self.name = name
        self.leaves = []
        self.time = (0, 0)
        self.covered = 0  # records under the last head that was compared
        self.root = None

    def wrong(self, sequence, what):
        return Wrong(f"{self.engine}, {self.name} log, record {sequence}: {what}")

    def record(self, sequence, text):
        """Takes the next record."""
        try:
            record = bytes.fromhex(text)
        except ValueError:
            raise self.wrong(sequence, "not hexadecimal digits") from None
        if len(record) != RECORD_SIZE:
            raise self.wrong(sequence, f"{len(record)} bytes, not {RECORD_SIZE}")
        if record[0] != VERSION:
            raise self.wrong(sequence, f"version {record[0]}, not {VERSION}")
        if record[1] != LOGS.index(self.name):
            raise self.wrong(sequence, "it says that it is of the other log")
        if sequence != len(self.leaves):
            raise self.wrong(sequence, f"record {len(self.leaves)} should be here")
        if number(record, 2, 4) != sequence:
            raise self.wrong(sequence, f"it says that it is record {number(record, 2, 4)}")
        time = (number(record, 22, 2), number(record, 14, 8))  # the clock's epoch, then the time in it
        if time < self.time:
            raise self.wrong(sequence, "older than the record before it")
        self.time = time
        self.leaves.append(hashlib.sha256(b"\x00" + record).digest())

    def head(self, size, root):
        """Compares a head with the records so far."""
        if size != len(self.leaves):
            raise self.wrong(min(size, len(self.leaves)), f"the head counts {size} records, {len(self.leaves)} are there")
        found = tree(self.leaves).hex()
        if found != root:
            raise self.wrong(self.covered, f"from here on the root of the {size} records is {found}, not {root}")
        self.covered = size
        self.root = root

    def verified(self, which):
        """The line that says so."""
        return f"log verified: {self.covered} records, root {self.root} ({which})"


def number(record, offset, size):
    """A little-endian number."""
    return int.from_bytes(record[offset : offset + size], "little")


def tree(leaves):
    """The root over the leaves' digests."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    left = 1 << ((len(leaves) - 1).bit_length() - 1)  # the largest power of two below
    return hashlib.sha256(b"\x01" + tree(leaves[:left]) + tree(leaves[left:])).digest()


def begins_anew(log, line):
    """Whether the core has erased the log since: only the tenant's, whose records then count from 0 again."""
    erased = line.get("sequence") == 0 if "record" in line else line["size"] == 0
    return log.name == "tenant" and log.leaves and erased


def check(lines):
    """The lines to print; raises `Wrong`."""
    logs = {}
    verified = []
    for place, text in enumerate(lines, 1):
        try:
            line = json.loads(text)
            if "log" not in line:
                continue
            key = (line["engine"], line["log"])
            if key[1] not in LOGS:
                raise Wrong(f"line {place}: no log is named {key[1]!r}")
            log = logs.setdefault(key, Log(*key))
            if begins_anew(log, line):
                verified.append(close(log, "erased since"))
                log = logs[key] = Log(*key)
            if "record" in line:
                log.record(line["sequence"], line["record"])
            else:
                log.head(line["size"], line["root"])
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise Wrong(f"line {place}: not a line of the canonical output ({error!r})") from None
    if not logs:
        raise Wrong("there is no log in it")
    return verified + [close(log) for log in logs.values()]


def close(log, note=None):
    """Ends a tree: all of its records must be under a head."""
    if log.root is None or log.covered != len(log.leaves):
        raise log.wrong(log.covered, "no head covers the records from here on")
    return log.verified(f"{log.engine} {log.name}" + (f", {note}" if note else ""))


def main(arguments):
    if len(arguments) > 1:
        print("usage: verify_log.py [FILE]", file=sys.stderr)
        return 2
    try:
        if arguments:
            with open(arguments[0], encoding="utf-8") as file:
                lines = check(file)
        else:
            lines = check(sys.stdin)
    except (Wrong, OSError, UnicodeDecodeError) as error:
        print(f"log not verified: {error}", file=sys.stderr)
        return 1
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
