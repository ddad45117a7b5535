"""Files by their SHA-256, kept once and never changed; and notes, small values of the machinery's own, by name.

Files lie in the database itself, raw mails and letters included, so that one file is the whole ledger: one thing to
back up, and no row can be without its bytes. Where the office has an object store, they are carried there later
(`elsewhere`).
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from mailbot.errors import StaleCycle
from mailbot.ledger.columns import add_missing, put, table_of
from mailbot.ledger.elsewhere.fetching import CONTENT, as_kept
from mailbot.ledger.engine import known_in, reading, writing
from mailbot.ledger.tables import FileRow, NoteRow
from mailbot.ledger.values import KeptFile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Engine


MAIL = "message/rfc822"
"""Media type of raw mails and letters."""
_FILE, _NOTE = table_of(FileRow).c, table_of(NoteRow).c


class Files:
    """The kept files."""

    def __init__(self, engine: Engine) -> None:
        """Take the opened database."""
        self._engine = engine
        self._at_hand: dict[str, bytes] = {}

    @contextmanager
    def at_hand(self, contents: Iterable[bytes]) -> Iterator[None]:
        """Let these files be read inside, though they are kept only with the decision that is being made."""
        self._at_hand = {hashlib.sha256(content).hexdigest(): content for content in contents}
        try:
            yield
        finally:
            self._at_hand = {}

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
        if sha256 in self._at_hand:
            return self._at_hand[sha256]
        with reading(self._engine) as connection:
            return as_kept(connection, CONTENT, {"sha256": sha256}, sha256)

    def has(self, sha256: str) -> bool:
        """Say whether a file of that digest is kept."""
        with reading(self._engine) as connection:
            return connection.execute(select(_FILE.sha256).where(_FILE.sha256 == sha256)).scalar() is not None


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


ASKED = "asked/"
"""Before a cycle's key: what each unit was asked when it opened, as JSON."""
ARRANGED = "openings"
"""What was said of openings to come (another day, or none), by cycle, as JSON."""
ADDRESS_FAILS = "address_fails/"
"""Before an address: when a letter to it was last refused for good or came back, in ISO 8601."""
BEGAN_AT = "began_at"
"""When mailbot began to work with this ledger, in ISO 8601."""
CONFIG_ACCEPTED = "config_accepted"
"""The configuration in force: digest, and the digest of each of its files, which are kept, as JSON."""
CONFIG_WAITS = "config_waits"
"""The edited configuration that waits for the operator's word: digest, since when, what it changes; as JSON."""
CONFIG_APPROVED = "config_approved"
"""Digest of the configuration that the operator has approved, until it counts."""
CONFIG_REFUSED = "config_refused"
"""Digest of the configuration that he has refused, while it lies there."""
CONFIG_WRONG = "config_wrong"
"""Since when the configuration as it lies there cannot be used, in ISO 8601, once the operator was told; else empty."""
OPENINGS_TOLD = "openings_told"
"""The day on which it was last looked what is to be told of openings, as ISO date."""
PAPERS = "papers/"
"""Before a cycle's key: the papers that were made for its archive, by digest, as JSON."""
ARCHIVED = "archived/"
"""Before a cycle's key: when its archive was written."""
BY_HAND = "by_hand"
"""Keys of the closed cycles of which something is still to be done by hand, with blanks between."""
DEPUTISING = "deputising"
"""The cycles that know who stands in for whom by mail, each with the last day of that (`key=day`), blanks between."""
HELD = "outbox_held"
"""Not empty while nothing may leave."""
BACKUP_MADE = "backup_made"
"""The last backup that was made and proved: when, where, its digest and figures, as JSON."""
SPOILT = "spoilt_files"
"""By digest, for what each file whose bytes have changed was wanted, and since when that is known; as JSON."""
BACKUP_OWED = "backup_owed"
"""Since when a backup is owed, and why it could not be made so far, as JSON; empty while none is owed."""
ENDS = "ends"
"""What ends by itself and when, as it was last asked: certificates, authorities, passwords; as JSON."""
ENDS_ASKED = "ends_asked"
"""The day on which that was asked last by a program that is started for each pass, as ISO date."""
ENDS_RUNG = "ends_rung"
"""The warnings of ends that the second channel has, while they are due, as JSON."""
SUMMARY = "summary"
"""How the office stands in figures, as it wrote them down for a roll-up, as JSON; only where it stands among others."""
SUMMARY_MADE = "summary_made"
"""When that was, in ISO 8601, and the digest of what it was made from, with a blank between."""
ROLLUP_WEEK = "rollup_week"
"""The last week in which the overseers were told how all offices stand, or there was nothing to tell."""
ROLLUP_LOOKED = "rollup_looked"
"""When all offices were laid beside each other last, in ISO 8601."""
ROLLUP_ENDED = "rollup_ended"
"""The periods of which the overseers were told that every office has closed them, with blanks between."""
SIGNED_BY = "signed_by"
"""Fingerprint of the key that signs forms; nobody can tell the key by it."""
PASSED_AT = "last_pass"
"""When the daemon last ended a pass, in ISO 8601."""
OFFICE_FOLDER = "office_folder"
"""The configuration folder whose ledger this is, where it lies among those of other offices; a copy of it is none."""
BEGAN_RUN = "began_run"
"""When the daemon was started last, in ISO 8601."""
FILES_STAY = "files_stay"
"""Not empty while no file is carried into the object store, for somebody has carried them back."""
REBUILDING = "rebuilding"
"""Up to which moment a ledger was made anew from mail so far, in ISO 8601; empty once it is whole."""
RESTORED = "restored"
"""Not empty from the moment a backup is put in the ledger's place until the first good pass is over."""


