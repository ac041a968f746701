"""Bad input for the operator's commands: each is told in one line with its place and its remedy, and changes nothing."""

from __future__ import annotations

import fcntl
import os
import pty
import subprocess
import time
from pathlib import Path

import click
import pytest
from bench_operator import ACCOUNTS, LUNA, NORTH, Bench, id_of, made, pending
from conftest import COMMAND

from strongroom import Device, Strongroom
from strongroom.cli.operate.forms import VERBS, Form
from strongroom.cases import CaseFile
from strongroom.directory import Directory
from strongroom.exceptions import DirectoryError

READS = [["status"], ["pending"], ["show", "1"], ["ticket", "show", "SR-1"], ["second"], ["drain"]]
ACTS = [
    ["approve", "1"],
    ["deny", "1", "--reason", "No."],
    ["revoke", "1", "--reason", "No."],
    ["request", "SR-1", "--subject", "device", "--scope", "resource", "--permission", "read", "--justification", "Why."],
    ["lease", "triage", "1"],
    ["explain", "triage", "1"],
    ["ticket", "open", "SR-1", "--text", "What.", "--troubleshot"],
    ["ticket", "note", "SR-1", "--text", "What."],
    ["second", "1"],
]


@pytest.fixture(name="bench")
def _bench(tmp_path: Path) -> Bench:
    return made(tmp_path)


def fails(bench: Bench, arguments: list[str], *said: str, code: int = 1, process: bool = False) -> None:
    if process:
        done = bench.run("erik", *arguments)
        ended, told = done.returncode, done.stderr
    else:
        result = bench.inside("erik", *arguments)
        ended, told = result.exit_code, result.stderr
        assert isinstance(result.exception, SystemExit), result.exception
    assert ended == code, told
    assert "Traceback" not in told
    for words in said:
        assert words in told, told
    if code == 1:
        assert told.count("\n") == 1, told


@pytest.mark.parametrize("verb", VERBS)
def test_what_the_core_wants_told_is_wanted_on_the_command_line(verb: str) -> None:
    # A flag that is left out is neither yes nor no.
    wanted = [each for each in Form(verb).parameters() if each.required]
    for parameter in wanted:
        with pytest.raises(click.MissingParameter):
            click.Command("alone", params=[parameter]).main([], standalone_mode=False)


def test_a_flag_that_is_left_out_is_asked_for(bench: Bench) -> None:
    before = bench.journal.read_bytes()
    fails(bench, ["lease", "baseline-ok", "--firmware", "7.1.0"], "Missing option '--password-discarded'", code=2)
    fails(bench, ["explain", "register", "--organisation", "contoso"], "Missing option '--approved'", code=2)
    fails(bench, ["ticket", "open", "SR-1", "--text", "What."], "Missing option '--troubleshot'", code=2)
    assert bench.journal.read_bytes() == before and not bench.cases.exists()


def test_a_missing_directory_is_named(bench: Bench) -> None:
    for arguments in (["status"], ["approve", "1"]):
        fails(bench, [*arguments, "--directory", "no-such.toml"], "no-such.toml: no such file; strongroom init makes one")
        fails(bench, [*arguments, "--journal", "elsewhere/hsm-a.journal"], "elsewhere/directory.toml: no such file")


@pytest.mark.parametrize("arguments", READS + ACTS, ids=" ".join)
def test_a_missing_journal_is_named(bench: Bench, arguments: list[str]) -> None:
    fails(bench, [*arguments, "--journal", "no-such.journal"], "no-such.journal: no such file; strongroom init makes a journal", process=True)
    assert not (bench.folder / "no-such.journal").exists()


