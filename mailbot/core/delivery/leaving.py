"""How the report leaves in row 8: what is still wanting is asked for, then cover letter, report and copies go out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.codes.awaited import Awaited
from mailbot.core.delivery.awaiting import awaited, wanting
from mailbot.core.delivery.delivery import Delivery, ToldNumber
from mailbot.core.delivery.letter_numbers import GAP, GivenNumber, Numbered
from mailbot.core.delivery.letters_of_delivery import CopySent, NumberWanted, PaperWanted
from mailbot.core.model.cycle import Cycle, row_due_at
from mailbot.core.model.letters import AlarmCode, Enclosure, EnclosureKind
from mailbot.core.model.letters_of_rows import ReportSubmitted
from mailbot.core.model.letters_to_operator import Alarm
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.papers.checked import PaperKind
from mailbot.core.papers.kept import signed
from mailbot.core.procedure.addressing import holder, line, make_letter, on_initiative
from mailbot.core.procedure.word_asked import asked_in, asked_now

if TYPE_CHECKING:
    from datetime import date, datetime

    from mailbot.core.model.facts import TimePassed
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import JournalLine
    from mailbot.core.model.people import Person


def prepared(cycle: Cycle, at: datetime, office: Office) -> Cycle:
    """Row 8: the cover letter takes a number that is set aside for it; where nothing is wanting, the report leaves."""
    draft, kept = cycle.draft, cycle.delivery
    if draft is None:
        return cycle
    fresh = Delivery(version=draft.version, report_sha256=draft.docx_sha256)
    if kept is not None and kept.agenda and kept.leaves_at is None:  # its report was called back before it left
        begun = replace(fresh, agenda=kept.agenda, number=kept.number, day=kept.day)
    else:
        begun = _begun(fresh, at, office)
    return gone_on(replace(cycle, delivery=begun), at, office, hour_ends=cycle.due_at)


def _begun(delivery: Delivery, at: datetime, office: Office) -> Delivery:
    """Return a delivery with the next number of the block for letters that go out, where one is left."""
    day = day_borne(at, office)
    agenda = office.letter_numbers.next_out(day)
    whole = office.letter_numbers.whole(agenda, Numbered.SUBMISSION, day) if agenda else ""
    return replace(delivery, agenda=agenda, number=whole, day=day)


def day_borne(at: datetime, office: Office) -> date:
    """Return the day that a letter of this moment bears: that on which it may leave."""
    return office.calendar.local(office.calendar.next_office_moment(at)).date()


def gone_on(cycle: Cycle, at: datetime, office: Office, *, hour_ends: datetime | None = None) -> Cycle:
    """Return the cycle with the time for what is wanting now; where nothing is, the report leaves.

    The hour of row 8 is ours, and runs from when nothing is wanting; the receiver is asked within working days.

    Args:
        cycle: the cycle in row 8.
        at: the moment.
        office: the office.
        hour_ends: when the row's hour ends, where it runs already.
    """
    delivery = cycle.delivery
    if delivery is None or delivery.leaves_at is not None:
        return cycle
    wants = wanting(cycle, office)
    cycle = replace(cycle, delivery=replace(delivery, wants=wants), reminders=0, reminded_at=None, told_above=())
    if wants is not None:
        return replace(cycle, due_at=office.calendar.add_days(at, office.policy.answer_days))
    ends = hour_ends or row_due_at(cycle, Step.SUBMIT, at, office)
    days = office.policy.receipt_days
    day = delivery.day if delivery.agenda else day_borne(at, office)
    leaving = replace(delivery, wants=None, leaves_at=at, hour_ends=ends, day=day)
    return replace(cycle, delivery=leaving, due_at=office.calendar.add_days(at, days) if days else ends)


def time_passed(cycle: Cycle, fact: TimePassed, office: Office) -> Outcome:
    """Row 8: go on where nothing is wanting any more: numbers were set aside, or the office wants none; else remind."""
    delivery = cycle.delivery
    if delivery is None or delivery.leaves_at is not None:
        return Outcome(cycle=cycle, done=True)
    known = delivery if delivery.agenda or delivery.told else _begun(delivery, fact.at, office)
    known = known if known.agenda else delivery  # the day alone is no news
    if delivery.told is not None and fact.heard_until is not None and fact.heard_until >= delivery.told.stands_at:
        known = _standing(delivery, delivery.told, office)
    today = min(fact.at, fact.heard_until) if fact.heard_until is not None else None
    head = holder(Role.AGENCY_HEAD, office, today) if today is not None else None
    if known.signer and head is not None and head.key != known.signer:
        # Somebody else signs now, and all that came before is read: the cover letter is made anew.
        known = replace(known, cover_docx_sha256="", cover_pdf_sha256="", signer="")
    if known == delivery and wanting(cycle, office) is delivery.wants:
        return Outcome(cycle=cycle, done=True)
    moved = gone_on(replace(cycle, delivery=known), fact.at, office)
    journal, meant = left(cycle, moved, fact.at), letters(moved, fact.at, office)
    if delivery.told is not None and wanting(moved, office) is Awaited.NUMBER:  # another letter bears it by now
        meant = tuple(replace(one, key=f"{one.key}/{delivery.told.agenda}") for one in meant)
    return Outcome(cycle=moved, letters=meant, journal=journal, done=True)


def _standing(delivery: Delivery, told: ToldNumber, office: Office) -> Delivery:
    """Return the delivery with the number that was told, which stands now; another paper may have come to bear it."""
    free = office.letter_numbers.used_by(told.agenda, told.day) is None
    borne = delivery.numbered(GivenNumber(agenda=told.agenda, whole=told.number), told.day) if free else delivery
    return replace(borne, told=None)


def left(before: Cycle, after: Cycle, at: datetime) -> tuple[JournalLine, ...]:
    """Return the journal's line where the report leaves now: under which number, and until when our hour ran."""
    then, now = before.delivery, after.delivery
    if now is None or now.leaves_at is None or now.hour_ends is None or (then is not None and then.leaves_at):
        return ()
    ends, number = now.hour_ends.isoformat(), now.number
    return (line(at, "report_submitted", version=str(now.version), number=number, hour_ends=ends),)


