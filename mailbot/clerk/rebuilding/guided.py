"""The maker of letters in a rebuilding: a decision counts at the moment at which its letters were written then."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.clerk.rebuilding.drafts_of_then import laid_before_people
from mailbot.clerk.rebuilding.past import reference
from mailbot.core.chasing.still_owed import CHASES
from mailbot.core.model.letters import LetterKind
from mailbot.errors import PdfAwaited
from mailbot.writing.archive.laying import archive_place
from mailbot.writing.letters.letter import Written, message_id, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from mailbot.clerk.desk.draft_examining import Prepared
    from mailbot.clerk.parts import Books, MakesLetters
    from mailbot.clerk.rebuilding.past import Copy, Past
    from mailbot.core.draft.document import Examined
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.writing.archive.kept import Kept, Laid

_NEVER_GUESSED = frozenset(
    {
        *map(LetterKind, CHASES),
        LetterKind.MORNING,
        LetterKind.ALARM,
        LetterKind.DIGEST,
        LetterKind.WEEKLY,
        LetterKind.ROLLUP,
    }
)
"""What is said again and again: a letter of it that is not there was not written."""
_SECOND = timedelta(seconds=1)
"""A Date has no parts of a second."""


class NotYet(PdfAwaited):
    """A letter of this decision was written later, or nothing shows that it was made at all."""


@dataclass(slots=True, kw_only=True)
class GuidedMaker:
    """A maker whose letters are those that left, where they did; what was not decided then is not decided now."""

    maker: MakesLetters
    past: Past
    secret: bytes
    now: Callable[[], datetime]
    archives: Path | None = None
    """Where archives lie; what lies there is not touched."""
    proof_wanted: bool = False
    """Only what the folder for sent mail shows was decided."""
    lenient: bool = False
    """But for what is told over and over, a decision may be made though no letter of it is there."""
    silent: bool = True
    """A decision without any letter may be made."""
    working: str = ""
    """Message-ID of the mail that is being worked."""
    any_answer: bool = False
    """A mail may be answered otherwise than it was."""
    pages: dict[str, bytes] = field(default_factory=dict)
    """By digest of a version as DOCX: its PDF of then."""

    def letters(self, books: Books, wanted: Sequence[tuple[Letter, Cycle | None]], at: datetime) -> tuple[Written, ...]:
        """Make letters: the bytes that left, else new ones.

        Raises:
            NotYet: they were not decided at this moment.
        """
        ids = [message_id(self.secret, name_of(letter), books.office.mailbox) for letter, _ in wanted]
        copies = [self.past.copies.get(one) for one in ids]
        if any(copy is not None and copy.written_at >= at + _SECOND for copy in copies):
            raise NotYet("one of these letters was written later")
        shown = any(copies) or any(reference(one) in self.past.spoken for one in ids)
        if not shown and not self._allowed(letter.kind for letter, _ in wanted):
            raise NotYet("nothing shows that this was decided")
        if not self._as_answered(copies, at):
            raise NotYet("the mail was answered in other words")
        new = [one for one, copy in zip(wanted, copies, strict=True) if copy is None]
        made = iter(self.maker.letters(books, new, at))
        return tuple(next(made) if copy is None else _as_it_left(copy) for copy in copies)

    def _allowed(self, kinds: Iterable[LetterKind]) -> bool:
        """Say whether a decision may be made though none of its letters is shown by anything."""
        wanted = frozenset(kinds)
        if not wanted:
            return self.silent
        return not self.proof_wanted or (self.lenient and not wanted & _NEVER_GUESSED)

    def _as_answered(self, copies: Sequence[Copy | None], at: datetime) -> bool:
        """Say whether a mail that was answered is answered by that letter now, or may be by another one."""
        answered_at = self.past.answered.get(self.working) if self.working else None
        if answered_at is None or any(copy is not None and copy.answers == self.working for copy in copies):
            return True
        return self.any_answer and at >= answered_at

    def draft(self, office: Office, cycle: Cycle, version: int) -> bytes:
        """Return a version of the report as it was laid before people, else compile it."""
        found = laid_before_people(self.past, self.secret, office, cycle, version, self.now())
        if found is None:
            return self.maker.draft(office, cycle, version)
        docx, pdf = found
        if pdf is not None:
            self.pages[hashlib.sha256(docx).hexdigest()] = pdf
        return docx

    def cover_letter(self, office: Office, letter: Letter, cycle: Cycle) -> bytes:
        """Make the Surat Pengantar."""
        return self.maker.cover_letter(office, letter, cycle)

    def edited(self, office: Office, cycle: Cycle, docx: bytes, former: bytes) -> Prepared:
        """Make a version of an edited draft."""
        return self.maker.edited(office, cycle, docx, former)

    def accepted(self, docx: bytes) -> bytes:
        """Accept all changes."""
        return self.maker.accepted(docx)

    def standing(self, office: Office, cycle: Cycle, docx: bytes) -> Examined:
        """Say where a version disagrees with the data."""
        return self.maker.standing(office, cycle, docx)

    def resigned(self, office: Office, cycle: Cycle, docx: bytes) -> Prepared:
        """Stamp a version."""
        return self.maker.resigned(office, cycle, docx)

    def renewed(self, office: Office, cycle: Cycle, former: bytes) -> Prepared:
        """Make the report of today."""
        return self.maker.renewed(office, cycle, former)

    def as_pdf(self, docx: bytes) -> bytes | None:
        """Make a PDF of a Word file."""
        of_then = self.pages.get(hashlib.sha256(docx).hexdigest())
        return of_then if of_then is not None else self.maker.as_pdf(docx)

    def journal_path(self, office: Office) -> str:
        """Name the journal."""
        return self.maker.journal_path(office)

    def binder_path(self, office: Office) -> str:
        """Name the binder."""
        return self.maker.binder_path(office)

    def archive(self, office: Office, kept: Kept) -> tuple[Laid, ...]:
        """Lay the archive out."""
        return self.maker.archive(office, kept)

    def lay_down(self, name: str, files: dict[str, bytes], *, settled: bool) -> tuple[Path, Path | None]:
        """Write the archive, unless the one of then is still there: that one stays as it is."""
        if self.archives is not None and (there := archive_place(self.archives, name)).exists():
            return there, None
        return self.maker.lay_down(name, files, settled=settled)


def _as_it_left(copy: Copy) -> Written:
    """Return a letter as it left."""
    return Written(message_id=copy.message_id, raw=copy.raw(), subject=copy.subject)