@pytest.mark.parametrize("arguments", [["status"], ["approve", "1"], ["explain", "approve", "1"], ["pending"]], ids=" ".join)
def test_a_cut_journal_is_said_to_be_none(bench: Bench, arguments: list[str]) -> None:
    whole = bench.journal.read_bytes()
    bench.journal.write_bytes(whole[:20_000])
    fails(bench, arguments, "has 20000 bytes, which is no journal's size")
    bench.journal.write_bytes(bytes(len(whole)))
    told = " ".join(bench.ok("erik", "status").split())
    assert "every access is closed; the way on is strongroom lease quarantine" in told
    assert bench.json("erik", "status")["journal"]["found"] == "invalid"


def test_anothers_journal_is_left_as_it_is(bench: Bench) -> None:
    other = bench.folder / "hsm-b.journal"
    with Strongroom.open(other, Device("700099", NORTH, LUNA)) as room:
        room.compact()
    other.chmod(0o600)
    before = other.read_bytes()
    for arguments in (["status"], ["deny", "1", "--reason", "No."]):
        fails(bench, [*arguments, "--journal", str(other)], "hsm-b.journal: it was made for device 700099, ", "; nothing was changed")
    assert other.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "9"], "no request 9 is known here; remembered are: none"),
        (["ticket", "show", "SR-9"], "no ticket SR-9 is known here"),
        (["ticket", "note", "SR-9", "--text", "x"], "no ticket SR-9 is known here; known are: none"),
    ],
)
def test_what_is_not_there_is_named(bench: Bench, arguments: list[str], said: str) -> None:
    fails(bench, arguments, said)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["approve", "one"], "'one' is not a valid integer range"),
        (["approve", "0"], "0 is not in the range"),
        (["approve", "1", "--duration", "4"], '"4" is not a length of time; write it with units, such as 4h'),
        (["approve", "1", "--duration", "soon"], '"soon" is not a length of time'),
        (["deny", "1", "--reason", " "], "the text is empty"),
        (["deny", "1", "--reason", "@no-such.txt"], "no-such.txt: no such file or directory"),
        (["lease", "claim", "--credential-replaced", "--owner-key", "abc"], '"abc" is no SHA-256; write 64 hexadecimal digits, or @FILE'),
        (["lease", "claim", "--credential-replaced", "--owner-key", "00" * 32, "--proof", "yesterday"], "write it as RFC 3339"),
        (["lease", "set-roster", "--approvers", "anne"], 'unknown name "anne"; did you mean "anna"?'),
        (["lease", "register", "--organisation", "contosso", "--approved"], 'unknown name "contosso"; did you mean "contoso"?'),
        (["lease", "set-plan", "--plan", "develper"], 'unknown word "develper"; did you mean "developer"?'),
        (["lease", "approve-them"], "No such command 'approve-them'"),
        (["request", "SR-1", "--subject", "vm_linx", "--scope", "resource", "--permission", "read", "--justification", "x"], 'did you mean "vm_linux"?'),
        (["request", "SR-1"], "Missing option '--subject'"),
        (["lease", "read-health", "--reading", "no-such.txt"], "no-such.txt: no such file or directory"),
        (["lease", "replacement-out", "--peer-serial", "1"], "Missing option '--peer-organisation'"),
        (["lease", "allocate", "--organisation", "contoso", "--region", "r", "--network", "n", "--replaces-serial", "1"], "go together"),
        (["approve", "1", "--wait", "-1"], "-1.0 is not in the range"),
        (["show", "--reason"], "No such option"),
        (["completion", "tcsh"], "'tcsh' is not one of 'bash', 'zsh', 'fish'"),
    ],
    ids=lambda value: "" if isinstance(value, str) else " ".join(value),
)
def test_wrong_arguments_end_with_2_and_a_hint(bench: Bench, arguments: list[str], said: str) -> None:
    before = bench.journal.read_bytes()
    done = bench.inside("erik", *arguments)
    assert done.exit_code == 2 and said.lower() in " ".join(done.stderr.split()).lower(), done.stderr
    assert bench.journal.read_bytes() == before


