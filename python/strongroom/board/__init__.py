"""A serial monitor board: what a party asks of it, what it recorded, how it stands."""

from .client import TIMEOUT, Board, BoardStatus, Unheard, provision
from .collecting import Collected, collect
from .keys import make_key, read_key, write_key
from .line import BAUD, LineState
from .monitoring import Head, Monitor, Seen

__all__ = [
    "BAUD",
    "TIMEOUT",
    "Board",
    "BoardStatus",
    "Collected",
    "Head",
    "LineState",
    "Monitor",
    "Seen",
    "Unheard",
    "collect",
    "make_key",
    "provision",
    "read_key",
    "write_key",
]
