"""Where one reporting cycle stands: its row of the SOP, each unit's form, the draft and the verdicts given on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from mailbot.core.model.sop import Step

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from mailbot.core.delivery.delivery import Delivery
    from mailbot.core.draft.versions import Draft, SeenDraft
    from mailbot.core.model.form import Submission
    from mailbot.core.model.indicators import Period
    from mailbot.core.model.mail import Evidence, Proof
    from mailbot.core.model.office import Office
    from mailbot.core.opening.opening_facts import Cancelled
    from mailbot.core.papers.kept import KeptPaper
    from mailbot.core.recall.deputies import Deputy
    from mailbot.core.recall.orders import Order
    from mailbot.core.remarks.listed import ListedRemark


class UnitState(StrEnum):
    """Where a unit's form stands."""

    WAITING = "waiting"
    """Asked, nothing usable came yet."""
    RETURNED = "returned"
    """The last form went back with faults."""
    PARTIAL = "partial"
    """What came is in order, but not everything has come."""
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLines:
    """Answers that came as lines of a mail, as they were read back to the unit; its word BENAR makes them a form."""

    read: Submission
    """`number` counts this unit's mails of lines; `data` is laid over what the unit sent before."""
    mail_sha256: str
    written: str = ""
    """The own words of every mail since lines began to wait: as a file, what the unit sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingForm:
    """A form that waits for the word BENAR of its unit's head; nothing of it counts."""

    read: Submission
    """`number` counts the unit's forms that waited; `faults` are those of reading alone."""
    evidence: tuple[Evidence, ...] = ()
    listed: bool = False
    """It came from an address on the list, and is not proved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitForm:
    """One unit's part in a cycle: `submissions` is all that came, `counted` the number that counts (0: none)."""

    unit: str
    state: UnitState = UnitState.WAITING
    due_at: datetime | None = None
    """Own deadline; moves by PERPANJANG."""
    first_due_at: datetime | None = None
    """Own deadline as it was told first."""
    submissions: tuple[Submission, ...] = ()
    counted: int = 0
    accepted_at: datetime | None = None
    snoozed_until: datetime | None = None
    """No reminder before this moment (TUNDA n HARI, or a vacation reply's return date)."""
    away_until: datetime | None = None
    """When the unit's head is back, as his vacation reply said."""
    deputy: str = ""
    """Key of who stands in for him until then; empty where nobody of the unit's people was named."""
    reopened: int = 0
    """How often an accepted form was opened again (SALAH, KEMBALIKAN)."""
    reminders: int = 0
    """How many reminders of it there were since it was asked for, or its deadline was moved."""
    reminded_at: datetime | None = None
    told_above: tuple[str, ...] = ()
    """What superiors were told of it: reason, rung, whom and on which day (`core/chasing/ladder.py`)."""
    line_mails: int = 0
    """How many mails of this unit held answers in lines."""
    waiting: WaitingLines | None = None
    """Lines that were read back and wait for BENAR."""
    evidence: tuple[Evidence, ...] = ()
    """Every file of evidence the unit sent in this cycle, in the order it came, each content once."""
    waiting_forms: tuple[WaitingForm, ...] = ()
    """Forms that nobody has vouched for; the newest of each sender."""
    forms_asked: int = 0
    """How many forms of this unit have waited for the head's word."""
    ordered: Order | None = None
    """The last order about it, while it may be taken back."""
    admitted: tuple[str, ...] = ()
    """Addresses on nobody's list, in small letters, whose form the unit's head has confirmed."""

    @property
    def attempts(self) -> int:
        """Return how many forms came from this unit."""
        return len(self.submissions)

    @property
    def returned(self) -> int:
        """Return how many forms did not count when they came: faulty, incomplete beside a whole one, or late."""
        return sum(not submission.accepted for submission in self.submissions)

    @property
    def counting(self) -> Submission | None:
        """Return the submission that counts, or None."""
        return next((submission for submission in self.submissions if submission.number == self.counted), None)

    @property
    def former(self) -> Submission | None:
        """Return the form a new one is compared with: the one that counts, else the newest good one, else the newest.

        After SALAH none counts, and yet the unit wants to see what it changed.
        """
        good = [submission for submission in self.submissions if submission.accepted]
        return self.counting or next(reversed(good or self.submissions), None)

    @property
    def rival(self) -> Submission | None:
        """Return the newest whole form that came after the one that counts and waits for the head's word, or None."""
        newer = [form for form in self.submissions if form.accepted and form.number > self.counted]
        return newer[-1] if newer and self.state is UnitState.ACCEPTED else None

    @property
    def settled(self) -> bool:
        """Say whether nothing is owed of the unit: its form counts, and no other one waits beside it for the head."""
        return self.state is UnitState.ACCEPTED and self.rival is None

    def waiting_form(self, number: int) -> WaitingForm | None:
        """Return the form of that number that waits for the head's word, None if it waits no more."""
        return next((form for form in self.waiting_forms if form.read.number == number), None)

    def with_submission(self, submission: Submission) -> UnitForm:
        """Return the unit's part with one more form kept; it takes the place of lines that waited."""
        return replace(self, submissions=(*self.submissions, submission), waiting=None)

    def with_evidence(self, evidence: tuple[Evidence, ...]) -> UnitForm:
        """Return the unit's part with more evidence kept; what is known by its content stays with its first mail."""
        kept = {file.file_sha256 for file in self.evidence}
        new = tuple(file for file in evidence if file.file_sha256 not in kept)
        return replace(self, evidence=(*self.evidence, *new)) if new else self

    def accepting(self, submission: Submission, at: datetime) -> UnitForm:
        """Return the unit's part with that form, already kept, as the one that counts."""
        return replace(self, state=UnitState.ACCEPTED, counted=submission.number, accepted_at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One recorded decision, bound to the very bytes it was given on."""

    step: Step
    person: str
    address: str
    word: str
    approved: bool
    draft_version: int
    docx_sha256: str
    given_at: datetime
    message_id: str
    mail_sha256: str
    proof: Proof
    remarks: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    """SHA-256 of what came along: with a refusal, the draft with notes in it, as a document or a scan."""
    stands_at: datetime | None = None
    """Until then BATAL takes it back, and nothing comes of it; None: it stood at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """One reporting cycle; `version` grows by one at every write and is compared at the commit."""

    key: str
    period: Period
    step: Step
    since: datetime
    """When the present row was entered."""
    due_at: datetime
    """When the present row should be over."""
    opened_at: datetime
    round: int = 1
    """How often the present row was entered (a refusal leads back), so that its letters have keys of their own."""
    closed_at: datetime | None = None
    version: int = 0
    units: tuple[UnitForm, ...] = ()
    draft: Draft | None = None
    verdicts: tuple[Verdict, ...] = ()
    row_days: tuple[tuple[Step, int], ...] = ()
    """Durations in working days that this cycle overrides."""
    rows_done: tuple[tuple[Step, datetime, datetime, datetime], ...] = ()
    """For every row left behind: the step, when it was entered, when it was due, when it was left."""
    reminders: int = 0
    """How many reminders whoever owes the present row got since it was entered."""
    reminded_at: datetime | None = None
    told_above: tuple[str, ...] = ()  # as of a unit's form, of the present row's word
    undecided: bool = False
    """In row 1 the Sekretaris has written something that is no plain word: then his silence consents to nothing."""
    signed_pdf_sha256: str = ""
    """The PDF that came with DISAHKAN, if one did: kept, and not passed on, for its signature was not looked at."""
    recalled: tuple[Verdict, ...] = ()
    """Words that were taken back before they stood: they decide nothing, and are kept for the record."""
    deputies: tuple[Deputy, ...] = ()
    """Who stands in for whom by a mail of the principal that was about this cycle; it holds for the whole office."""
    corrected: int = 0
    """How often KOREKSI has opened it again after the report was handed over."""
    delivery: Delivery | None = None
    """How far the delivery of the ratified report has come; None before row 8, and where it left before that was kept.
    """
    papers: tuple[KeptPaper, ...] = ()
    """Every signed paper that came back in rows 7 and 8, and what was found in it."""
    seen: tuple[SeenDraft, ...] = ()
    """What each who reads drafts got last, so that he is told what changed since."""
    remarks: tuple[ListedRemark, ...] = ()
    """What the Sekretaris and the Kepala Dinas remarked on drafts, numbered over all rounds, with the answers."""

    cancelled: Cancelled | None = None
    """It was opened by mistake, and is withdrawn."""

    @property
    def closed(self) -> bool:
        """Say whether the report is acknowledged and archived, or the cycle cancelled."""
        return self.closed_at is not None

    @property
    def archive_key(self) -> str:
        """Return under which name it is archived: each correction is an archive of its own."""
        return f"{self.key}-koreksi-{self.corrected}" if self.corrected else self.key

    def unit(self, key: str) -> UnitForm:
        """Return that unit's part; raises KeyError if the unit is not asked in this cycle."""
        form = self.form_of(key)
        if form is None:
            raise KeyError(key)
        return form

    def form_of(self, key: str) -> UnitForm | None:
        """Return that unit's part, None if the unit is not asked in this cycle."""
        return next((form for form in self.units if form.unit == key), None)

    def with_evidence(self, unit: str, evidence: tuple[Evidence, ...]) -> Cycle:
        """Return the cycle with that unit's evidence kept; the very same one where nothing is new, or once closed."""
        form = self.form_of(unit)
        kept = form.with_evidence(evidence) if form is not None and not self.closed else form
        return self if kept is form or kept is None else self.with_unit(kept)

    def with_unit(self, form: UnitForm) -> Cycle:
        """Return the cycle with that unit's part in place of its former one."""
        return replace(self, units=tuple(form if old.unit == form.unit else old for old in self.units))


def admitting(cycles: Iterable[Cycle], address: str) -> tuple[str, ...]:
    """Return the units whose heads have vouched for a form from that address (in small letters) in an open cycle."""
    forms = (form for cycle in cycles if not cycle.closed for form in cycle.units)
    return tuple(dict.fromkeys(form.unit for form in forms if address in form.admitted))


def row_due_at(cycle: Cycle, step: Step, since: datetime, office: Office) -> datetime:
    """Return the deadline (UTC) of a row whose time runs from `since`, by the cycle's own durations if it has any."""
    return row_ends_at(cycle.row_days, step, since, office)


def row_ends_at(row_days: tuple[tuple[Step, int], ...], step: Step, since: datetime, office: Office) -> datetime:
    """Return the same of a cycle with these durations, which need not be open."""
    row = office.sop.row(step)
    own = dict(row_days).get(step)
    if own is None and row.hours:
        return office.calendar.add_hours(since, row.hours)
    return office.calendar.add_days(since, row.days if own is None else own)


def mended_by(cycle: Cycle, form: UnitForm, fact_at: datetime, received_at: datetime, office: Office) -> datetime:
    """Return until when a unit may mend a form that goes back: its first one gives it row 4's time, once.

    A deadline that had passed when the form came stays, and so does one after a form that went back before: else a unit
    that sends a faulty form a day is never late.
    """
    due_at = form.due_at
    if due_at is not None and (received_at > due_at or form.returned):
        return due_at
    return answer_by(cycle, form, fact_at, office)


def answer_by(cycle: Cycle, form: UnitForm, at: datetime, office: Office) -> datetime:
    """Return until when a unit may mend its form: its own deadline, but never less than row 4's time from `at`.

    A form that goes back on the last afternoon cannot be asked for on the same afternoon.
    """
    mended_by = row_due_at(cycle, Step.CHECK, at, office)
    return max(form.due_at, mended_by) if form.due_at is not None else mended_by
