"""What mailbot works with ahead of time: letters without words, a mailbox that stays empty, a post that takes all.

Everything that decides is the real thing; only what costs time and says nothing about who gets what, and when, is not.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from mailbot.clerk.desk.draft_examining import Prepared
from mailbot.core.draft.document import Examined
from mailbot.post.fetched import Listing, Settled
from mailbot.writing.letters.letter import Written

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import datetime

    from mailbot.clerk.parts import Books
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.post.fetched import FetchedMail
    from mailbot.writing.archive.kept import Kept, Laid


@dataclass(frozen=True, slots=True)
class LightMaker:
    """Makes letters that hold nothing, and remembers what each was to say, with its cycle, by Message-ID."""

    meant: dict[str, tuple[Letter, Cycle | None]] = field(default_factory=dict)

    def letters(self, books: Books, wanted: Sequence[tuple[Letter, Cycle | None]], at: datetime) -> tuple[Written, ...]:
        """Make letters."""
        del books, at
        return tuple(self._letter(letter, cycle) for letter, cycle in wanted)

    def _letter(self, letter: Letter, cycle: Cycle | None) -> Written:
        """Make one letter."""
        own_id = f"<{hashlib.sha256(letter.key.encode()).hexdigest()[:32]}@plan.invalid>"
        self.meant[own_id] = (letter, cycle)
        return Written(message_id=own_id, raw=own_id.encode(), subject=letter.kind.value)

    def draft(self, office: Office, cycle: Cycle, version: int) -> bytes:
        """Make one version of the report."""
        del office
        return f"{cycle.key} {version}".encode()

    def cover_letter(self, office: Office, letter: Letter, cycle: Cycle) -> bytes:
        """Make the Surat Pengantar."""
        del office
        return f"{cycle.key} {letter.key}".encode()

    def edited(self, office: Office, cycle: Cycle, docx: bytes, former: bytes) -> Prepared:
        """Make an edited draft the next version."""
        del office, former
        return Prepared(docx=docx, version=_version(cycle) + 1, examined=Examined())

    def accepted(self, docx: bytes) -> bytes:
        """Accept all changes."""
        return docx

    def standing(self, office: Office, cycle: Cycle, docx: bytes) -> Examined:
        """Find nothing that disagrees with the data."""
        del office, cycle, docx
        return Examined()

    def resigned(self, office: Office, cycle: Cycle, docx: bytes) -> Prepared:
        """Stamp a version for who signs now."""
        del office
        return Prepared(docx=docx, version=_version(cycle), examined=Examined())

    def renewed(self, office: Office, cycle: Cycle, former: bytes) -> Prepared:
        """Make the report of today, which says the same as before."""
        version = _version(cycle)
        docx = former or self.draft(office, cycle, version)
        return Prepared(docx=docx, version=version, examined=Examined(same=bool(former)))

    def as_pdf(self, docx: bytes) -> bytes | None:
        """Make none."""
        del docx
        return None

    def journal_path(self, office: Office) -> str:
        """Name the journal."""
        del office
        return "journal"

    def binder_path(self, office: Office) -> str:
        """Name the binder."""
        del office
        return "binder"

    def archive(self, office: Office, kept: Kept) -> tuple[Laid, ...]:
        """Lay nothing out."""
        del office, kept
        return ()

    def lay_down(self, name: str, files: dict[str, bytes], *, settled: bool) -> tuple[Path, Path | None]:
        """Write nothing."""
        del files, settled
        return Path(name), None


def _version(cycle: Cycle) -> int:
    """Return the number of a cycle's present draft."""
    return cycle.draft.version if cycle.draft is not None else 0


@dataclass(frozen=True, slots=True)
class LightPost:
    """A mailbox in which nothing ever comes, and a way out by which everything leaves at once."""

    now: Callable[[], datetime]
    left: list[tuple[datetime, str]] = field(default_factory=list)
    """When a letter left, and its Message-ID, in that order."""

    def list_uids(self, folder: str, *, above: int = 0) -> Listing:
        """List an empty folder."""
        del above
        return Listing(folder=folder, uid_validity=1, uids=())

    def fetch(self, folder: str, uids: Collection[int], *, size_limit_bytes: int) -> Iterator[FetchedMail]:
        """Fetch nothing."""
        del folder, uids, size_limit_bytes
        return iter(())

    def settle(self, folder: str, uids: Collection[int], *, uid_validity: int, keep_in: str | None) -> Settled:
        """Leave everything where it is."""
        del folder, uids, uid_validity, keep_in
        return Settled.LEFT

    def append(self, folder: str, raw: bytes) -> None:
        """File no copy."""

    def sent_folder(self, *, make: bool = False) -> str | None:
        """Name no folder for sent mail."""
        del make
        return None

    def copies_held(self, folder: str, message_id: str) -> int:
        """Hold no copy."""
        del folder, message_id
        return 0

    def send(self, sender: str, recipient: str, raw: bytes, *, before_data: Callable[[], None]) -> str:
        """Take a letter."""
        del sender, recipient
        before_data()
        self.left.append((self.now(), raw.decode()))
        return "250 2.0.0 Ok"
