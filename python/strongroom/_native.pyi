# Made by `make python-stubs`; do not edit.
"""Strongroom's policy core; private, use `strongroom`."""

from collections.abc import Callable
from os import PathLike
from pathlib import Path
from typing import Final, SupportsFloat, SupportsIndex, final

from strongroom.words import Outcome

__all__ = [
    "Activity",
    "BoardClient",
    "Engine",
    "Guard",
    "JitRequest",
    "JitRule",
    "LogCollection",
    "LogDirectory",
    "Replay",
    "__version__",
    "activity",
    "activity_columns",
    "activity_of",
    "chart",
    "check_proof",
    "command_digest",
    "commands",
    "compile",
    "console_effects",
    "device_public_key",
    "evidence_export",
    "evidence_page",
    "evidence_read",
    "evidence_verify",
    "health_course",
    "lockbox_chart",
    "log_trees",
    "parties",
    "policies",
    "prove_consistency",
    "prove_inclusion",
    "quiet_milliseconds",
    "read_console",
    "read_records",
    "reading_health",
    "replay",
    "routes",
    "rows",
    "rules",
    "shell_commands",
    "subjects",
    "verbs",
    "verify_logs",
    "words",
]

__version__: Final[str]

@final
class Activity:
    """Events of a log folder, as lines of a format."""
    def batch(self, /, events: SupportsIndex) -> str | None:
        """Lines of up to `events` events; none once all are told."""
    @property
    def left_out(self, /) -> int:
        """Events that the format has no line for."""
    @property
    def told(self, /) -> int:
        """Events that have their line."""

@final
class BoardClient:
    """A party's side of the line: frames to send, and what is heard in answer."""
    def __new__(cls, /, party: str, key: bytes) -> BoardClient:
        """Of a party, with the 32 bytes of its key."""
    def bind(self, /, command: str, key: bytes, device: str, secret: bytes) -> bytes:
        """Asks for a command that brings a key with it, covered for the device of that public key; the secret is 32 fresh bytes."""
    def command(self, /, at: SupportsIndex | None, command: str, second: bytes | None = None) -> bytes:
        """Asks for a command; `second` is the key of the second person's party, where that is another one."""
    @property
    def counts(self, /) -> tuple[int, int, int, int]:
        """Bytes, broken frames, forged answers, and answers to others, since the beginning."""
    def effect(self, /, place: SupportsIndex) -> bytes:
        """Asks for an entry of the outbox."""
    def head(self, /, log: str, part: SupportsIndex) -> bytes:
        """Asks for a part of a log's signed head."""
    def hello(self, /, nonce: bytes) -> bytes:
        """Asks who is there; the nonce is 16 fresh bytes."""
    def provision(self, /, told: str, key: bytes, seed: bytes, password: str) -> bytes:
        """Makes a blank board what it is; what is not secret stands in the JSON object."""
    def record(self, /, log: str, number: SupportsIndex) -> bytes:
        """Asks for a record of a log."""
    def seat(self, /, first: str | None = None, second: str | None = None) -> bytes:
        """Says who sits at the technician's line: nobody, an engineer, or two of the pool's."""
    @property
    def serial(self, /) -> str:
        """The serial number of the device that the board guards; empty before it was met."""
    def status(self, /) -> bytes:
        """Asks how the board stands."""
    def take(self, /, bytes: bytes) -> str:
        """Takes what has come: a JSON array of what is heard in answer to what was asked last."""
    def told(self, /, effect: SupportsIndex) -> bytes:
        """Says that a notice was carried to whom it is for."""
    def unheard(self, /) -> bytes:
        """Asks what the board has not heard."""