def test_an_argument_that_the_core_does_not_take_is_told(bench: Bench) -> None:
    fails(bench, ["lease", "arrive", "--serial", "a serial number that is too long"], "serial: ", code=2)
    fails(bench, ["lease", "set-roster", *["--approvers", "ada"] * 5], "approvers: ", code=2)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('serial = "700022"', 'serial = ""', "[device] serial: a serial number has 1 to 16 printable ASCII characters"),
        ('provider = "north"', 'provider = "nroth"', '[device] provider: unknown name "nroth"; did you mean "north"?'),
        ('vendor = "luna"', 'vender = "luna"', '[device] vender: unknown key "vender"; did you mean "vendor"?'),
        ('roles = ["Hands"]', 'roles = ["Hand"]', '[people.hana] roles: unknown name "Hand"; did you mean "Hands"?'),
        ('roles = ["Hands"]', 'roles = ["Approver"]', "Approver is a role of the customer's, and north is the provider"),
        ('roles = ["Hands"]', 'roles = ["Hands", "Sensor"]', "belong to several parties: device, provider"),
        ('roles = ["Hands"]', "roles = []", "[people.hana] roles: is empty"),
        ('roles = ["Hands"]\n', "", "[people.hana] has no roles; it needs a list of texts there"),
        ("accounts = [4002]", "accounts = [4001]", "[people.pia] accounts: 4001 is hana's, too; an account is one person's"),
        ("accounts = [4001]", "accounts = 4001", "[people.hana] accounts: must be a list of texts, found 4001"),
        ("[people.pia]", "[people.hana]", "(at line"),
        ("strongroom = 1", "strongroom = 2", "format 2 is not known"),
        ("strongroom = 1", "strongroom 1", "(at line 1, column"),
        ("strongroom = 1", "strongroom = 1\npeeple = 1", 'unknown key "peeple"; did you mean "people"?'),
    ],
)
def test_a_directory_that_cannot_be_is_told_with_its_place(bench: Bench, old: str, new: str, said: str) -> None:
    text = bench.directory.read_text()
    assert old in text
    bench.directory.write_text(text.replace(old, new, 1))
    with pytest.raises(DirectoryError) as raised:
        Directory.read(bench.directory)
    assert str(raised.value).startswith(f"{bench.directory}: ") and said in str(raised.value)


def test_the_command_tells_what_is_wrong_with_a_directory(bench: Bench) -> None:
    bench.directory.write_text(bench.directory.read_text().replace('roles = ["Hands"]', 'roles = ["Hand"]'))
    fails(bench, ["status"], f'{bench.directory}: [people.hana] roles: unknown name "Hand"; did you mean "Hands"?')


def test_ids_are_uuids_and_each_is_one_persons(bench: Bench) -> None:
    text = bench.directory.read_text()
    bench.directory.write_text(text.replace(str(id_of("hana")), "b0"))
    fails(bench, ["status"], '[people.hana] id: "b0" is no UUID; uuidgen makes one')
    bench.directory.write_text(text.replace(str(id_of("pia")), str(id_of("hana"))))
    fails(bench, ["status"], "[people.pia] id: is the id of hana, too; every person has their own")
    bench.directory.write_bytes(b"\xff\xfe")
    fails(bench, ["status"], "this is not UTF-8 text")


@pytest.mark.parametrize("name", ["journal", "directory"])
def test_what_others_can_write_is_not_trusted(bench: Bench, name: str) -> None:
    file: Path = getattr(bench, name)
    for mode in (0o660, 0o602):
        file.chmod(mode)
        fails(bench, ["deny", "1", "--reason", "No."], f"{file}: others can write the {name} (mode {mode:04o}); chmod go-w {file}", process=mode == 0o660)
    file.chmod(0o600)
    bench.folder.chmod(0o777)
    fails(bench, ["status"], f"{bench.folder}: others can write the folder of the", "chmod go-w")
    bench.folder.chmod(0o1777)
    bench.cases.unlink(missing_ok=True)
    fails(bench, ["status"], f"{bench.cases}: everybody can put the case file there", "keep it in a folder of your own")
    bench.cases.touch(0o600)
    bench.ok("erik", "status")


