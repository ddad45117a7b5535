"""A unit's page: how it stands in a cycle, its figures beside last year's, each form with its marks, letters, files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailbot.core.model.form import Severity
from mailbot.ledger.board.boxes import Boxes
from mailbot.ledger.board.came_of import sent_back
from mailbot.ledger.board.overview import Overview
from mailbot.ledger.engine import one_moment
from mailbot.web.pages.boxes.fates import sent_back_links, sent_back_words
from mailbot.web.pages.boxes.letter import PERSONAL
from mailbot.web.pages.boxes.lists import letter_line, reasons_of, sender_words
from mailbot.web.pages.figures import figures, remembered
from mailbot.web.pages.marks import Mark, Tone
from mailbot.web.pages.ordering import orders_of
from mailbot.web.pages.page import File, Page, path
from mailbot.web.pages.sight import whose_boxes
from mailbot.web.pages.timeliness import timeliness
from mailbot.web.pages.unit_lines import asked_words, lateness_words, not_asked, owed_words, unit_mark
from mailbot.writing.values.cycle_values import title, unit_head
from mailbot.writing.values.form_values import MoneyRow, fault_rows, money_rows
from mailbot.writing.words.phrases import media_type_of, safe_name
from mailbot.writing.words.templates import in_language

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.core.model.form import Submission
    from mailbot.ledger.board.came_of import SentBack
    from mailbot.web.pages.page import Here
    from mailbot.writing.values.form_values import FaultRow

_WEIGHTS = (Severity.FAULT, Severity.WARNING, Severity.NOTE)
_MOST_LETTERS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLine:
    """One form of the unit, with what went back with it."""

    number: int
    came: str
    who: str
    file_name: str
    link: str
    """Where the file is taken home; empty where it is not handed out."""
    mark: Mark
    reason: str
    faults: tuple[tuple[str, tuple[FaultRow, ...]], ...]
    """Findings by weight, the heaviest first."""


def units_page(here: Here) -> Page:
    """Return the page of all units: how punctual each was, with its own page behind its name."""
    with one_moment(here.ledger.engine):
        courses = Overview(here.ledger.engine).courses()
    values = {"timeliness": timeliness(courses, here), "units": _units(here)}
    return Page(template="pages/units.j2", title=here.words["places"]["units"], values=values, place="units")


def unit_page(here: Here, unit: str, cycle: str = "") -> Page | None:
    """Return the page of a unit in a cycle, its newest one where none is named; None: it is not for this viewer."""
    if not here.viewer.sees(unit):
        return None
    with one_moment(here.ledger.engine):
        courses = [one for one in Overview(here.ledger.engine).courses() if any(p.unit == unit for p in one.parts)]
        chosen = cycle or next((course.key for course in reversed(courses)), "")
        if chosen not in {course.key for course in courses}:
            return None
        found = here.ledger.cycles.get(chosen)
        form = found.form_of(unit) if found is not None else None
        if found is None or form is None:
            return None
        letters = Boxes(here.ledger.engine).letters_of(chosen, unit, _MOST_LETTERS, whose_boxes(here))
        reasons = reasons_of(here)
        shown = found if form.counting is not None else _as_sent(found, form)
        back = sent_back(here.ledger.engine, chosen, found.opened_at).get(unit, ())
        values = {
            **_standing(form, found, back, here),
            "back": tuple(zip(sent_back_words(back, here), sent_back_links(back, here), strict=True)),
            "cycles": tuple(
                (path("units", unit, one.key), here.phrases.period(one.period), one.key == chosen)
                for one in reversed(courses)
            ),
            "figures": tuple(
                (name, own)
                for name, group in figures(shown, remembered(found, here), here).groups
                if (own := tuple(figure for figure in group if figure.unit_key == unit))
            ),
            "uncounted": form.counting is None and bool(form.submissions),
            "letters": tuple(letter_line(letter, here, reasons) for letter in letters),
        }
        name = here.office.roster.unit(unit).name
        return Page(template="pages/unit.j2", title=name, values=values, place="units")


def unit_file(here: Here, cycle: str, unit: str, sha256: str) -> File | None:
    """Return a file that a unit sent; None: there is none, it is held back, or the viewer does not see the unit."""
    if not here.viewer.sees(unit):
        return None
    with one_moment(here.ledger.engine):
        found = here.ledger.cycles.get(cycle)
        form = found.form_of(unit) if found is not None else None
        name = _handed_out(form).get(sha256) if form is not None else None
        kept = Boxes(here.ledger.engine).file(sha256) if name else None
    if not name or kept is None:
        return None
    return File(name=safe_name(name), media_type=media_type_of(kept[1]), content=kept[1])


def _as_sent(cycle: Cycle, form: UnitForm) -> Cycle:
    """Return a cycle as if the newest form of a unit counted: what it says is looked at, though it went back."""
    return cycle.with_unit(replace(form, counted=form.submissions[-1].number)) if form.submissions else cycle


def _units(here: Here) -> tuple[tuple[str, str, str], ...]:
    """Return every unit of the office that the viewer sees: name, who heads it, address."""
    units = [unit for unit in here.office.roster.units if here.viewer.sees(unit.key)]
    heads = {unit.key: unit_head(unit.key, here.office, here.at) for unit in units}
    return tuple(
        (unit.name, title(head) if (head := heads[unit.key]) is not None else "", path("units", unit.key))
        for unit in units
    )


def _standing(form: UnitForm, cycle: Cycle, back: tuple[SentBack, ...], here: Here) -> dict[str, object]:
    """Return how a unit stands in a cycle, and everything that it sent."""
    phrases, counting = here.phrases, form.counting
    head = unit_head(form.unit, here.office, here.at)
    latest = counting or form.former
    there = Boxes(here.ledger.engine).there(_handed_out(form))
    return {
        "cycle": cycle,
        "form": form,
        "head": title(head) if head is not None else "",
        "period": phrases.period(cycle.period),
        "mark": unit_mark(form, cycle, here, back),
        "late": lateness_words(form, cycle, here),
        "owes": owed_words(form, cycle, here),
        "will_ask": asked_words(form, cycle, here) if not_asked(form, cycle) else "",
        "due": phrases.moment(form.due_at) if form.due_at is not None and not form.settled else "",
        "accepted": phrases.moment(form.accepted_at) if form.accepted_at is not None else "",
        "money": _money(latest, form, cycle, here),
        "forms": tuple(_form_line(sent, form, cycle, there, here) for sent in reversed(form.submissions)),
        "evidence": tuple(
            (
                "" if kept.held else kept.file_name,
                phrases.moment(kept.received_at),
                _link(kept.file_sha256, there, form, cycle),
            )
            for kept in form.evidence
        ),
        "orders": orders_of(form, cycle, here),
        "order_to": path("acts", "order", cycle.key, form.unit),
    }


def _money(latest: Submission | None, form: UnitForm, cycle: Cycle, here: Here) -> tuple[MoneyRow, ...]:
    """Return every budget line that the unit is asked for, whether it has told of it or not."""
    office, phrases, period = here.office, here.phrases, cycle.period
    rows = money_rows(latest, form.unit, period, office, phrases) if latest is not None else ()
    told = {row.code: row for row in rows}
    missing, none = here.told("figures", "missing"), str(here.words["none"])
    return tuple(
        told.get(line.code)
        or MoneyRow(
            code=line.code,
            name=line.name,
            budget=phrases.rupiah(line.budget_idr[period.year]),
            spent=missing,
            absorption=none,
            place="",
        )
        for line in office.asked_budget(form.unit, period)
    )


def _form_line(sent: Submission, form: UnitForm, cycle: Cycle, there: frozenset[str], here: Here) -> FormLine:
    """Return one form with its marks."""
    folders = in_language(here.board.template_folders, here.viewer.language)
    weighed = ((here.phrases.word("severity", w.value), fault_rows(sent.faults, w, folders)) for w in _WEIGHTS)
    code, tone = _standing_of(sent, form)
    return FormLine(
        number=sent.number,
        came=here.phrases.moment(sent.received_at),
        who=sender_words(sent.sender, here),
        file_name=sent.file_name if sent.file_sha256 in _handed_out(form) else "",
        link=_link(sent.file_sha256, there, form, cycle),
        mark=Mark(tone=tone, word=here.told("unit", code)),
        reason=sent.reason,
        faults=tuple((word, rows) for word, rows in weighed if rows),
    )


def _standing_of(sent: Submission, form: UnitForm) -> tuple[str, Tone]:
    """Return how one form stands among the others, as a code of the board's words, and what that means."""
    rival = form.rival
    ways = (
        ("counts", Tone.GOOD, sent.number == form.counted),
        ("rival", Tone.WAITS, rival is not None and sent.number == rival.number),
        ("accepted", Tone.NOTHING, sent.accepted),
        ("kept", Tone.NOTHING, all(fault.severity is Severity.NOTE for fault in sent.faults)),
        ("returned", Tone.NOTHING, form.counted > sent.number or sent.number < form.attempts),
    )
    return next(((code, tone) for code, tone, holds in ways if holds), ("returned", Tone.WAITS))


def _link(sha256: str, there: frozenset[str], form: UnitForm, cycle: Cycle) -> str:
    """Return where a file of the unit is taken home; empty where it is not handed out, or not kept any more."""
    return path("files", cycle.key, form.unit, sha256) if sha256 in there else ""


def _handed_out(form: UnitForm) -> dict[str, str]:
    """Return the files of a unit that may be taken home, with their names: none in which somebody's NIK was found."""
    personal = {sent.file_sha256 for sent in form.submissions if any(one.code in PERSONAL for one in sent.faults)}
    personal |= {kept.file_sha256 for kept in form.evidence if kept.held} | {""}
    forms = {sent.file_sha256: sent.file_name for sent in form.submissions}
    files = {kept.file_sha256: kept.file_name for kept in form.evidence} | forms
    return {sha256: name for sha256, name in files.items() if sha256 not in personal}
