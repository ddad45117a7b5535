"""Carries kept files out of the database into the object store, and back: each is proved before its row says so.

A file is put, read back whole and compared; only then does its row name the object, in a transaction that finds the
row as it was. Killed at any point and begun again, this ends the same: a row has its bytes in one of two places.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import LargeBinary, and_, bindparam, func, select, tuple_, type_coerce, update

from mailbot.errors import StoreUnavailable
from mailbot.ledger.columns import table_of
from mailbot.ledger.elsewhere.fetching import BYTES, fetched, proved
from mailbot.ledger.elsewhere.letting_go import OVER, keep_on, let_go, note_over
from mailbot.ledger.elsewhere.store import Elsewhere, store_of
from mailbot.ledger.engine import reading, writing
from mailbot.ledger.files_and_notes import CONFIG_ACCEPTED
from mailbot.ledger.personal.sealing import name_key, opened
from mailbot.ledger.tables import FileRow, NoteRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sqlalchemy import Connection, Engine, Row, Select

_FILE, _NOTE = table_of(FileRow).c, table_of(NoteRow).c
_MAIL = "message/rfc822"
_HEAD_BYTES = 6000
"""So much of a mail stays here: the board's lists show its subject (`board.boxes`)."""
_AS_IT_LIES = type_coerce(_FILE.content, LargeBinary).label("content")
"""Past the seal: what lies sealed is carried sealed."""
_LEFT_BEHIND = timedelta(hours=1)
"""An object whose row does not name it by then was left behind by a program that was killed."""
_SOME = 50
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What was carried."""

    files: int
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Where the kept files lie."""

    here: int
    here_bytes: int
    elsewhere: int
    elsewhere_bytes: int
    to_delete: int
    """Objects that are still to be deleted in the store."""


def whereabouts(engine: Engine) -> Whereabouts:
    """Count the files here and elsewhere."""
    away = _FILE.object_name != ""
    counted = select(away, func.count(), func.coalesce(func.sum(_FILE.size_bytes), 0)).group_by(away)
    over = select(func.count()).where(_NOTE.name.startswith(OVER, autoescape=True))
    with reading(engine) as connection:
        found = {bool(gone): (int(files), int(size)) for gone, files, size in connection.execute(counted)}
        to_delete = int(connection.execute(over).scalar_one())
    (here, here_bytes), (gone, gone_bytes) = found.get(False, (0, 0)), found.get(True, (0, 0))
    return Whereabouts(
        here=here, here_bytes=here_bytes, elsewhere=gone, elsewhere_bytes=gone_bytes, to_delete=to_delete
    )


def carry_out(
    engine: Engine,
    at: datetime,
    *,
    after: timedelta | None = None,
    most: int | None = None,
    each: Callable[[], object] = lambda: None,
) -> Carried:
    """Carry files into the store that were kept long enough; every one of them is proved there.

    Args:
        engine: the opened ledger.
        at: the present moment.
        after: for so long after they were kept files stay; None: as the settings say.
        most: so many at the most; None: all there are.
        each: is called after every file.

    Raises:
        StoreUnavailable: the store cannot be reached, or does not keep what it is given; what was carried is.
    """
    elsewhere = store_of(engine)
    if elsewhere is None:
        return Carried(files=0, size_bytes=0)
    until = at - (elsewhere.after if after is None else after)
    files = size = 0
    for row in _here(engine, elsewhere.smallest_bytes, until, most):
        files += _carry_one(engine, elsewhere, row, at)
        size += row.size_bytes
        each()
    return Carried(files=files, size_bytes=size)


def carry_back(engine: Engine, each: Callable[[], object] = lambda: None) -> Carried:
    """Carry every file back into the database, held against its digest; its object is to be deleted then.

    Args:
        engine: the opened ledger.
        each: is called after every file.

    Raises:
        FileSpoilt, FileAway: one cannot be had; what was carried before is.
    """
    files = size = 0
    wanted = select(_FILE.sha256).where(_FILE.object_name != "").order_by(_FILE.sha256).limit(_SOME)
    while True:
        with reading(engine) as connection:
            some = connection.execute(wanted).scalars().all()
        if not some:
            return Carried(files=files, size_bytes=size)
        for sha256 in some:
            size += _carry_one_back(engine, sha256)
            files += 1
            each()


