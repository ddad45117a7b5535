"""What each row of the SOP makes ready when it begins, and the letters it asks with (rows 1 to 8)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mailbot.core.draft.letters_of_drafts import DraftToPlanning, Ratify, Review
from mailbot.core.draft.versions import Draft
from mailbot.core.model.cycle import Cycle, UnitForm, UnitState, row_due_at
from mailbot.core.model.letters import Enclosure, EnclosureKind
from mailbot.core.model.letters_of_rows import Closed, DataNeeds, Recap, Request, RequestCopy
from mailbot.core.model.people import Role
from mailbot.core.model.sop import DoneWhen, Step
from mailbot.core.procedure.addressing import holder, make_letter, on_initiative, repeating
from mailbot.core.procedure.obstacles import own_review
from mailbot.core.procedure.seen_drafts import compared, former_seen
from mailbot.core.procedure.word_asked import asked_in, awaits_draft
from mailbot.core.remarks.listed import for_brief

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mailbot.core.draft.letters_of_drafts import WithDraft
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person


_BRIEFED = frozenset({Step.DRAFT, Step.REVIEW, Step.RATIFY})
"""Rows whose letter answers what was remarked before."""


def as_it_is(cycle: Cycle, at: datetime, office: Office) -> Cycle:
    """Make nothing ready."""
    del at, office
    return cycle


def no_letters(cycle: Cycle, at: datetime, office: Office) -> tuple[Letter, ...]:
    """Send nothing by itself; what comes in is answered as it comes."""
    del cycle, at, office
    return ()


def data_needs(cycle: Cycle, at: datetime, office: Office) -> tuple[Letter, ...]:
    """Row 1: the Sekretaris hears which data will be asked, with every unit's form enclosed."""
    secretary = holder(Role.SECRETARY, office, at)
    if secretary is None:
        return ()
    forms = tuple(Enclosure(kind=EnclosureKind.FORM, unit=form.unit) for form in cycle.units)
    letter = make_letter(
        DataNeeds(),
        cycle,
        on_initiative(secretary, office, at),
        cycle.round,
        asks=asked_in(cycle, Step.INFORM),
        due_at=cycle.due_at,
        enclosures=forms,
    )
    return (letter,)


def units_given_time(cycle: Cycle, at: datetime, office: Office) -> Cycle:
    """Row 2: the deadline that units are told is that of row 3, counted from this row's own.

    Where the letters leave later than that (the machine was off), it is counted from when they leave.
    """
    leaves_at = max(cycle.due_at, office.calendar.next_office_moment(at))
    collected_by = row_due_at(cycle, Step.COLLECT, leaves_at, office)
    return replace(cycle, units=tuple(_given_time(form, form.due_at or collected_by) for form in cycle.units))


def _given_time(form: UnitForm, due_at: datetime) -> UnitForm:
    """Return a unit's part with its deadline; the one that was told first is kept beside it."""
    return replace(form, due_at=due_at, first_due_at=form.first_due_at or due_at)


def requests(cycle: Cycle, at: datetime, office: Office) -> tuple[Letter, ...]:
    """Row 2: every Kepala Bidang gets the letter and the unit's own form; listed Kasi and Kasubbag get a copy."""
    return tuple(letter for form in cycle.units for letter in _request_letters(cycle, form, at, office))


def requests_open(cycle: Cycle, at: datetime, office: Office) -> tuple[Letter, ...]:
    """Rows 2 to 4: the requests of the forms that are not accepted yet."""
    waiting = (form for form in cycle.units if form.state is not UnitState.ACCEPTED)
    return tuple(letter for form in waiting for letter in _request_letters(cycle, form, at, office))


def _request_letters(cycle: Cycle, form: UnitForm, at: datetime, office: Office) -> tuple[Letter, ...]:
    """Return the row 2 letters of one unit: to its head, and a copy to each listed section head."""
    head = holder(Role.DIVISION_HEAD, office, at, form.unit)
    if head is None:
        return ()
    copies = office.roster.section_heads(form.unit, office.calendar.local(at).date())
    return (
        _request_letter(Request(), cycle, form, head, at, office),
        *(_request_letter(RequestCopy(), cycle, form, person, at, office) for person in copies),
    )


def _request_letter(
    about: Request | RequestCopy, cycle: Cycle, form: UnitForm, person: Person, at: datetime, office: Office
) -> Letter:
    """Return the request to one person, with the Surat Pengantar and the unit's own form."""
    return make_letter(
        about,
        cycle,
        on_initiative(person, office, at),
        form.unit,
        person.key,
        unit=form.unit,
        due_at=form.due_at,
        enclosures=(
            Enclosure(kind=EnclosureKind.COVER_LETTER, unit=form.unit),
            Enclosure(kind=EnclosureKind.FORM, unit=form.unit),
        ),
    )


def kept_to_promises(cycle: Cycle, at: datetime, office: Office) -> Cycle:
    """Row 3: it should not be over before the deadlines that the units were told."""
    del at, office
    promised = (form.due_at for form in cycle.units if form.due_at is not None)
    return replace(cycle, due_at=max((cycle.due_at, *promised)))


def recap(cycle: Cycle, at: datetime, office: Office) -> tuple[Letter, ...]:
    """Row 5: Subbag Program gets the recap of every figure; where the draft follows at once, its letter carries it."""
    planning = holder(Role.PLANNING, office, at)
    if planning is None or _draft_follows(office):
        return ()
    to = on_initiative(planning, office, at)
    return (make_letter(Recap(), cycle, to, cycle.round, due_at=cycle.due_at, enclosures=(_RECAP,)),)


_RECAP = Enclosure(kind=EnclosureKind.RECAP)


