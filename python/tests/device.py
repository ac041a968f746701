"""A stand-in for a device: records and signed checkpoints, made with nothing of this project's.

The record is documented byte by byte in `core/src/audit/record.rs`, the tree in RFC 6962, the note in `c2sp.org/signed-note`.
"""

from __future__ import annotations

import struct
from base64 import b64encode
from functools import cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

START = 1_767_600_000
LIFECYCLE = "strongroom/700022/lifecycle"


def record(sequence: int, *, log: int = 1, epoch: int = 3, detail: int = 0, at: int | None = None) -> bytes:
    """A record of the lifecycle log: rule 1 let somebody of the pool do something."""
    head = struct.pack("<BBIIIQHBBB", 1, log, sequence, epoch, 1, START + 60 * sequence if at is None else at, 1, 0, 2, 10)
    who = b"\xb0" * 16 + b"\x01" * 16 + bytes(16)
    tail = struct.pack("<BHBBIH", 1, 1, 0, 1, 0, detail)
    return head + who + tail + sha256(struct.pack(">I", sequence)).digest()


def records(first: int, last: int) -> bytes:
    return b"".join(map(record, range(first, last)))


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


@cache
def root(leaves: tuple[bytes, ...]) -> bytes:
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256().digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return _node(root(leaves[:half]), root(leaves[half:]))


class Device:
    """Signs checkpoints with a key that is no secret."""

    def __init__(self, origin: str = LIFECYCLE, seed: int = 1) -> None:
        self.origin = origin
        self._key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)

    @property
    def public(self) -> bytes:
        return self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def pem(self) -> str:
        return self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def _id(self) -> bytes:
        return sha256(self.origin.encode() + b"\n\x01" + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        return f"{self.origin}+{self._id().hex()}+{b64encode(bytes([1]) + self.public).decode()}"

    def sign(self, log: bytes) -> str:
        """The note over these records."""
        leaves = tuple(sha256(b"\x00" + log[place : place + 118]).digest() for place in range(0, len(log), 118))
        body = f"{self.origin}\n{len(leaves)}\n{b64encode(root(leaves)).decode()}\n"
        signature = self._id() + self._key.sign(body.encode())
        return f"{body}\n\N{EM DASH} {self.origin} {b64encode(signature).decode()}\n"
