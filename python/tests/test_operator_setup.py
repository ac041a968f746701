"""Setting up: a journal and a directory in a minute, help that teaches, completion."""

from __future__ import annotations

import inspect
import shutil
import subprocess
from pathlib import Path

import pytest
from bench_operator import Bench, made
from click import Context
from click.testing import CliRunner
from conftest import COMMAND, Run

from strongroom import _native
from strongroom.cli import main
from strongroom.cli.operate.fields import NUMBERED, TEXTS
from strongroom.cli.operate.forms import VERBS, Form
from strongroom.cli.sections import SECTIONS
from strongroom.commands import Commands
from strongroom.directory import Directory


@pytest.fixture(name="plain")
def _plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("SUDO_UID", "STRONGROOM_JOURNAL", "STRONGROOM_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)
    tmp_path.chmod(0o755)
    return tmp_path


def test_a_stranger_begins_in_a_minute(run: Run, plain: Path) -> None:
    made = run("init", "--journal", "hsm-a.journal", "--serial", "700022", "--provider", "north", "--customer", "contoso gmbh")
    assert (made.returncode, made.stderr) == (0, b"")
    assert b"next: strongroom lease arrive --serial 700022" in made.stdout
    assert (plain / "hsm-a.journal").stat().st_mode & 0o777 == 0o600
    directory = Directory.read(plain / "directory.toml")
    assert set(directory.organisations) == {"north", "vendor", "contoso gmbh"}
    (you,) = directory.people.values()
    assert [role.value for role in you.roles] == ["Hands", "Pool"]
    arrived = run("lease", "arrive", "--serial", "700022", "--journal", "hsm-a.journal")
    assert arrived.returncode == 0 and "the device goes IN_TRANSIT → RECEIVED".encode() in arrived.stdout
    again = run("init", "--journal", "hsm-a.journal", "--serial", "700022")
    assert again.returncode == 1 and b"there is a journal already" in again.stderr


def test_init_takes_the_directory_that_is_there(run: Run, plain: Path) -> None:
    assert run("init", "--journal", "a.journal", "--serial", "700022").returncode == 0
    assert run("init", "--journal", "b.journal").returncode == 0
    other = run("init", "--journal", "c.journal", "--serial", "700023")
    assert other.returncode == 1 and b"[device] serial is 700022, not 700023" in other.stderr
    assert not (plain / "c.journal").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, b"Missing option '--journal'"),
        (["--journal", "a.journal"], 2, b"--serial is needed"),
        (["--journal", "no-such/a.journal", "--serial", "1"], 1, b"no such file or directory"),
        (["--journal", "a.journal", "--serial", "much too long for a device"], 1, b"a serial number has 1 to 16 printable ASCII characters"),
        (["--journal", "a.journal", "--serial", "1", "--policy", "azur"], 2, b"'azur' is not one of"),
        (["--journal", "a.journal", "--serial", "1", "--provider", "x", "--vendor", "x"], 1, b"at line"),
    ],
)
def test_what_init_cannot_do_it_says_and_leaves_nothing(run: Run, plain: Path, arguments: list[str], code: int, said: bytes) -> None:
    done = run("init", *arguments)
    assert done.returncode == code and said in done.stderr, done
    assert list(plain.iterdir()) == []


def test_every_verb_is_a_command_with_all_its_arguments() -> None:
    assert set(VERBS) | {"tick"} == {verb for _, verb, _ in _native.verbs()}
    for verb in VERBS:
        form = Form(verb)
        expected = set(inspect.signature(getattr(Commands, verb)).parameters) - {"self", "by", "second", "at"}
        assert {field.name for field in form.fields} == expected
        assert form.told and form.parameters() is not None


def test_texts_are_the_digests_that_the_core_calls_so() -> None:
    for verb in VERBS:
        for field in Form(verb).fields:
            says = f"Digest of the {field.name}'s text"
            assert field.told.startswith(says) is (field.name in TEXTS), (verb, field.name)
    assert set(NUMBERED) == {"request", "exclusion", "effect"}


def test_help_teaches_with_an_example() -> None:
    names = ["init", "status", "pending", "show", "request", "approve", "deny", "revoke", "lease", "explain", "second", "drain", "completion"]
    ticket = [["ticket", name] for name in ("open", "note", "show")]
    for words in [*([name] for name in names), *ticket, *(["lease", verb.replace("_", "-")] for verb in VERBS), ["explain", "approve"]]:
        told = CliRunner().invoke(main, [*words, "--help"], prog_name="strongroom")
        assert told.exit_code == 0, (words, told.output)
        assert f"strongroom {' '.join(words)}" in told.output.partition("\n")[2], told.output


def test_help_is_printed_by_the_command(run: Run) -> None:
    told = run("lease", "approve", "--help")
    assert told.returncode == 0 and b"A designated approver approves (L-39)." in told.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_what_completion_prints_is_a_program_of_the_shell(run: Run, shell: str) -> None:
    told = run("completion", shell)
    assert told.returncode == 0 and b"_STRONGROOM_COMPLETE" in told.stdout
    program = shutil.which(shell)
    if program is not None:
        checked = subprocess.run([program, "-n"], input=told.stdout, capture_output=True, check=False)
        assert (checked.returncode, checked.stderr) == (0, b"")


def completed(bench: Bench, words: str) -> list[str]:
    asked = {"_STRONGROOM_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split(" ")) - 1)}
    environment = bench.environment("anna") | asked
    told = subprocess.run([COMMAND], env=environment, cwd=bench.folder, capture_output=True, text=True, check=True)
    return [line.partition(",")[2] for line in told.stdout.splitlines() if line]


def test_numbers_names_and_words_are_completed(tmp_path: Path) -> None:
    bench = made(tmp_path)
    bench.ok("uma", "ticket", "open", "SR-100", "--text", "Broken.", "--troubleshot")
    assert completed(bench, "strongroom approve ") == ["1"]
    assert completed(bench, "strongroom lease set-roster --approvers an") == ["anna"]
    assert completed(bench, "strongroom lease register --organisation c") == ["contoso"]
    assert completed(bench, "strongroom lease tri") == ["triage"]
    assert completed(bench, "strongroom request SR-100 --subject vm_l") == ["vm_linux"]
    bench.journal.unlink()
    assert completed(bench, "strongroom approve ") == []
    assert not bench.journal.exists()


def test_every_command_has_its_place_in_the_help_of_the_whole() -> None:
    listed = [name for commands in SECTIONS.values() for name in commands]
    assert sorted(listed) == main.list_commands(Context(main))
    told = CliRunner().invoke(main, ["--help"]).output
    assert all(words in told for commands in SECTIONS.values() for words in commands.values()), told
