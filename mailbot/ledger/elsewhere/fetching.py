"""The bytes of a kept file, wherever they lie, held against the digest they are kept under."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from mailbot.errors import FileAway, FileSpoilt, StoreUnavailable
from mailbot.ledger.columns import table_of
from mailbot.ledger.elsewhere.store import store_of
from mailbot.ledger.personal.sealing import opened
from mailbot.ledger.tables import FileRow
from mailbot.ledger.trouble.driver_errors import DAMAGED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection, Row, Select

_FILE = table_of(FileRow).c
BYTES = (_FILE.sha256, _FILE.content, _FILE.object_name)
"""What every question for a file's bytes asks for."""
_HERE = "ledger is damaged"
_STORE_BACK = "Put the object back from the store's own copies."
CONTENT = select(*BYTES).where(_FILE.sha256 == bindparam("sha256"))


def as_kept(connection: Connection, wanted: Select[Any], values: Mapping[str, object], what: object) -> bytes:
    """Return the bytes of the one file that is asked for with `BYTES`; bytes that have changed are not given out.

    A disk that gives back something else than was written is seen by SQLite where a page no longer hangs together, and
    not where a file's own bytes are others. What was emptied because it was kept long enough stays empty.

    Raises:
        KeyError: there is none, by the name that it was asked for.
        FileSpoilt: it is not what was kept.
        FileAway: it lies in an object store that does not answer.
    """
    row = connection.execute(wanted, values).one_or_none()
    if row is None:
        raise KeyError(what)
    return proved(row, whole(connection, row, what), what)


def proved(row: Row[Any], content: bytes, what: object) -> bytes:
    """Return the content of a row that is what was kept; empty is what was emptied.

    Raises:
        FileSpoilt: it is not what was kept.
    """
    if content and hashlib.sha256(content).hexdigest() != row.sha256:
        place, way_out = ("object store gives back another file", _STORE_BACK) if row.object_name else (_HERE, DAMAGED)
        words = f"The {place}: {what} is not what was kept under {row.sha256[:16]}. {way_out}"
        raise FileSpoilt(words, of=str(what), sha256=row.sha256)
    return content


def whole(connection: Connection, row: Row[Any], what: object) -> bytes:
    """Return the bytes of a row, fetched and opened where they lie elsewhere; not yet held against the digest.

    Raises:
        FileSpoilt: the store has nothing under that name.
        FileAway: it does not answer, or the settings name none.
    """
    if not row.object_name:
        content: bytes = row.content
        return content
    return opened(fetched(connection, row, what), connection.engine)


def fetched(connection: Connection, row: Row[Any], what: object) -> bytes:
    """Return the bytes of a row's object as they lie in the store.

    Raises:
        FileSpoilt: the store has nothing under that name.
        FileAway: it does not answer, or the settings name none.
    """
    elsewhere = store_of(connection)
    if elsewhere is None:
        words = f"{what} lies in an object store, and object_store in office.yaml names none. Put the setting back."
        raise FileAway(words, of=str(what), sha256=row.sha256)
    store = elsewhere.store
    try:
        return store.get(row.object_name)
    except KeyError as gone:
        words = f"{what} is gone from the object store {store.where}: there is no {row.object_name}. {_STORE_BACK}"
        raise FileSpoilt(words, of=str(what), sha256=row.sha256) from gone
    except StoreUnavailable as away:
        words = f"{what} cannot be had now: {away}"
        raise FileAway(words, of=str(what), sha256=row.sha256) from away