def letters(cycle: Cycle, at: datetime, office: Office) -> tuple[Letter, ...]:
    """Row 8: what is wanting is asked for; then cover letter and report leave, and copies of both."""
    match wanting(cycle, office):
        case Awaited.NUMBER:
            return _number_wanted(cycle, at, office)
        case None:
            return _report_leaves(cycle, at, office)
        case _:
            return paper_wanted(cycle, at, office)


def paper_wanted(cycle: Cycle, at: datetime, office: Office, *again: object) -> tuple[Letter, ...]:
    """Ask the Kepala Dinas for the signed paper that the row waits for, if it does; `again`: what was no such paper."""
    wants = awaited(cycle, office)
    if wants not in {Awaited.SIGNED_REPORT, Awaited.SIGNED_COVER}:
        return ()
    kind = PaperKind.REPORT if wants is Awaited.SIGNED_REPORT else PaperKind.COVER_LETTER
    delivery, draft = cycle.delivery, cycle.draft
    made = (delivery.cover_pdf_sha256, delivery.cover_docx_sha256) if delivery is not None else ("", "")
    if kind is PaperKind.REPORT:
        made = (draft.pdf_sha256, draft.docx_sha256) if draft is not None else ("", "")
    name = "paper_to_sign" if kind is PaperKind.REPORT else "cover_to_sign"
    files = tuple(Enclosure(kind=EnclosureKind.FILE, sha256=sha256, name=name) for sha256 in made if sha256)[:1]
    about = PaperWanted(which=kind, by=office.ratification.of(kind), again=bool(again))
    head = holder(Role.AGENCY_HEAD, office, at)
    if head is None:
        return ()
    to = on_initiative(head, office, at)
    # A cover letter is made anew for who signs now; a word that was taken back asks anew when it is given again.
    own = (made[0][:12] or made[1][:12],) if kind is PaperKind.COVER_LETTER else (len(cycle.recalled),)
    parts = (kind.value, *_parts(cycle), *own, *again)
    asked = make_letter(about, cycle, to, *parts, asks=asked_now(cycle), due_at=cycle.due_at, enclosures=files)
    return (asked,)


