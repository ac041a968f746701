"""Who else could have written a file, with what stands on the way to it."""

from __future__ import annotations

import os
from pathlib import Path

import click
import pytest
from bench_operator import Bench, made
from click.testing import CliRunner

from strongroom.cli import main
from strongroom.cli.through_sudo import OwnPath
from strongroom.exceptions import PermissionsError
from strongroom.permissions import require_unforgeable

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root makes files that are somebody else's")

SOMEBODY = 4999


@pytest.fixture(name="theirs")
def _theirs(tmp_path: Path) -> Path:
    """A folder of somebody else's."""
    folder = tmp_path / "theirs"
    folder.mkdir()
    os.chown(folder, SOMEBODY, SOMEBODY)
    return folder


@pytest.fixture(name="shared")
def _shared(tmp_path: Path) -> Path:
    """A folder such as `/tmp`."""
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o1777)
    return folder


@pytest.fixture(name="mine")
def _mine(tmp_path: Path) -> Path:
    file = tmp_path / "mine"
    file.write_text("")
    file.chmod(0o600)
    return file


def refuses(path: Path, said: str) -> None:
    with pytest.raises(PermissionsError, match=said):
        require_unforgeable(path, "the file")


def test_a_link_that_somebody_else_could_replace(theirs: Path, mine: Path) -> None:
    require_unforgeable(mine, "the file")
    (theirs / "link").symlink_to(mine)
    refuses(theirs / "link", "theirs: a folder above the file belongs to 4999")
    # Also where it is in the middle of the way, or of another link's.
    (theirs / "folder").symlink_to(mine.parent)
    refuses(theirs / "folder" / "mine", "theirs: a folder above the file belongs to 4999")
    refuses(theirs / "folder" / "shared" / ".." / "mine", "theirs: a folder above the file belongs to 4999")
    (mine.parent / "link").symlink_to("theirs/link")
    refuses(mine.parent / "link", "theirs: a folder above the file belongs to 4999")


def test_a_link_in_a_folder_of_ones_own(mine: Path) -> None:
    (mine.parent / "link").symlink_to("mine")
    require_unforgeable(mine.parent / "link", "the file")


def test_links_in_a_ring_end(mine: Path) -> None:
    (mine.parent / "a").symlink_to("b")
    (mine.parent / "b").symlink_to("a")
    with pytest.raises(OSError, match="symbolic links"):
        require_unforgeable(mine.parent / "a", "the file")


def test_a_way_that_goes_back_after_a_link(theirs: Path, mine: Path) -> None:
    (theirs / "inner").mkdir()
    (mine.parent / "link").symlink_to("theirs/inner")
    # To the kernel this is theirs/mine, and not mine.
    refuses(mine.parent / "link" / ".." / "mine", "theirs: ")


def test_in_a_shared_folder_only_what_is_there_and_ones_own_is_safe(shared: Path, mine: Path) -> None:
    refuses(shared / "new", "everybody can put the file there")
    (shared / "own").write_text("")
    (shared / "own").chmod(0o600)
    require_unforgeable(shared / "own", "the file")
    (shared / "link").symlink_to(mine)
    require_unforgeable(shared / "link", "the file")
    os.chown(shared / "link", SOMEBODY, SOMEBODY, follow_symlinks=False)
    refuses(shared / "link", "belongs to 4999, who could replace it")


def test_a_journal_has_one_lock_by_whatever_name(tmp_path: Path) -> None:
    bench: Bench = made(tmp_path)
    link = tmp_path / "elsewhere"
    link.mkdir()
    (link / "linked.journal").symlink_to(bench.journal)
    told = ("status", "--journal", link / "linked.journal", "--directory", bench.directory, "--wait", "0")
    assert bench.run("erik", *told).returncode == 0
    with bench.room():
        done = bench.run("erik", *told)
    assert done.returncode == 1 and "is held by process" in done.stderr
    assert [each.name for each in link.iterdir()] == ["linked.journal"]


def test_a_lock_that_leads_elsewhere_empties_nothing(tmp_path: Path, theirs: Path) -> None:
    bench: Bench = made(tmp_path)
    victim = tmp_path / "victim"
    victim.write_text("kept")
    lock = bench.folder / "hsm-a.journal.lock"
    lock.unlink(missing_ok=True)
    (theirs / "lock").symlink_to(victim)
    lock.symlink_to(theirs / "lock")
    done = bench.run("erik", "status")
    assert done.returncode == 1 and "above the journal's lock belongs to 4999" in done.stderr
    assert victim.read_text() == "kept"


def test_what_is_no_file_is_not_waited_for(mine: Path) -> None:
    os.mkfifo(mine.parent / "pipe", 0o600)
    refuses(mine.parent / "pipe", "pipe: the file is no file")


def test_no_file_is_named_through_sudo(monkeypatch: pytest.MonkeyPatch) -> None:
    account = os.getuid() or 4000
    monkeypatch.setattr(os, "getuid", lambda: account)
    monkeypatch.setenv("SUDO_UID", str(account + 1))
    with pytest.raises(click.BadParameter, match="not through sudo"):
        OwnPath().convert("hsm-a.journal", None, None)
    monkeypatch.setenv("SUDO_UID", str(account))
    assert OwnPath().convert("page.html", None, None) == Path("page.html")
    monkeypatch.setenv("SUDO_UID", str(account + 1))
    monkeypatch.setattr(os, "getuid", lambda: 0)
    assert OwnPath().convert("page.html", None, None) == Path("page.html"), "root may do what it likes"


@pytest.mark.parametrize(
    "typed",
    [
        ["chart", "-o", "x.svg"],
        ["report", ".", "-o", "x.html"],
        ["log", "prove", "0", ".", "-o", "x"],
        ["log", "consistency", "0", "1", ".", "-o", "x"],
        ["evidence", "export", ".", "-o", "x"],
        ["replay", "x", "--wire", "y"],
        ["replay", "x", "--log", "y", "--sign", "z"],
        ["replay", "x", "--journal", "y"],
        ["drain", "--log", "x", "--journal", "y"],
        ["drain", "--sign", "x", "--journal", "y"],
    ],
)
def test_every_command_that_writes_or_signs_asks_who_it_is_for(typed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 4000)
    monkeypatch.setenv("SUDO_UID", "4001")
    result = CliRunner().invoke(main, typed)
    assert result.exit_code == 2 and "not through sudo" in result.output, result.output
