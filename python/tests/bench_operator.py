"""A host with people: a journal, a directory, and the command as each of them runs it through sudo."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import forked
from click.testing import CliRunner, Result
from conftest import COMMAND

from strongroom import NOW, Device, Permission, Plan, Principal, Role, Scope, Strongroom, Subject, Terms, encoding
from strongroom.cases import CaseFile, text_digest
from strongroom.cli import main

NORTH, LUNA, CONTOSO = (UUID(f"{party}0000000-0000-4000-8000-000000000001") for party in "bdc")
DEVICE = Device("700022", NORTH, LUNA)
PEOPLE = {
    "hana": (NORTH, ["Hands"]),
    "pia": (NORTH, ["Pool"]),
    "piet": (NORTH, ["Pool"]),
    "erik": (NORTH, ["Engineer"]),
    "ilse": (NORTH, ["InternalApprover"]),
    "jit": (NORTH, ["JitService"]),
    "mona": (NORTH, ["Monitor"]),
    "uma": (CONTOSO, ["User"]),
    "ada": (CONTOSO, ["Admin", "Approver"]),
    "anna": (CONTOSO, ["Approver"]),
    "audrey": (CONTOSO, ["Auditor"]),
}
"""By their names: organisation and roles. Their accounts are numbers from 4001 on."""

ACCOUNTS = {name: 4001 + place for place, name in enumerate([*PEOPLE, "gate"])}


def id_of(name: str) -> UUID:
    """A person's id."""
    return UUID(int=PEOPLE[name][0].int + 0xB0 + ACCOUNTS[name])


def principal(name: str, role: Role | None = None) -> Principal:
    """A person as the core knows them."""
    return Principal(role or Role(PEOPLE[name][1][0]), PEOPLE[name][0], id_of(name))


def directory_text(more: str = "") -> str:
    """A directory of all of them, whose host account is the one that runs the tests."""
    lines = ["strongroom = 1", "[device]", 'serial = "700022"', 'provider = "north"', 'vendor = "luna"', "[organisations]"]
    lines += [f'{name} = "{id}"' for name, id in (("north", NORTH), ("luna", LUNA), ("contoso", CONTOSO))]
    names = {NORTH: "north", CONTOSO: "contoso"}
    for name, (organisation, roles) in PEOPLE.items():
        lines += [f"[people.{name}]", f'organisation = "{names[organisation]}"', f'id = "{id_of(name)}"']
        lines += [f"roles = {json.dumps(roles)}", f"accounts = [{ACCOUNTS[name]}]"]
    lines += ["[people.gate]", 'roles = ["Enforcer"]', f"accounts = [{ACCOUNTS['gate']}]", "[host]", f"account = {os.getuid()}", more]
    return "\n".join(lines) + "\n"


@dataclass
class Bench:
    """A folder with a journal and a directory."""

    folder: Path
    processes: bool = False
    """Whether `ok` and `json` begin a process each, as `run` always does; else they run the command in this one."""

    @property
    def journal(self) -> Path:
        return self.folder / "hsm-a.journal"

    @property
    def directory(self) -> Path:
        return self.folder / "directory.toml"

    @property
    def cases(self) -> Path:
        return self.folder / "hsm-a.cases.jsonl"

    def write_directory(self, more: str = "") -> None:
        self.directory.write_text(directory_text(more))
        self.directory.chmod(0o644)

    def environment(self, who: str | None) -> dict[str, str]:
        known = {key: value for key, value in os.environ.items() if not key.startswith(("SUDO_", "STRONGROOM_"))}
        known |= {"PYTHONWARNINGS": "error", "PYTHONUTF8": "1", "STRONGROOM_JOURNAL": str(self.journal)}
        return known if who is None else known | {"SUDO_UID": str(ACCOUNTS.get(who, who))}

    def run(self, who: str | None, *arguments: object, **more: Any) -> subprocess.CompletedProcess[str]:
        """The command, as a person runs it; with more than that for `subprocess.run`, a new interpreter."""
        typed = list(map(str, arguments))
        if not more:
            done = forked.run(typed, self.folder, self.environment(who))
            return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
        return subprocess.run(
            [COMMAND, *typed],
            capture_output=True,
            check=False,
            cwd=self.folder,
            env=self.environment(who),
            text=True,
            timeout=forked.SECONDS,
            **more,
        )

    def ok(self, who: str, *arguments: object) -> str:
        """What the command prints, which has to end well."""
        code, printed, said = self._any(who, *arguments)
        assert (code, said) == (0, ""), (arguments, code, printed, said)
        return printed

    def json(self, who: str, *arguments: object) -> Any:
        """What it prints as JSON, allowed or refused."""
        code, printed, said = self._any(who, *arguments, "--json")
        assert code in (0, 4) and said == "", (arguments, code, printed, said)
        return json.loads(printed)

    def _any(self, who: str, *arguments: object) -> tuple[int, str, str]:
        if self.processes:
            done = self.run(who, *arguments)
            return done.returncode, done.stdout, done.stderr
        result = self.inside(who, *arguments)
        return result.exit_code, result.stdout, result.stderr

    def inside(self, who: str, *arguments: object) -> Result:
        """The command, run in this process, so that it can be broken off at a place of the test's choice."""
        with contextlib.chdir(self.folder):
            return CliRunner().invoke(main, list(map(str, arguments)), env=self.environment(who))

    def room(self) -> Strongroom:
        """The journal, opened by the test itself."""
        return Strongroom.open(self.journal, DEVICE)


BECAUSE = "The boot loader has to be looked at on the disk itself."


def pending(bench: Bench, at: datetime | None = None) -> None:
    """A request that waits for the customer since then, with its texts; what the commands do, by the library."""
    erik, jit, cases = principal("erik"), principal("jit"), CaseFile(bench.cases)
    terms = Terms(Subject.VM_LINUX, Scope.RESOURCE, Permission.READ, text_digest(BECAUSE), False, True, True, True, timedelta(hours=4))
    asked: dict[str, Any] = {"ticket": "SR-100", "terms": terms}
    cases.note(id_of("uma"), "SR-100", "The VM does not boot.", "B")
    cases.ask(encoding.command("request_access", asked, erik, None), {"justification": BECAUSE})
    when = at or NOW
    with bench.room() as room:
        room.open_ticket(by=principal("uma"), ticket="SR-100", troubleshot=True, at=when).require()
        room.triage(by=erik, request=1, at=when).require()
        room.request_access(by=erik, **asked, at=when).require()
        room.evaluate(by=jit, request=1, at=when).require()
        room.ask_customer(by=erik, request=1, at=when).require()


def made(folder: Path, more: str = "", at: datetime | None = None) -> Bench:
    """A bench with an account open since then, so that tickets can be opened."""
    folder.chmod(0o755)
    bench = Bench(folder)
    bench.write_directory(more)
    with bench.room() as room:
        pia, ada, when = principal("pia"), principal("ada"), at or NOW
        room.register(by=pia, organisation=CONTOSO, approved=True, at=when).require()
        room.set_plan(by=pia, plan=Plan.DEVELOPER, at=when).require()
        room.set_roster(by=ada, approvers=[id_of("ada"), id_of("anna")], at=when).require()
    bench.journal.chmod(0o600)
    return bench
