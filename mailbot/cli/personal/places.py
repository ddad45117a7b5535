"""Where else than in the database what was removed may lie: archive folders, former ledgers, mailbot's own backups."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mailbot.core.retention.kinds import Kind

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.retention.kinds import Retention
    from mailbot.ledger.ledger import Ledger
    from mailbot.ledger.personal.removing import Removed
    from mailbot.settings.sayings.catalogue import Say
    from mailbot.settings.settings import Settings


def ends_of(retention: Retention, at: datetime) -> dict[Kind, datetime]:
    """Return from before when each kind is due at a moment; what has no end is left out."""
    ends = {kind: retention.due_before(kind, at) for kind in Kind}
    return {kind: end for kind, end in ends.items() if end is not None}


def archives_there(settings: Settings) -> tuple[Path, ...]:
    """Return every archive folder on the disk, in order."""
    place = settings.archive_folder
    return tuple(sorted(one for one in place.iterdir() if one.is_dir())) if place.is_dir() else ()


def tidy(say: Say, settings: Settings, ledger: Ledger, removed: Removed) -> Iterator[str]:
    """Remove what lies outside the database, make a fresh backup in place of the former, and prove what is left.

    Former backups are not rewritten: a backup that was changed proves nothing. They are deleted once a fresh one is
    there and opens, so that nobody can bring back what had to go.
    """
    from mailbot.writing.archive.laying import archive_place

    for (name,) in removed.found.rows(Kind.ARCHIVE):
        place = archive_place(settings.archive_folder, str(name))
        for folder in (place, *place.parent.glob(f"{place.name}.[0-9]*")):
            if folder.is_dir() and not folder.is_symlink():
                shutil.rmtree(folder)
                yield say("pr_folder_gone", folder=folder)
    yield from _copies(say, settings)
    yield from _proofs(say, settings, ledger)


def _copies(say: Say, settings: Settings) -> Iterator[str]:
    """Delete copies of the ledger as it was; where mailbot made backups of its own, make a fresh one first."""
    from mailbot.cli.options import now
    from mailbot.cli.upkeep.backups import backups_of
    from mailbot.ledger.copies.making import copies_in, make_backup
    from mailbot.ledger.place import sqlite_path

    url = settings.database_url.get_secret_value()
    path = sqlite_path(url)
    if path is None:
        yield say("pr_server_copies")
        return
    backups, old = backups_of(settings), sorted(path.parent.glob(f"{path.name}.before-restore-*"))
    if former := copies_in(backups.folder):
        fresh = make_backup(url, backups, settings.office().calendar.local(now())).path
        old += [one for one in former if not one.name.startswith(fresh.name)]
        yield say("pr_fresh_backup", file=fresh)
    for one in old:
        one.unlink(missing_ok=True)
    if old:
        yield say("pr_copies_gone", count=len(old))


def _proofs(say: Say, settings: Settings, ledger: Ledger) -> Iterator[str]:
    """Prove the journal's chain, and every archive that is left."""
    from mailbot.writing.archive.verify import prove_archive

    broken = ledger.journal.verify()
    yield say("pr_chain") if broken is None else say("pr_chain_broken", line=broken)
    for folder in archives_there(settings):
        whole = not prove_archive(folder).findings
        yield say("pr_proved", folder=folder) if whole else say("pr_unproved", folder=folder)
