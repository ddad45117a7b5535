"""One backup by schedule: copied beside the work, proved, put under its name, and only then older ones let go.

What a reader sees is one moment of the ledger, and it keeps no writer waiting; between two steps others have the disk.
Under its final name there is never anything but a whole copy that was proved.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from mailbot.errors import LedgerProblem
from mailbot.ledger.copies.proving import DIGEST_SUFFIX, Proof, digest_of, prove, rows_of
from mailbot.ledger.copies.rotation import kept
from mailbot.ledger.place import make_private, sqlite_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mailbot.ledger.copies.rotation import Kept

_NAME = "ledger-%Y-%m-%d-%H%M%S.db"
_OURS = re.compile(r"ledger-\d{4}-\d\d-\d\d-\d{6}\.db")
_PART = ".part"
_STEP_PAGES = 500
"""Two megabytes at the usual size of a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backups:
    """Where backups lie, and how many."""

    folder: Path
    keep: Kept
    spare_bytes: int = 0
    """So much stays free on the disk of the ledger itself; a backup that would take it is not made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A backup that was made and proved."""

    path: Path
    sha256: str
    proof: Proof
    let_go: tuple[str, ...] = ()
    """Names of older ones that were deleted."""


def make_backup(url: str, backups: Backups, at: datetime, stopped: Callable[[], bool] = lambda: False) -> Made:
    """Make the backup of one moment.

    Args:
        url: the ledger; a SQLite file.
        backups: where to, and how many are kept.
        at: the present moment by the office's clock; it names the file.
        stopped: says whether to break off.

    Raises:
        InterruptedError: it was broken off; nothing is left but a file that the next one takes away.
        LedgerProblem: it could not be made, or is not what it should be; every older one is still there.
    """
    ledger = sqlite_path(url)
    if ledger is None:
        raise LedgerProblem("Only a ledger in a SQLite file is copied by mailbot; PostgreSQL has pg_dump.")
    try:
        backups.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left_over in backups.folder.glob(f"ledger-*.db{_PART}*"):
            left_over.unlink()
        _see_room(ledger, backups)
        return _made(ledger, backups, at, stopped)
    except (OSError, sqlite3.Error) as error:
        if isinstance(error, InterruptedError) or stopped():
            raise InterruptedError from error
        said = error.strerror if isinstance(error, OSError) else error
        raise LedgerProblem(f"No backup could be made in {backups.folder}: {said}.") from error


def _see_room(ledger: Path, backups: Backups) -> None:
    """See that there is room for one more.

    Raises:
        LedgerProblem: there is not.
    """
    size = ledger.stat().st_size
    same_disk = ledger.stat().st_dev == backups.folder.stat().st_dev
    free = shutil.disk_usage(backups.folder).free
    if free < size + (backups.spare_bytes if same_disk else 0):
        raise LedgerProblem(
            f"No backup was made in {backups.folder}: {free // 1_000_000} MB are free, one takes {size // 1_000_000}, "
            "and mailbot needs room to work. Keep fewer, or name a folder on another disk (backup in office.yaml)."
        )


def _made(ledger: Path, backups: Backups, at: datetime, stopped: Callable[[], bool]) -> Made:
    """Copy, prove, put in place, let older ones go."""
    path = backups.folder / at.strftime(_NAME)
    part = path.with_name(path.name + _PART)
    make_private(part)
    rows = _copy(ledger, part, stopped)
    proof = prove(part, stopped)
    if proof.wrong or proof.rows != rows:
        why = "; ".join(f"{fault.value}: {detail}" for fault, detail in proof.wrong) or "rows are missing"
        part.unlink()
        raise LedgerProblem(f"The backup that was made in {backups.folder} is not sound ({why}); see mailbot check.")
    sha256 = digest_of(part, stopped)
    write_digest(path, sha256)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(path)
    _sync_folder(backups.folder)
    return Made(path=path, sha256=sha256, proof=proof, let_go=_let_go(backups, at))


def _copy(ledger: Path, part: Path, stopped: Callable[[], bool]) -> dict[str, int]:
    """Copy one moment of a ledger in steps; return how many rows each table had at it."""

    def look(*_: int) -> None:
        if stopped():
            raise InterruptedError

    source = sqlite3.connect(f"{ledger.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    with closing(source), closing(sqlite3.connect(part)) as copied:
        # Held open from first to last: a writer in between would make the copy begin anew.
        source.execute("BEGIN")
        rows = rows_of(source)
        source.backup(copied, pages=_STEP_PAGES, progress=look)
        copied.execute("PRAGMA journal_mode=DELETE")
    return rows


def write_digest(path: Path, sha256: str) -> Path:
    """Lay a copy's digest beside it, as `sha256sum --check` reads it; return where."""
    beside = path.with_name(path.name + DIGEST_SUFFIX)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(f"{sha256}  {path.name}\n")
        file.flush()
        os.fsync(file.fileno())
    return beside


def _sync_folder(folder: Path) -> None:
    """Let a name that was just given outlive a power cut."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def copies_in(folder: Path) -> tuple[Path, ...]:
    """Return the backups that lie in a folder, their digests, and what was left of one that was broken off."""
    return tuple(sorted(folder.glob("ledger-[0-9]*.db*"))) if folder.is_dir() else ()


def _let_go(backups: Backups, at: datetime) -> tuple[str, ...]:
    """Delete the copies whose turn is over; what is not named as ours is left alone."""
    made = {
        datetime.strptime(one.name, _NAME).replace(tzinfo=at.tzinfo): one
        for one in backups.folder.iterdir()
        if _OURS.fullmatch(one.name) and one.is_file()
    }
    over = sorted(made.keys() - kept(made.keys(), backups.keep, at))
    for moment in over:
        made[moment].unlink()
        made[moment].with_name(made[moment].name + DIGEST_SUFFIX).unlink(missing_ok=True)
    return tuple(made[moment].name for moment in over)
