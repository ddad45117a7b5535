"""What no two offices may share: key, secret, data, archive, ledger, mailbox; who keeps what two claim."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from mailbot.cli.configuration.ledger_place import ledger_in_use, office_in_use
from mailbot.cli.offices.folders import OfficeFolder, key_of
from mailbot.errors import ConfigProblem, LedgerProblem
from mailbot.ledger.files_and_notes import OFFICE_FOLDER
from mailbot.ledger.looking.asking import asking
from mailbot.ledger.place import shown, sqlite_path
from mailbot.settings.sayings.catalogue import problems_of
from mailbot.settings.sayings.said import Mistake, said

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from mailbot.errors import Problem
    from mailbot.ledger.ledger import Ledger
    from mailbot.settings.settings import Settings


_WAYS_OUT = {
    "same_key": "same_key_way",
    "same_secret": "same_secret_way",
    "same_data": "same_data_way",
    "same_archive": "same_archive_way",
    "same_ledger": "same_ledger_way",
    "same_mailbox": "same_mailbox_way",
    "copied_folder": "copied_folder_way",
}
"""What two offices both claim, and what is told as the way out."""
_SHOWN = 12
"""So many signs of a fingerprint tell two secrets apart, and tell nothing of either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One office with its settings, as it claims its places."""

    office: OfficeFolder
    settings: Settings

    def places(self) -> dict[str, str]:
        """Return what is its own: code of the kind -> the place, spelled so that two ways to it are equal."""
        servers = (self.settings.imap, *(further.server for further in self.settings.further))
        key, secret = office_in_use(self.settings), self.settings.kept_key()
        return {
            **({"same_key": key} if key else {}),
            **({"same_secret": sha256(secret).hexdigest()[:_SHOWN]} if secret else {}),
            "same_data": str(self.settings.data_folder.resolve()),
            "same_archive": str(self.settings.archive_folder.resolve()),
            "same_ledger": _ledger_of(self.settings, key),
            # A host, and the address that answers come back to, are the same however they are written.
            **{f"same_mailbox {place}": f"{one.user}@{one.host}".casefold() for place, one in enumerate(servers)},
            **{f"same_mailbox {one}": one.casefold() for one in self.settings.office().own_addresses},
        }


def _ledger_of(settings: Settings, key: str) -> str:
    """Return the ledger of an office: a file, or a database with the key under which its rows stand there."""
    url = ledger_in_use(settings)
    path = sqlite_path(url)
    return str(path.resolve()) if path is not None else f"{shown(url)} {key}"


def refused(admitted: Collection[Claim], newcomers: Collection[Claim]) -> dict[OfficeFolder, tuple[Problem, ...]]:
    """Return which newcomers are refused, and why: for each place that is another's, with both folders.

    Who is at work keeps what it has. Among newcomers that claim the same the one keeps it whose ledger has known its
    folder before; where that tells nothing, all of them are refused, for nobody can say which one is the copy.
    """
    found: dict[OfficeFolder, tuple[Problem, ...]] = {}
    for one in newcomers:
        others = (*admitted, *(other for other in newcomers if other is not one))
        shares = [(code, place, other) for other in others for code, place in _shared(one, other)]
        lost = [share for share in shares if share[-1] in admitted or not _keeps(one, share[-1])]
        if lost:
            mistakes = (_mistake(one, code, place, other) for code, place, other in lost)
            found[one.office] = problems_of(mistakes, one.settings.language)
    return found


def _keeps(one: Claim, other: Claim) -> bool:
    """Say whether an office keeps what another claims, too."""
    return _is_known(one) and not _is_known(other)


def _shared(one: Claim, other: Claim) -> Iterator[tuple[str, str]]:
    """Give the kinds of what two offices both claim, each once, with the first such place."""
    theirs = {(code.partition(" ")[0], place) for code, place in other.places().items()}
    found: dict[str, str] = {}
    for code, place in one.places().items():
        kind = code.partition(" ")[0]
        if (kind, place) in theirs:
            found.setdefault(kind, place)
    yield from sorted(found.items())


def _is_known(one: Claim) -> bool:
    """Say whether the ledger of an office knows this very folder."""
    known = folder_known(ledger_in_use(one.settings), office_in_use(one.settings))
    return bool(known) and _same(Path(known), one.office.path)


def folder_known(url: str, office: str = "") -> str:
    """Return the folder that a ledger knows as its office's; empty where it knows none, or cannot be asked."""
    try:
        with asking(url, office) as ask:
            return next((str(row[0]) for row in ask(_KNOWN)), "")
    except LedgerProblem:
        return ""


_KNOWN = f"SELECT value FROM note WHERE name = '{OFFICE_FOLDER}'"  # noqa: S608 - a name of ours


def take_possession(ledger: Ledger, one: Claim) -> None:
    """Let a ledger know its office's folder; one that was renamed is known by its new name from now on.

    Raises:
        ConfigProblem: it is the ledger of another folder, which is still there: this one is a copy.
    """
    known = ledger.notes.read(OFFICE_FOLDER)
    if known and not _same(Path(known), one.office.path) and _is_there(Path(known), one.office.key):
        mistake = _mistake(one, "copied_folder", "", Claim(office=_named(known), settings=one.settings))
        raise ConfigProblem(problems_of((mistake,), one.settings.language))
    here = str(one.office.path.resolve())
    if known != here:
        ledger.notes.write(OFFICE_FOLDER, here)


def _is_there(known: Path, key: str) -> bool:
    """Say whether the folder that a ledger knows is still the folder of an office with that key."""
    return (known / "office.yaml").is_file() and key_of(known) == key


def _named(known: str) -> OfficeFolder:
    """Return the folder that a ledger knows."""
    return OfficeFolder(path=Path(known), key="", name=Path(known).name)


def _same(one: Path, other: Path) -> bool:
    """Say whether two paths lead to the same folder."""
    return one.exists() and other.exists() and one.samefile(other)


def _mistake(one: Claim, code: str, place: str, other: Claim) -> Mistake:
    """Return what is told of one place that two offices claim."""
    what = said(code, place=place, folder=one.office.path, other=other.office.path)
    return Mistake(file=str(one.office.path), line=0, what=what, hint=said(_WAYS_OUT[code]))