@final
class Engine:
    """An engine, with whatever keeps it."""
    def __new__(cls, /, device: str, policy: str) -> Engine:
        """An engine in memory for a device on its way."""
    def access(self, /, at: SupportsIndex, engineer: str, subject: str) -> int | None:
        """Until when an engineer has access."""
    def apply(self, /, at: SupportsIndex | None, command: str) -> tuple[bool, str, str, str, int | None, str | None, bool]:
        """Decides a command and carries it out."""
    def challenge(self, /) -> str:
        """The nonce that the next destruction asked by the customer has to carry."""
    def checkpoint(self, /, log: str, key: str) -> str:
        """The signed head of a log, over what is stored."""
    def close(self, /) -> None:
        """Lets go of the journal; nothing can be asked any more."""
    def compact(self, /) -> None:
        """Writes a snapshot, so that no steps are left to replay."""
    def drain(self, /, folder: str | PathLike[str], key: str) -> list[tuple[Path, str, int]]:
        """Copies the records that the logs hold into a log folder and signs the heads; the folder, name and size of each."""
    def explain(self, /, at: SupportsIndex | None, command: str) -> tuple[bool, str, list[tuple[str, bool]]]:
        """Whether a command would be accepted, and the rules consulted, in order; nothing happens."""
    def log(self, /, log: str) -> tuple[int, int, str, int]:
        """How a log stands."""
    def next_deadline(self, /) -> int | None:
        """When it has to be ticked at the latest."""
    @staticmethod
    def open(path: str | PathLike[str], device: str, policy: str, wait: SupportsFloat | SupportsIndex) -> tuple[Engine, str]:
        """An engine that a file keeps, and what was found there; waits up to so many seconds for another process."""
    def records(self, /, log: str) -> bytes:
        """The records that a log still holds, one after another."""
    def sense(self, /, at: SupportsIndex | None, reading: str) -> str:
        """The actions that a reading calls for: a JSON array."""
    def state(self, /) -> str:
        """How it stands: a JSON object."""
    def tick(self, /, at: SupportsIndex | None) -> tuple[bool, str, str, str, int | None, str | None, bool]:
        """Turns the earliest overdue deadline into a step."""

@final
class Guard:
    """A guard. What it sends and shows is handed back."""
    def __new__(cls, /) -> Guard:
        """Shut, and nothing known of the device."""
    def begin_poll(self, /) -> bool:
        """Takes the turn, to poll."""
    def close(self, /) -> tuple[bytes, bytes, str | None]:
        """Ends access."""
    def device(self, /, bytes: bytes) -> tuple[bytes, bytes, bytes]:
        """Takes what the device printed: for the technician, and what of it belongs to a poll."""
    def end_poll(self, /) -> tuple[bytes, bytes, str | None]:
        """Gives the turn back."""
    def give_password(self, /, password: bytes) -> tuple[bool, bytes, bytes]:
        """Answers the prompt for the password, to poll."""
    def line_break(self, /) -> tuple[bytes, bytes, str | None]:
        """The technician's line was held in BREAK."""
    def log_in(self, /, name: bytes) -> tuple[bool, bytes, bytes]:
        """Logs in, to poll."""
    @property
    def mode(self, /) -> str:
        """How far the technician's side is open."""
    def open(self, /, mode: str) -> bool:
        """Raises the mode; whether it is set now."""
    def pass_on(self, /) -> tuple[bool, bytes, bytes]:
        """Sends what waits for a decision."""
    def quiet(self, /) -> tuple[bytes, bytes, str | None]:
        """Takes note that the device has been quiet."""
    def refuse(self, /, why: str) -> tuple[bytes, bytes, str | None]:
        """Drops what waits for a decision, and says why."""
    def send_poll(self, /, command: SupportsIndex) -> tuple[bool, bytes, bytes]:
        """Sends one of the commands that are polled."""
    @property
    def session(self, /) -> str:
        """What the device is doing."""
    def technician(self, /, bytes: bytes, start: SupportsIndex) -> tuple[int, tuple[bytes, bytes, str | None]]:
        """Takes what the technician typed from a place on, up to the byte that something comes of; where the rest begins."""
    def wake(self, /) -> tuple[bool, bytes, bytes]:
        """Asks a device for its prompt that nothing was asked of."""

