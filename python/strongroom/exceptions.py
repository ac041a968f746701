"""What can go wrong. A refusal is no error: it is a step with its rule."""

from __future__ import annotations


class StrongroomError(Exception):
    """Anything that Strongroom raises."""

    code = "strongroom"
    """A stable word for the kind of error."""

    rule: str | None = None
    """The name of the rule behind it, where there is one."""


class ScenarioError(StrongroomError):
    """A scenario that is not well formed; nothing of it was run."""

    code = "scenario"

    def __init__(self, line: int, message: str) -> None:
        super().__init__(line, message)
        self.line = line
        """The line, counted from 1; 0 for the file as a whole."""
        self.message = message
        """What is wrong, and what would be right."""

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}" if self.line else self.message


class TranscriptError(StrongroomError):
    """A console transcript that is cut or says nothing."""

    code = "transcript"


class VerificationError(StrongroomError):
    """A log whose records do not have the root that the engine gives, or are not whole."""

    code = "verification"

    def __init__(self, engine: str, log: str, sequence: int | None, message: str) -> None:
        super().__init__(engine, log, sequence, message)
        self.engine = engine
        self.log = log
        self.sequence = sequence
        """The record where it begins, where one can be named."""
        self.message = message

    def __str__(self) -> str:
        return f"{self.engine} {self.log} log: {self.message}"


class LogError(StrongroomError):
    """A log folder that holds no log, or a log that cannot be read or is not as it was written."""

    code = "log"


class FilterError(StrongroomError):
    """A name that nothing in an activity log has."""

    code = "filter"


class CertificateError(StrongroomError):
    """A text that is no certificate, or a certificate that cannot be made."""

    code = "certificate"


class ReportError(StrongroomError):
    """A file of names or of readings that a report cannot use."""

    code = "report"


class KeyFormatError(StrongroomError):
    """A text that is no key, or none of the kind that was asked for."""

    code = "key"


class ProofError(StrongroomError):
    """A proof that proves nothing."""

    code = "proof"


class CommandError(StrongroomError):
    """A command that cannot be asked: an argument is missing, too long, or none of its type's."""

    code = "command"


class RefusedError(StrongroomError):
    """What `Reply.require` raises: the core refused, and `rule` says which rule did."""

    code = "refused"

    def __init__(self, rule: str, text: str) -> None:
        super().__init__(rule, text)
        self.rule = rule
        self.text = text

    def __str__(self) -> str:
        return f"refused by {self.rule}: {self.text}"


class StorageError(StrongroomError):
    """A journal that cannot be opened, is held by another process, or did not take a step."""

    code = "storage"

    def __init__(self, message: str, number: int) -> None:
        super().__init__(message, number)
        self.message = message
        self.number = number
        """The number that the C header has for it, `STRONGROOM_ERROR_*`."""

    def __str__(self) -> str:
        return self.message


class JournalHeldError(StorageError):
    """A journal that another process holds; the message says which."""


class DirectoryError(StrongroomError):
    """A directory of people that cannot be read or says what cannot be: the message names the file, the place and the remedy."""

    code = "directory"


class CaseError(StrongroomError):
    """Texts of cases that cannot be read or kept."""

    code = "case"


class PermissionsError(StrongroomError):
    """A file that others could have written, or a key that others can read."""

    code = "permissions"


class HeadError(StrongroomError):
    """The signed head of a log that is not the device's, went back, or does not fit the records under it."""

    code = "head"


class BoardError(StrongroomError):
    """What a board did not do, or did not answer; the message names its port, what is wrong and what helps."""

    code = "board"


class BoardPortError(BoardError):
    """A port that cannot be opened, or that was there and is not any more."""

    code = "board_port"


class BoardSilentError(BoardError):
    """No answer in time: it is off, blank, at another line, or the line is cut."""

    code = "board_silent"


class BoardForgedError(BoardError):
    """Answers that nobody sealed who has the party's key: the wrong key, or somebody else at the line."""

    code = "board_forged"


class BoardKeyError(BoardError):
    """The party has no key at this board."""

    code = "board_key"


class BoardIdentityError(BoardError):
    """The board of another device."""

    code = "board_identity"


class BoardSessionError(BoardError):
    """The board was switched off and on meanwhile, or others asked with the same key: whether it happened is not known."""

    code = "board_session"


class BoardNotYoursError(BoardError):
    """The party may not ask for that."""

    code = "board_not_yours"


class BoardStorageError(BoardError):
    """What was decided could not be stored, and nothing happened."""

    code = "board_storage"


class BoardProvisionedError(BoardError):
    """The board is something already, and what a board is it is once."""

    code = "board_provisioned"
