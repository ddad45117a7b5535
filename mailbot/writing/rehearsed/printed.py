"""The report of a rehearsal as PDF, to be signed: the tables of the page, and every letter in its plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.writing.archive.binder_pages import print_plain
from mailbot.writing.print.flowing import Flow
from mailbot.writing.rehearsed.answered import answered_table
from mailbot.writing.rehearsed.letters_shown import face_of
from mailbot.writing.rehearsed.mail_counts import cycle_tables, year_table
from mailbot.writing.rehearsed.row_times import time_tables
from mailbot.writing.rehearsed.verdict import approver_of, facts_of, looked_at, sentences_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailbot.writing.archive.printed import Table
    from mailbot.writing.rehearsed.letters_shown import Sort
    from mailbot.writing.rehearsed.told import Rehearsed

_PART, _SMALL = 13.0, 9.0
_SIGNATURE = 4
"""Blank lines for a signature."""


def printed(told: Rehearsed, sorts: Sequence[Sort]) -> bytes:
    """Return the report as PDF, the same bytes for the same rehearsal."""
    words = told.words
    flow = Flow(f"{words['kepala']} - {told.office.letterhead.agency_short}")
    _first_page(flow, told)
    parts = words["bagian"]
    flow.page()
    _tables(flow, parts["kalender"], [year_table(told), *cycle_tables(told)], counts=True)
    _tables(flow, parts["waktu"], list(time_tables(told)))
    _tables(flow, parts["menyimpang"], [answered_table(told)], empty=words["menyimpang"]["tidak_ada"])
    flow.heading(parts["perhatian"], _PART)
    for number, line in enumerate(looked_at(told), start=1):
        flow.paragraph(f"{number}. {line}", _SMALL, after=3)
    flow.y -= _SMALL
    flow.heading(parts["surat"], _PART)
    flow.paragraph(words["surat"]["pengantar"])
    for number, sort in enumerate(sorts, start=1):
        _letter(flow, number, sort, told)
    return flow.pdf(lambda page: words["halaman"].format(number=page, count=len(flow.pages)))


def _first_page(flow: Flow, told: Rehearsed) -> None:
    """Set the title, what was rehearsed, the verdict, and the place for a signature."""
    words = told.words
    flow.heading(words["kepala"].upper(), 16)
    flow.paragraph(told.office.letterhead.agency_name, 12, bold=True, after=14)
    flow.heading(words["pokok"]["judul"], _PART)
    flow.facts(facts_of(told), after=12)
    flow.heading(words["simpulan"]["judul"], _PART)
    for number, sentence in enumerate(sentences_of(told), start=1):
        flow.paragraph(f"{number}. {sentence}")
    flow.y -= 10
    flow.heading(words["setuju"]["judul"], _PART)
    flow.paragraph(words["setuju"]["kalimat"], after=16)
    approver = approver_of(told)
    lines = [
        words["setuju"]["tempat"].format(place=told.office.letterhead.place),
        words["setuju"]["menyetujui"],
        approver.title if approver is not None else "",
        *("",) * _SIGNATURE,
        approver.name if approver is not None else "",
        words["setuju"]["nip"].format(nip=approver.nip) if approver is not None and approver.nip else "",
    ]
    flow.at_right([line for number, line in enumerate(lines) if line or number < len(lines) - 1])


def _tables(flow: Flow, title: str, tables: Sequence[Table], *, empty: str = "", counts: bool = False) -> None:
    """Set a part of the report: its title, then its tables (of counts or of words); a sentence in place of none."""
    flow.heading(title, _PART)
    for table in tables:
        if not table.rows:
            flow.paragraph(empty)
            continue
        if len(tables) > 1:
            flow.heading(table.name, 12)
        flow.table(table.headers, table.rows, table.shares, range(1, len(table.headers)) if counts else ())
        for note in table.notes:
            flow.paragraph(note, _SMALL)


def _letter(flow: Flow, number: int, sort: Sort, told: Rehearsed) -> None:
    """Set one letter in its plain words, and how many more of its sort there are."""
    words, face = told.words["surat"], face_of(sort.shown)
    flow.heading(f"{number}. {face.subject}", 11)
    facts = [(words["penerima"], told.title(sort.shown.person)), (words["waktu"], told.phrases.moment(sort.shown.at))]
    names = "; ".join(name for name, _ in face.files)
    facts += [(words["lampiran"], names)] if names else []
    facts += [(words["serupa"], words["lainnya"].format(count=len(sort.others)))] if sort.others else []
    flow.facts(facts, _SMALL, after=4)
    print_plain(flow, face.text, _SMALL)
