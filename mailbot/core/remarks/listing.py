"""A refusal's remarks, from its mail's lines and the files beside it, go onto the cycle's list (SOP rows 6b and 7)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.language.beside import Beside, not_understood
from mailbot.core.language.nik import masked
from mailbot.core.remarks.listed import ListedRemark
from mailbot.core.remarks.remark import Remark, RemarkSource
from mailbot.core.remarks.units import unit_of
from mailbot.core.sorting.said import lexicon_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.model.cycle import Cycle, Verdict
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person
    from mailbot.core.remarks.remark import Marked

_COURTESIES = frozenset(
    ("greeting", "address", "thanks", "closing", "apology", "enclosed", "wishes", "title", "contact")
)
"""Kinds of what may stand beside a word that ask for nothing."""
_HEADING = 80
"""A line that ends with a colon and is no longer than this is the heading of those below it."""


def with_remarks(cycle: Cycle, verdict: Verdict, person: Person, marked: Marked, office: Office) -> Cycle:
    """Return the cycle with the remarks of a refusal on its list, numbered on from the last one."""
    last = max((one.number for one in cycle.remarks), default=0)
    found = (*of_lines(verdict.remarks, person, office), *_of_files(marked))
    listed = tuple(
        ListedRemark(
            remark=replace(_without_nik(remark), number=number),
            person=verdict.person,
            step=verdict.step,
            version=verdict.draft_version,
            given_at=verdict.given_at,
            mail_sha256=verdict.mail_sha256,
            unit=unit_of(remark, office),
        )
        for number, remark in enumerate(found, start=last + 1)
    )
    return replace(cycle, remarks=(*cycle.remarks, *listed)) if listed else cycle


def of_lines(lines: tuple[str, ...], person: Person, office: Office) -> Iterator[Remark]:
    """Yield the remarks in the lines of a mail: courtesies are none, and what ends with a colon heads those below.

    Where nothing but courtesies would be left out, everything stays: what he wrote is never lost.
    """
    lexicon = lexicon_of(office, (person,))
    kinds = tuple(kind for kind in office.beside.kinds if kind.name in _COURTESIES)
    courtesy = Beside(kinds=kinds)
    telling = [line for line in lines if not_understood([(line, True)], courtesy, lexicon.names)]
    heading = ""
    for place, line in enumerate(telling or lines):
        if line.endswith(":") and len(line) <= _HEADING and place + 1 < len(telling):
            heading = line.rstrip(": ")
            continue
        yield Remark(source=RemarkSource.MAIL, text=line, heading=heading)


def _of_files(marked: Marked) -> Iterator[Remark]:
    """Yield the remarks in the files that came along, and for what is not named of them one each: see the file."""
    yield from marked.remarks
    if marked.more:
        yield Remark(source=RemarkSource.REST, text=str(marked.more))
    for name in marked.damaged:
        yield Remark(source=RemarkSource.UNREAD, file_name=name)


def _without_nik(remark: Remark) -> Remark:
    """Return a remark with numbers like a NIK masked, as in whatever is kept as data."""
    return replace(
        remark,
        text=masked(remark.text),
        former=masked(remark.former),
        around=masked(remark.around),
        author=masked(remark.author),
        heading=masked(remark.heading),
    )