def _draft_follows(office: Office) -> bool:
    """Say whether row 5 takes no time of its own."""
    return office.sop.row(Step.ANALYSE).done_when is DoneWhen.AT_ONCE


def _brings_figures(cycle: Cycle, office: Office) -> bool:
    """Say whether the draft is the first since the figures were gathered; what its author edits then is none."""
    draft = cycle.draft
    gathered = bool(cycle.rows_done) and cycle.rows_done[-1][0] is Step.ANALYSE
    return draft is not None and gathered and _draft_follows(office) and (not draft.edited_by or draft.again > 0)


def draft_wanted(cycle: Cycle, at: datetime, office: Office) -> Cycle:
    """Row 6: the draft is wanted; its letter leaves when it is compiled, or found to be the same as before.

    One that hands have edited stays what it is, whatever the data say by now; any other is compiled anew. Where remarks
    brought it back, it lies with its author at once, as it was. After KOREKSI it is the next version whatever it says.
    """
    del at, office
    draft = cycle.draft
    if draft is None:
        return replace(cycle, draft=Draft(version=1))
    if cycle.rows_done and cycle.rows_done[-1][0] is Step.SUBMIT:
        grown_from = draft.docx_sha256 if draft.edited_by else ""
        following = Draft(version=draft.version + 1, edited_by=draft.edited_by, grown_from=grown_from)
        return replace(cycle, draft=following)
    returned = bool(cycle.rows_done) and cycle.rows_done[-1][0] in {Step.REVIEW, Step.RATIFY}
    compiled_at = draft.compiled_at if returned else None
    kept = replace(draft, again=draft.again + 1, passed_on=False, asked=False)
    return replace(cycle, draft=replace(kept, renew=not draft.edited_by, compiled_at=compiled_at))


def draft_laid(cycle: Cycle, at: datetime, office: Office) -> tuple[Letter, ...]:
    """Row 6: the compiled draft goes to Subbag Program, with the recap of the figures that are new in it."""
    figures = _brings_figures(cycle, office)
    along = (_RECAP,) if figures else ()
    laid = partial(DraftToPlanning, figures=figures)
    return _with_draft(laid, Step.DRAFT, Role.PLANNING, cycle, at, office, *along)


def review(cycle: Cycle, at: datetime, office: Office) -> tuple[Letter, ...]:
    """Row 6b: the draft goes to the Sekretaris; one that is still to be stamped for who signs now, when it is."""
    if awaits_draft(cycle):
        return ()
    return _with_draft(Review, Step.REVIEW, Role.SECRETARY, cycle, at, office)


def ratification(cycle: Cycle, at: datetime, office: Office) -> tuple[Letter, ...]:
    """Row 7: the reviewed draft goes to the Kepala Dinas."""
    head = holder(Role.AGENCY_HEAD, office, at)
    his_own = head is not None and own_review(cycle, head, office)
    return _with_draft(partial(Ratify, own_review=his_own), Step.RATIFY, Role.AGENCY_HEAD, cycle, at, office)


def closing(cycle: Cycle, at: datetime, office: Office) -> tuple[Letter, ...]:
    """After row 8: whoever judged the report is told; Subbag Program is with what is to be printed (`afterwards`)."""
    people = [holder(role, office, at) for role in (Role.SECRETARY, Role.AGENCY_HEAD)]
    return tuple(closed_letter(Closed(), cycle, one, at, office) for one in people if one is not None)


def closed_letter(
    about: Closed, cycle: Cycle, person: Person, at: datetime, office: Office, *more: Enclosure
) -> Letter:
    """Return the letter by which somebody learns that the cycle is over, with the report."""
    anew = (cycle.corrected,) if cycle.corrected else ()
    enclosures = (*report_enclosures(cycle), *more)
    return make_letter(about, cycle, on_initiative(person, office, at), person.key, *anew, enclosures=enclosures)


def _with_draft(
    speaks_of: Callable[..., WithDraft],
    step: Step,
    role: Role,
    cycle: Cycle,
    at: datetime,
    office: Office,
    *more: Enclosure,
) -> tuple[Letter, ...]:
    """Return the letter that lays the current draft before somebody, bound to its version and digest."""
    person, draft = holder(role, office, at), cycle.draft
    if person is None or draft is None:
        return ()
    former = former_seen(cycle, person.key, at)
    about = speaks_of(
        version=draft.version,
        sha_short=draft.docx_sha256[:12],
        former=former.version if former is not None and former.version != draft.version else None,
        same=former is not None and former.version == draft.version,
        signer=draft.signer if draft.signer_before else "",
        signer_before=draft.signer_before,
    )
    letter = make_letter(
        about,
        cycle,
        on_initiative(person, office, at),
        *((draft.version, draft.again) if draft.again else (draft.version,)),
        asks=asked_in(cycle, step),
        due_at=cycle.due_at,
        enclosures=(draft_enclosure(cycle), *compared(cycle, former), *more),
    )
    numbers = tuple(one.number for one in for_brief(cycle, step)) if step in _BRIEFED else ()
    return (repeating(letter, numbers),)


def draft_enclosure(cycle: Cycle) -> Enclosure:
    """Return the current draft as something a letter can carry; without a digest, the draft as it stands today."""
    draft = cycle.draft
    outdated = draft is None or (draft.renew and draft.compiled_at is None)
    return Enclosure(kind=EnclosureKind.DRAFT, sha256="" if draft is None or outdated else draft.docx_sha256)


def report_enclosures(cycle: Cycle) -> tuple[Enclosure, ...]:
    """Return the ratified report, as it was compiled: a PDF that came with DISAHKAN is never sent on as signed.

    A cycle that was closed without any report has none.
    """
    return (Enclosure(kind=EnclosureKind.REPORT, sha256=cycle.draft.docx_sha256),) if cycle.draft else ()
