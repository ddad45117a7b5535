"""Files by their SHA-256: the same bytes are kept once, whatever names they came under, and are never changed.

They lie in the database itself, raw mails and letters included, so that one file is the whole ledger: one thing to back
up, and no row can be without its bytes.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlmodel import col, select

from mailbot.ledger.engine import reading, writing
from mailbot.ledger.inserting import add_missing
from mailbot.ledger.tables import FileRow
from mailbot.ledger.values import KeptFile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection, Engine

MAIL = "message/rfc822"
"""Media type of raw mails and letters."""


class Files:
    """The kept files."""

    def __init__(self, engine: Engine) -> None:
        """Take the opened database."""
        self._engine = engine

    def keep(self, content: bytes, media_type: str, at: datetime) -> str:
        """Keep a file, if it is new, and return its SHA-256 in hex.

        Raises:
            LedgerProblem: the database refused; nothing was kept.
        """
        with writing(self._engine) as connection:
            (sha256,) = write_files(connection, [KeptFile(content=content, media_type=media_type)], at)
        return sha256

    def read(self, sha256: str) -> bytes:
        """Return a file's bytes.

        Raises:
            KeyError: no file of that digest is kept.
        """
        with reading(self._engine) as session:
            content = session.exec(select(FileRow.content).where(col(FileRow.sha256) == sha256)).one_or_none()
        if content is None:
            raise KeyError(sha256)
        return content

    def has(self, sha256: str) -> bool:
        """Say whether a file of that digest is kept."""
        with reading(self._engine) as session:
            return session.exec(select(FileRow.sha256).where(col(FileRow.sha256) == sha256)).one_or_none() is not None


def write_files(connection: Connection, files: Iterable[KeptFile], at: datetime) -> tuple[str, ...]:
    """Add the files that are new, inside a transaction; return the digest of each, in order."""
    rows = [
        {
            "sha256": hashlib.sha256(file.content).hexdigest(),
            "size_bytes": len(file.content),
            "media_type": file.media_type,
            "content": file.content,
            "kept_at": at,
        }
        for file in files
    ]
    add_missing(connection, FileRow, rows)
    return tuple(str(row["sha256"]) for row in rows)