@pytest.mark.skipif(os.getuid() != 0, reason="only root gives files away")
@pytest.mark.parametrize("name", ["journal", "directory"])
def test_what_is_somebody_elses_is_not_trusted(bench: Bench, name: str) -> None:
    file: Path = getattr(bench, name)
    os.chown(file, 4321, 4321)
    fails(bench, ["status"], f"{file}: the {name} belongs to 4321, who could write it; make it yours or root's: chown root {file}")


def test_a_journal_that_another_process_holds_is_told_with_who(bench: Bench) -> None:
    with bench.room():
        fails(bench, ["deny", "1", "--reason", "No.", "--wait", "0.3"], f"is held by process {os.getpid()} (", "end that process, or wait for it", process=True)


def test_somebody_at_a_terminal_is_told_what_is_waited_for(bench: Bench) -> None:
    lock = bench.journal.with_name("hsm-a.journal.lock")
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        held.write("process 1 (somebody) since 2026-01-05T09:00:00Z\n")
        held.flush()
        parent, child = pty.openpty()
        waiting = subprocess.Popen([COMMAND, "status"], env=bench.environment("erik"), cwd=bench.folder, stdout=subprocess.PIPE, stderr=child)
        os.close(child)
        said = os.read(parent, 1000).decode()
        assert "waiting up to 10 s: " in said and "held by process 1 (somebody)" in said
        fcntl.flock(held, fcntl.LOCK_UN)
        assert waiting.wait(timeout=20) == 0
        os.close(parent)
        assert waiting.stdout is not None
        waiting.stdout.close()


def test_destruction_is_asked_about(bench: Bench) -> None:
    done = bench.run("ada", "lease", "zeroize", stdin=subprocess.DEVNULL)
    assert done.returncode == 2 and "say --yes where nobody can be asked" in done.stderr
    assert bench.json("ada", "lease", "zeroize", "--yes")["rule"]["name"] == "NotInChart"


def test_a_text_on_standard_input_is_read_once_and_before_the_journal_is_held(bench: Bench) -> None:
    pending(bench)
    reading, writing = os.pipe()
    with subprocess.Popen([COMMAND, "deny", "1", "--reason", "-"], stdin=reading, stdout=subprocess.PIPE, cwd=bench.folder, env=bench.environment("anna")) as slow:
        os.close(reading)
        time.sleep(1)
        # Who is slow to type keeps nobody from a revocation.
        meanwhile = bench.run("ada", "status", "--wait", "0").returncode
        os.write(writing, b"Send us the query.\n")
        os.close(writing)
        slow.communicate(timeout=20)
    assert (meanwhile, slow.returncode) == (0, 0)
    assert "Send us the query." in bench.ok("anna", "show", 1)


@pytest.mark.skipif(os.getuid() != 0, reason="only root gives files away")
@pytest.mark.parametrize(
    "arguments",
    [
        ["deny", "1", "--reason", "@secret"],
        ["ticket", "note", "SR-100", "--text", "@secret"],
        ["explain", "deny", "1", "--reason", "@secret"],
        ["lease", "read-health", "--reading", "@secret"],
    ],
    ids=" ".join,
)
def test_through_sudo_nobody_reads_what_is_the_hosts_alone(bench: Bench, arguments: list[str]) -> None:
    pending(bench)
    secret = bench.folder / "secret"
    secret.write_text("the key")
    secret.chmod(0o600)
    typed = [each.replace("@", "") if "reading" in arguments[-2] else each for each in arguments]
    fails(bench, typed, "secret: it is neither yours nor readable by everybody", "say -", code=2)
    assert "the key" not in bench.cases.read_text()
    os.chown(secret, ACCOUNTS["erik"], 0)
    assert "neither yours" not in bench.inside("erik", *typed).stderr
    os.chown(secret, 0, 0)
    secret.chmod(0o644)
    assert "neither yours" not in bench.inside("erik", *typed).stderr