@final
class JitRequest:
    """What the rule looks at."""
    def __eq__(self, value: object, /) -> bool: ...
    def __getnewargs__(self, /) -> tuple[str, str, bool, bool]:
        """What it is made of again, where it is copied or pickled."""
    def __hash__(self, /) -> int: ...
    def __index__(self, /) -> int:
        """The byte that stands for it in a batch."""
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, scope: str, permission: str, isolated_identity: bool = False, multi_factor: bool = False) -> JitRequest:
        """A request on these terms: scope and permission by their names."""
    def __repr__(self, /) -> str: ...
    @property
    def isolated_identity(self, /) -> bool:
        """Whether the engineer's identity is isolated (L-18)."""
    @property
    def multi_factor(self, /) -> bool:
        """Whether the engineer used several factors (L-19)."""
    @property
    def permission(self, /) -> str:
        """What it allows (L-20)."""
    @property
    def scope(self, /) -> str:
        """How much the permission reaches (L-17)."""

@final
class JitRule:
    """The rule of one policy."""
    def __new__(cls, /, policy: str, outcomes: list[Outcome]) -> JitRule:
        """The rule of a preset; `outcomes` are what it answers with, in the order of the core's."""
    def __repr__(self, /) -> str: ...
    def batch(self, /, requests: bytes) -> bytes:
        """What it says of many: a byte a request in, the number of its outcome out."""
    def decide(self, /, *, scope: str, permission: str, isolated_identity: bool = False, multi_factor: bool = False) -> Outcome:
        """What the rule says of a request on these terms."""
    def evaluate(self, /, request: JitRequest) -> Outcome:
        """What the rule says of a request."""
    @property
    def policy(self, /) -> str:
        """The policy's name."""

@final
class LogCollection:
    """A signed head, with the place in a log folder where the records under it go."""
    def __new__(cls, /, folder: str | PathLike[str], serial: str, note: str, key: str) -> LogCollection:
        """Takes a head that `key` signed for a log of the device."""
    def finish(self, /, records: bytes) -> tuple[Path, str, int]:
        """Takes the records, one after another, and files the head: the tree's folder, name and size."""
    @property
    def wanted(self, /) -> tuple[int, int]:
        """The numbers of the first record that is wanted, and of the one after the last."""

@final
class LogDirectory:
    """One log's tree on disk."""
    def append(self, /, records: bytes) -> None:
        """Appends records that stand one after another."""
    @staticmethod
    def create(folder: str | PathLike[str]) -> LogDirectory:
        """Begins an empty log in a folder, which is made."""
    @staticmethod
    def open(folder: str | PathLike[str]) -> LogDirectory:
        """Opens the log in a folder."""
    @property
    def origin(self, /) -> str | None:
        """The newest checkpoint's origin."""
    def publish(self, /, note: str) -> None:
        """Makes a signed note the checkpoint."""
    def records(self, /) -> bytes:
        """The records one after another, 118 bytes each."""
    def signed_sizes(self, /) -> list[int]:
        """Every size that was signed."""
    @property
    def size(self, /) -> int:
        """How many records are there."""

@final
class Replay:
    """What came of a scenario."""
    def differences(self, /, other: Replay) -> str:
        """The decisions that come out otherwise in `other`: a JSON array of pairs of steps."""
    def engines(self, /) -> str:
        """How the engines ended: a JSON array."""
    def jsonl(self, /) -> str:
        """The canonical output."""
    def keep(
        self, /, logs: str | PathLike[str] | None, key: str | None, journals: str | PathLike[str] | None
    ) -> list[tuple[Path, str, int]]:
        """Tells it again to engines that journals keep; their logs are drained and signed. The folder, name and size of each."""
    @property
    def policy(self, /) -> str:
        """The policy that the engines began with."""
    def story(self, /) -> str:
        """The steps, told for people: a JSON array."""
    @property
    def title(self, /) -> str:
        """What the scenario tells."""
    def verify(self, /) -> list[tuple[str, str, int, str, bool]]:
        """Recomputes every log's root from the exported records."""
    def wire(self, /) -> bytes:
        """The wire form."""

def activity(
    folder: str | PathLike[str],
    format: str,
    actions: list[str],
    actors: list[str],
    request: SupportsIndex | None,
    since: SupportsIndex | None,
    until: SupportsIndex | None,
    log: str | None,
    refused: bool,
    subscription: str | None,
) -> Activity:
    """The events of the logs in `folder` that are as asked for."""