_NAMED = select(_NOTE.name, _NOTE.value).where(_NOTE.name.in_(bindparam("names", expanding=True)))


class Notes:
    """Text values by name; what belongs to a decision goes into `Changes.notes` instead."""

    def __init__(self, engine: Engine) -> None:
        """Take the opened database."""
        self._engine = engine
        self._together: frozenset[str] = frozenset()

    def ask_together(self, names: Iterable[str]) -> None:
        """Let these notes be read with any other: whoever asks for one of them soon asks for the rest."""
        self._together = frozenset(names)

    def read(self, name: str) -> str:
        """Return the value of that name, empty if it was never written."""
        return self.several((name,)).get(name, "")

    def several(self, names: Collection[str]) -> dict[str, str]:
        """Return the values of these names in one question; what was never written, or is empty, is left out."""
        with reading(self._engine) as connection:
            known: dict[str, str] = known_in(connection).setdefault(NoteRow, {})
            if not known.keys() >= set(names):
                wanted = {*names, *self._together} - known.keys()
                rows = connection.execute(_NAMED, {"names": sorted(wanted)})
                known.update(dict.fromkeys(wanted, "") | {row.name: row.value for row in rows})
            return {name: known[name] for name in names if known[name]}

    def beginning(self, start: str) -> tuple[tuple[str, str], ...]:
        """Return every note whose name begins so, by name."""
        wanted = select(_NOTE.name, _NOTE.value).where(_NOTE.name.startswith(start, autoescape=True))
        with reading(self._engine) as connection:
            return tuple((name, value) for name, value in connection.execute(wanted.order_by(_NOTE.name)))

    def write(self, name: str, value: str) -> None:
        """Write or overwrite the value of that name."""
        with writing(self._engine) as connection:
            write_notes(connection, [(name, value)])


def claim_notes(connection: Connection, claims: Sequence[tuple[str, str]]) -> None:
    """Write values that nobody else may have written under these names, inside a transaction.

    Raises:
        StaleCycle: another value stands under one of the names.
    """
    if not claims:
        return
    add_missing(connection, NoteRow, [{"name": name, "value": value} for name, value in claims])
    names = [name for name, _ in claims]
    found = connection.execute(select(_NOTE.name, _NOTE.value).where(_NOTE.name.in_(names)))
    taken = sorted({(name, value) for name, value in found} - set(claims))
    if taken:
        raise StaleCycle(f"{taken[0][0]} was taken by {taken[0][1]} since it was read; nothing was written.")


def write_notes(connection: Connection, notes: Iterable[tuple[str, str]]) -> None:
    """Write or overwrite values inside a transaction."""
    put(connection, NoteRow, ["name"], [{"name": name, "value": value} for name, value in notes])