def test_what_another_process_says_of_itself_does_not_steer_the_terminal(bench: Bench) -> None:
    bench.ok("erik", "status")
    lock = bench.folder / "hsm-a.journal.lock"
    with lock.open("r+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        held.truncate()
        held.write("process 1 (strongroom \x1b]0;all is well\x07\u009b2J) since 2026-01-05T09:00:00Z\n")
        held.flush()
        done = bench.run("erik", "status", "--wait", "0")
    assert done.returncode == 1 and "all is well" in done.stderr
    assert not {"\x1b", "\x07", "\u009b"} & set(done.stderr)


def test_the_lock_keeps_no_text(bench: Bench) -> None:
    pending(bench)
    done = bench.run("anna", "deny", "1", "--reason", "Known to us alone.", stdin=subprocess.DEVNULL)
    assert done.returncode == 0
    said = (bench.folder / "hsm-a.journal.lock").read_text()
    assert said.startswith("process ") and " deny 1)" in said and "alone" not in said


def test_a_lock_that_takes_no_words_locks(bench: Bench) -> None:
    # As on a full disk: what ends access needs no room there.
    lock = bench.folder / "hsm-a.journal.lock"
    lock.unlink(missing_ok=True)
    lock.symlink_to("/dev/full")
    with bench.room() as room:
        assert room.state.name == "700022"


_AT = '"at": "2026-01-05T09:00:00+00:00"'


@pytest.mark.parametrize(
    "line",
    [
        f'{{"what": "proposed", "number": 1, {_AT}, "command": {{"action": {{"tick": {{}}}}}}, "texts": {{}}}}',
        f'{{"what": "proposed", "number": 1, {_AT}, "command": {{"by": null, "action": {{"tick": {{}}}}}}, "texts": {{}}}}',
        f'{{"what": "proposed", "number": Infinity, {_AT}, "command": {{"by": {{"role": "Core"}}, "action": {{"tick": {{}}}}}}, "texts": {{}}}}',
        f'{{"what": "asked", {_AT}, "command": {{"by": {{"role": "Core"}}, "action": {{"deny": {{}}}}}}, "texts": {{"reason": "\\ud800"}}}}',
        "[" * 100_000,
    ],
    ids=["nobody", "null", "endless", "no text", "deep"],
)
def test_a_line_of_the_case_file_that_was_changed_is_named(bench: Bench, line: str) -> None:
    pending(bench)
    lines = bench.cases.read_text().count("\n")
    with bench.cases.open("a") as file:
        file.write(line + "\n")
    assert CaseFile(bench.cases).read().damaged == (lines + 1,)
    assert bench.json("anna", "show", 1)["damaged"] == [lines + 1]
    bench.ok("anna", "second")
    # A number is given once, also where a line cannot be read any more.
    assert bench.json("anna", "lease", "deny", 1, "--reason", "No.", "--propose")["proposed"] == 2
    assert bench.json("anna", "lease", "deny", 1, "--reason", "No.", "--propose")["proposed"] == 3


def test_an_account_is_one_persons_by_its_name_and_by_its_number(bench: Bench) -> None:
    told = bench.directory.read_text()
    account = f"accounts = [{ACCOUNTS['anna']}]"
    assert account in told
    bench.directory.write_text(told.replace(account, 'accounts = ["daemon"]').replace(f"accounts = [{ACCOUNTS['erik']}]", 'accounts = ["1"]'))
    known = Directory.read(bench.directory)
    with pytest.raises(DirectoryError, match=r"erik and anna have the same account, daemon \(1\)"):
        known.person("daemon", 1)
    # Somebody whom the host calls "1", with another number.
    assert known.person("1", 4999) is None
    done = bench.run("1", "deny", "1", "--reason", "No.")
    assert done.returncode == 1 and "an account is one person's" in done.stderr