def activity_columns() -> list[str]:
    """The columns of the tables."""

def activity_of(records: bytes, origin: str) -> str:
    """Events of records that stand one after another, oldest first and all of one log, as JSON Lines."""

def chart() -> str:
    """Every way a lease may move, in the order of the core's table: a JSON array. Everything is named."""

def check_proof(text: str, key: str) -> str:
    """What a proof proves: a JSON object."""

def command_digest(command: str) -> str:
    """The digest that the record of a command carries."""

def commands() -> list[str]:
    """The name of every command of the device's shell, in the order of its number."""

def compile(text: str, folder: str | PathLike[str]) -> bytes:
    """The wire form of a scenario."""

def console_effects(engine: Engine, engineer: str) -> list[tuple[int, str, int]]:
    """What has to be done about an engineer's access to the device's console: number, kind and request."""

def device_public_key(seed: bytes) -> str:
    """The public key of a device whose signing key has this seed, in hexadecimal."""

def evidence_export(folder: str | PathLike[str], record: SupportsIndex | None = None, details: str | None = None) -> str:
    """The certificate of the last destruction in a log folder, or of the one that `record` proves."""

def evidence_page(text: str, key: str | None = None) -> str:
    """A certificate on one page of text; `key` names the key that it was verified with, if it was."""

def evidence_read(text: str) -> None:
    """Reads a certificate, and says nothing where it is one."""

def evidence_verify(text: str, key: str) -> str:
    """What came of verifying a certificate: a JSON object with `checks`, `stated` and `missing`."""

def health_course(policy: str, polls: str) -> str:
    """What comes of polls, one after another, under a preset: a JSON array, an object for each poll."""

def lockbox_chart() -> str:
    """Every way a request may move: a JSON array of the same shape."""

def log_trees(folder: str | PathLike[str]) -> list[tuple[str, Path]]:
    """Names and paths of the logs in a folder."""

def parties() -> dict[str, str]:
    """The party of each role."""

def policies() -> dict[str, str]:
    """Every preset by its name: a JSON object with `version`, `digest` and `numbers`; sets are lists of names."""

def prove_consistency(folder: str | PathLike[str], old: SupportsIndex, new: SupportsIndex) -> str:
    """A proof that the log in a folder only grew between two sizes."""

def prove_inclusion(folder: str | PathLike[str], record: SupportsIndex) -> str:
    """A proof that a record is in the log in a folder."""

def quiet_milliseconds() -> int:
    """How long the device must have printed nothing before it is quiet, in milliseconds."""

def read_console(transcript: bytes) -> str:
    """Reads what a device printed: a JSON object with `reading` and `outcome`."""

def read_records(records: bytes) -> str:
    """Records that stand one after another: a JSON array."""

def reading_health(reading: str) -> str:
    """The health that a reading shows by itself."""

def replay(text: str, folder: str | PathLike[str], policy: str | None = None) -> Replay:
    """Runs a scenario; its transcripts are looked up in `folder`."""

def routes() -> str:
    """The route of every issue, in their order: a JSON array. Rules are named."""

def rows() -> list[tuple[str, str, str, str | None]]:
    """Every row of the requirements: its id, kind and subject, and where it stands where it is information."""

def rules() -> list[tuple[int, str, str, str, list[str]]]:
    """Every rule: number, name, text, kind and rows."""

def shell_commands() -> list[tuple[str, str, bool]]:
    """The commands of the device's shell: name, the lowest of the device's roles that may run it, and whether it is polled."""

def subjects() -> list[str]:
    """The name of every subject, in the order of its number."""

def verbs() -> list[tuple[int, str, list[str]]]:
    """Every verb: number, name and the names of its arguments."""

def verify_logs(
    folder: str | PathLike[str],
    key: str | None = None,
    progress: Callable[[str, int, int], object] | None = None,
    threads: SupportsIndex | None = None,
) -> list[tuple[str, Path, bool, str]]:
    """Verifies the logs in a folder on so many threads, else on all cores. `progress` is told a log's name, records done, and all."""

def words() -> dict[str, list[str]]:
    """The values of each enumeration that the package spells out."""
