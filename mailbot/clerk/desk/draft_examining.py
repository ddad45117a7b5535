"""A version of the draft before it is decided about: stamped, and held against the data and the version before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailbot.core.draft.against_data import differences, of_version, unstamped
from mailbot.core.draft.against_former import loses, same
from mailbot.core.draft.document import STAMPED, Examined

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mailbot.core.draft.document import Document
    from mailbot.core.model.cycle import Cycle

_MOST_NAMED = 40
"""So many differences, and open changes, are kept of a document; a letter names fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A version as it goes on, its number, and what was found in it."""

    docx: bytes
    version: int
    examined: Examined


@dataclass(frozen=True, slots=True, kw_only=True)
class Examiner:
    """What looks into edited drafts: how they are read, and how the report of today is written."""

    read: Callable[[bytes], Document]
    today: Callable[[int], bytes]
    """Writes the report as the data give it today, under that number; what its pages are nobody asks."""
    compiled: Callable[[int], bytes]
    """Writes it with the numbers of its pages, as it goes on."""

    def edited(self, docx: bytes, former: bytes, version: int) -> Prepared:
        """Return an edited draft as the version after that one, or, where it says the same, once more as that one.

        One with open changes is no version yet. Changes of format alone are accepted, for nobody is asked about them.

        Args:
            docx: the file as it came.
            former: the version before.
            version: its number.
        """
        from mailbot.writing.edited.accepting import formats_accepted  # noqa: PLC0415 - a quiet pass writes nothing

        docx = formats_accepted(docx)
        found = self.read(docx)
        if found.changes:
            return Prepared(docx=docx, version=version, examined=Examined(open_changes=found.changes[:_MOST_NAMED]))
        before = self.read(former)
        alike = same(found, before)
        number = version if alike else version + 1
        prepared = self.stamped(docx, number)
        older = of_version(found, version)
        lost = older if older and loses(found, before) else ""
        return replace(prepared, examined=replace(prepared.examined, same=alike, of_version=lost))

    def stamped(self, docx: bytes, version: int) -> Prepared:
        """Return a draft with our anchors stamped as of today, and where it disagrees with the data."""
        from mailbot.writing.edited.stamping import stamped  # noqa: PLC0415 - a quiet pass writes nothing

        now = self.read(self.today(version))
        made = stamped(docx, {figure.tag: figure.text for figure in now.figures if figure.tag in STAMPED})
        return Prepared(docx=made, version=version, examined=self._against(made, now))

    def standing(self, docx: bytes, version: int) -> Examined:
        """Return where a version that stays as it is disagrees with the data by now."""
        return self._against(docx, self.read(self.today(version)))

    def renewed(self, former: bytes, version: int) -> Prepared:
        """Return the report of today as the version after that one; where it says the same, that one as it is."""
        fresh = self.compiled(version + 1)
        if former and same(self.read(fresh), self.read(former)):
            return Prepared(docx=former, version=version, examined=Examined(same=True))
        return Prepared(docx=fresh, version=version + 1, examined=Examined())

    def _against(self, docx: bytes, now: Document) -> Examined:
        """Hold a draft against the report of today."""
        found = self.read(docx)
        otherwise = differences(found, now)
        return Examined(
            differences=otherwise[:_MOST_NAMED],
            more=max(0, len(otherwise) - _MOST_NAMED),
            unstamped=unstamped(found, now),
            damaged=found.damaged,
        )


def as_of(cycle: Cycle, at: datetime) -> Cycle:
    """Return the cycle for a version that is made at that moment: the day it bears, and who signs on it."""
    return replace(cycle, since=max(cycle.since, at))