def _here(engine: Engine, smallest: int, until: datetime, most: int | None) -> Iterator[Row[Any]]:
    """Give files to be carried, one at a time, the largest first; each with its bytes as they lie."""
    by_size = tuple_(_FILE.size_bytes, _FILE.sha256)
    due = (
        *(_FILE.object_name == "", _FILE.size_bytes >= max(smallest, 1), _FILE.kept_at <= until),
        _FILE.sha256.not_in(_to_start_with(engine)),
    )
    columns = (_FILE.sha256, _FILE.size_bytes, _FILE.media_type, _FILE.sealed, _AS_IT_LIES)
    given, last = 0, None
    while most is None or given < most:
        wanted = select(_FILE.size_bytes, _FILE.sha256).where(*due, *(() if last is None else (by_size < last,)))
        some = _SOME if most is None else min(_SOME, most - given)
        with reading(engine) as connection:
            rows = connection.execute(wanted.order_by(_FILE.size_bytes.desc(), _FILE.sha256.desc()).limit(some)).all()
        if not rows:
            return
        for size_bytes, sha256 in rows:
            given, last = given + 1, tuple_(size_bytes, sha256)
            with reading(engine) as connection:
                row = connection.execute(select(*columns).where(_FILE.sha256 == sha256, *due)).one_or_none()
            if row is not None:
                yield row


def _to_start_with(engine: Engine) -> list[str]:
    """Return the files of the configuration in force: the daemon starts by them, store or no store."""
    with reading(engine) as connection:
        noted = connection.execute(select(_NOTE.value).where(_NOTE.name == CONFIG_ACCEPTED)).scalar() or ""
    return sorted(set(_DIGEST.findall(noted)))


def _carry_one(engine: Engine, elsewhere: Elsewhere, row: Row[Any], at: datetime) -> int:
    """Put one file, prove it, and let its row say so; 0 if the row is another one by now."""
    store, content = elsewhere.store, bytes(row.content)
    name = _name(engine, elsewhere, row.sha256, at)
    with writing(engine) as connection:
        note_over(connection, {name: (at + _LEFT_BEHIND).isoformat()})
    store.put(name, content)
    try:
        kept = store.get(name)
    except KeyError:
        kept = b""
    if kept != content:
        raise StoreUnavailable(
            f"The object store {store.where} said that it had kept {name}, and gives back something else "
            f"({len(kept)} bytes of {len(content)}). The file stays in the database; look at the store."
        )
    head = content[:_HEAD_BYTES] if row.media_type == _MAIL and not row.sealed else b""
    same = (
        _FILE.sha256 == row.sha256,
        _FILE.object_name == "",
        _FILE.sealed == row.sealed,
        _FILE.media_type == row.media_type,
    )
    with writing(engine) as connection:
        if not keep_on(connection, name):
            return 0
        named = _written(connection, same, head, name)
        if not named:
            note_over(connection, {name: ""})
        return named


def _carry_one_back(engine: Engine, sha256: str) -> int:
    """Fetch one file, prove it, and keep it here; return its size in bytes."""
    columns: Select[Any] = select(*BYTES, _FILE.size_bytes).where(_FILE.sha256 == sha256)
    with reading(engine) as connection:
        row = connection.execute(columns).one()
        if not row.object_name:
            return 0  # somebody else has carried it, or it was pruned
        content = fetched(connection, row, sha256)
        proved(row, opened(content, engine), sha256)
    same = (_FILE.sha256 == sha256, _FILE.object_name == row.object_name)
    with writing(engine) as connection:
        let_go(connection, and_(*same))
        _written(connection, same, content, "")
    return int(row.size_bytes)


def _written(connection: Connection, which: tuple[Any, ...], content: bytes, name: str) -> int:
    """Write where a file lies, and what of it stays here; past the seal. Return how many rows it was."""
    values = {"content": bindparam("left_here", type_=LargeBinary()), "object_name": name}
    written = connection.execute(update(table_of(FileRow)).where(*which).values(values), {"left_here": content})
    return written.rowcount


def _name(engine: Engine, elsewhere: Elsewhere, sha256: str, at: datetime) -> str:
    """Return a name that was never given before, and by which nobody can tell what lies under it."""
    told = f"{sha256} {at.isoformat()}".encode()
    digest = hmac.new(name_key(engine), told, hashlib.sha256).hexdigest()
    return f"{elsewhere.office}/{digest[:2]}/{digest}"
