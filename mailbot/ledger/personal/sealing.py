"""Sealing files at rest: what holds numbers like a NIK is encrypted by the office's key and opened where it is read.

The key is made from the secret that signs forms (HKDF), the seal is AES-256-GCM. The nonce is made from what is sealed,
not from chance: the same file is sealed to the same bytes, and two files never share a nonce.
"""

from __future__ import annotations

import hashlib
import hmac
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sqlalchemy import Dialect, Engine, LargeBinary
from sqlalchemy.types import TypeDecorator

from mailbot.errors import LedgerProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_MAGIC = bytes.fromhex("6d61696c626f742d7365616c65642d31")
_NONCE_BYTES, _KEY_BYTES = 12, 32
_PURPOSE = b"mailbot: files at rest, 1"
_NAMES = b"mailbot: names of objects, 1"


class ToSeal(bytes):
    """Bytes that are written sealed."""

    __slots__ = ()


class Seal:
    """The office's key for files at rest."""

    def __init__(self, secret: bytes) -> None:
        """Make the key from the office's secret."""
        self._secret = secret

    def close(self, content: bytes) -> bytes:
        """Return content as it is kept."""
        cipher, nonces = self._keys()
        nonce = hmac.new(nonces, hashlib.sha256(content).digest(), hashlib.sha256).digest()[:_NONCE_BYTES]
        return _MAGIC + nonce + cipher.encrypt(nonce, content, _MAGIC)

    def open(self, kept: bytes) -> bytes:
        """Return content as it was.

        Raises:
            LedgerProblem: it was sealed with another key, or is damaged.
        """
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - hardly a pass opens a sealed file

        nonce, sealed = kept[len(_MAGIC) :][:_NONCE_BYTES], kept[len(_MAGIC) + _NONCE_BYTES :]
        try:
            return self._keys()[0].decrypt(nonce, sealed, _MAGIC)
        except InvalidTag as error:
            raise LedgerProblem(
                "A file with personal data was sealed with another key, or is damaged. Put back the secret.key (or "
                "MAILBOT_SECRET) that mailbot worked with then."
            ) from error

    def names(self) -> bytes:
        """Return the key that objects are named with."""
        return hmac.new(self._secret, _NAMES, hashlib.sha256).digest()

    def _keys(self) -> tuple[AESGCM, bytes]:
        """Return the cipher, and the key that nonces are made with."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above
        from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - as above
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415 - as above

        made = HKDF(algorithm=SHA256(), length=2 * _KEY_BYTES, salt=None, info=_PURPOSE).derive(self._secret)
        return AESGCM(made[:_KEY_BYTES]), made[_KEY_BYTES:]


_SEALS: WeakKeyDictionary[Engine, Seal] = WeakKeyDictionary()
"""The key of each opened ledger; a ledger that nobody keeps has none, and seals nothing."""


_AT_WORK: ContextVar[Engine | None] = ContextVar("at_work", default=None)
"""The ledger whose rows are read or written: offices of one database share all else that a column is told of."""


def give_key(engine: Engine, secret: bytes | None) -> None:
    """Let an opened ledger seal and open files; without a secret it does neither."""
    if secret:
        _SEALS[engine] = Seal(secret)


def has_key(engine: Engine) -> bool:
    """Say whether an opened ledger can seal and open files."""
    return engine in _SEALS


@contextmanager
def at_work(engine: Engine) -> Iterator[None]:
    """Let what is read and written inside be sealed and opened with this ledger's key."""
    before = _AT_WORK.set(engine)
    try:
        yield
    finally:
        _AT_WORK.reset(before)


def name_key(engine: Engine) -> bytes:
    """Return what the names of a ledger's objects are made with, so that nobody can work them out; empty: no key."""
    return _SEALS[engine].names() if engine in _SEALS else b""


class Sealable(TypeDecorator[bytes]):
    """Bytes of which some are sealed: they are opened by whoever reads them, if the ledger was opened with its key."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Seal what is to be sealed, and what only looks as if it were."""
        if value is None or not (isinstance(value, ToSeal) or value.startswith(_MAGIC)):
            return value
        return _seal(_AT_WORK.get()).close(bytes(value))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002 - as above
        """Open what is sealed."""
        return _seal(_AT_WORK.get()).open(value) if value is not None and value.startswith(_MAGIC) else value


def opened(kept: bytes, engine: Engine) -> bytes:
    """Return content from the bytes as they are kept, sealed or not.

    Raises:
        LedgerProblem: it is sealed, and the ledger was opened without the key, or it was another one.
    """
    return _seal(engine).open(kept) if kept.startswith(_MAGIC) else kept


def _seal(engine: Engine | None) -> Seal:
    """Return a ledger's key.

    Raises:
        LedgerProblem: it was opened without.
    """
    if engine is None or engine not in _SEALS:
        raise LedgerProblem(
            "This file holds personal data and lies sealed; the office's key is missing. Run the command where "
            "secret.key (or MAILBOT_SECRET) is."
        )
    return _SEALS[engine]