def _number_wanted(cycle: Cycle, at: datetime, office: Office) -> tuple[Letter, ...]:
    """Ask Subbag Program for the number; the operator hears that a block is used up."""
    numbers, day = office.letter_numbers, day_borne(at, office)
    used_up = bool(numbers.reserved)
    example = numbers.whole(GAP, Numbered.SUBMISSION, day)
    about = NumberWanted(example=example, used_up=used_up)
    alarm = Alarm(what=AlarmCode.NUMBERS_USED_UP, detail=str(day.year))
    asked = _to(Role.PLANNING, about, cycle, at, office, *_parts(cycle), due_at=cycle.due_at)
    told = _to(Role.OPERATOR, alarm, cycle, at, office, alarm.what.value, "out", day.year, len(numbers.reserved))
    return (*asked, *told) if used_up else asked


def _to(
    role: Role,
    about: NumberWanted | Alarm,
    cycle: Cycle,
    at: datetime,
    office: Office,
    *parts: object,
    due_at: datetime | None = None,
) -> tuple[Letter, ...]:
    """Return a letter to who holds a post, none where nobody does."""
    person = holder(role, office, at)
    if person is None:
        return ()
    return (make_letter(about, cycle, on_initiative(person, office, at), *parts, due_at=due_at),)


def _parts(cycle: Cycle) -> tuple[object, ...]:
    """Return what tells the letters of one delivery apart from those of another."""
    return (cycle.draft.version if cycle.draft is not None else 0, cycle.round)


def _report_leaves(cycle: Cycle, at: datetime, office: Office) -> tuple[Letter, ...]:
    """Return the letter to Bappeda Litbang, with the request to confirm receipt, and one to each who gets a copy."""
    told = submission(cycle, at, office)
    if told is None or cycle.draft is None:
        return ()
    copied = office.roster.copied(office.calendar.local(at).date())
    copies = (_leaves_with(CopySent, person, cycle, at, office, cycle.draft.version, person.key) for person in copied)
    return (told, *copies)


def submission(cycle: Cycle, at: datetime, office: Office) -> Letter | None:
    """Return the letter to Bappeda Litbang as it would leave now; None where nobody holds the post."""
    board = holder(Role.PLANNING_BOARD, office, at)
    if board is None or cycle.draft is None:
        return None
    return _leaves_with(ReportSubmitted, board, cycle, at, office, cycle.draft.version)


def _leaves_with(
    kind: type[ReportSubmitted], person: Person, cycle: Cycle, at: datetime, office: Office, *parts: object
) -> Letter:
    """Return one letter that carries cover letter and report."""
    delivery = cycle.delivery
    number, agenda, day = (delivery.number, delivery.agenda, delivery.day) if delivery is not None else ("", "", None)
    asks = kind is ReportSubmitted
    return make_letter(
        kind(letter_number=agenda, whole_number=number, day=day, corrected=cycle.corrected),
        cycle,
        on_initiative(person, office, at),
        *parts,
        asks=asked_in(cycle, Step.SUBMIT) if asks else None,
        due_at=cycle.due_at if asks else None,
        enclosures=_outward(cycle, office),
    )


def _outward(cycle: Cycle, office: Office) -> tuple[Enclosure, ...]:
    """Return what leaves the house: cover letter and report, each as it was signed where it was."""
    cover = signed(cycle, PaperKind.COVER_LETTER)
    fixed = not office.policy.editable_leaves
    if cover is not None:
        own = Enclosure(kind=EnclosureKind.FILE, sha256=cover.check.file_sha256, name="signed_cover")
    else:
        own = Enclosure(kind=EnclosureKind.COVER_LETTER, fixed=fixed)
    return (own, *report_outward(cycle, office))


def report_outward(cycle: Cycle, office: Office) -> tuple[Enclosure, ...]:
    """Return the report as it leaves the house: as it was signed; nothing that can be edited unless that is wanted."""
    report = signed(cycle, PaperKind.REPORT)
    if report is not None:
        return (Enclosure(kind=EnclosureKind.FILE, sha256=report.check.file_sha256, name="signed_report"),)
    sha256 = cycle.draft.docx_sha256 if cycle.draft is not None else ""
    return (Enclosure(kind=EnclosureKind.REPORT, sha256=sha256, fixed=not office.policy.editable_leaves),)
