"""Letters whose words depend on a code: one sample for every such sentence, beside the one of `sample_letters`."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mailbot.core.chasing.debt import ToldAbove, Why
from mailbot.core.codes.awaited import Awaited
from mailbot.core.configuration.change import Changed
from mailbot.core.configuration.letters_of_configuration import (
    Answered,
    ConfigAnswered,
    DeadlineMoved,
    HolderChanged,
)
from mailbot.core.daily.news import Digest
from mailbot.core.delivery.letters_of_delivery import (
    HardCopyWanted,
    PaperNoted,
    PaperShown,
    PaperWanted,
    PublicationWanted,
)
from mailbot.core.draft.letters_of_drafts import DraftToPlanning, Ratify, Review
from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.indicators import Period
from mailbot.core.model.letters import About, AlarmCode, Answers, Reason
from mailbot.core.model.letters import LetterKind as K
from mailbot.core.model.letters_in_answer import (
    DOCX,
    Challenge,
    DraftAgain,
    Extended,
    FormWaits,
    NotYours,
    Origin,
    OutOfTurn,
    Status,
    Unclear,
    Unplaced,
    VerdictNoted,
    WhatLacks,
    Withheld,
)
from mailbot.core.model.letters_of_rows import (
    Closed,
    Conflict,
    Escalation,
    HelpWanted,
    Receipt,
    Reminder,
    Reopened,
    ReportSubmitted,
    Request,
    Returned,
    UnreadableFile,
)
from mailbot.core.model.letters_to_operator import Alarm, HeldFate, HeldNoted, Morning, SetAside
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.opening.letters_of_opening import (
    CycleCancelledTold,
    OpeningAhead,
    OpeningFate,
    OpeningMissed,
    OpeningNoted,
)
from mailbot.core.papers.checked import PaperKind, Ratified
from mailbot.core.recall.letters_of_recall import DeputyEcho, DeputyTold, Recall, Recalled, RecallTold
from mailbot.core.remarks.remark import OBJECT, PARAGRAPH, Marked, Remark, RemarkSource
from tests.offices.long_names import DUE
from tests.writing import sample_cycle
from tests.writing.sample_letters import CAME_AT, OPENS, WRITTEN_AT, Sample, debt_of, full_letter


def branch(about: About, *, to: str = "", unit: str | None = None) -> Sample:
    """Return the full letter of a kind with other values, addressee and unit."""
    sample = full_letter(about.letter_kind)
    letter = replace(
        sample.letter,
        about=about,
        to=to or sample.letter.to,
        unit=sample.letter.unit if unit is None else unit,
    )
    return replace(sample, letter=letter)


def _reminded(  # noqa: PLR0913 - a debt stands in so many ways
    state: UnitState,
    unit: str,
    to: str,
    *,
    late_days: int = 0,
    last: bool = False,
    lines_at: datetime | None = None,
    rival_at: datetime | None = None,
) -> Sample:
    """Return the reminder of a unit's form that stands so, with what the unit sent last."""
    about = Reminder(
        state=state, step=Step.COLLECT, late_days=late_days, last=last, lines_at=lines_at, rival_at=rival_at
    )
    sample = branch(about, to=to, unit=unit)
    sent = sample_cycle.unit_form(unit, state).submissions
    due_at = DUE if not late_days else WRITTEN_AT - timedelta(days=3)
    faults = sent[-1].faults if sent and state is UnitState.RETURNED else ()
    letter = replace(sample.letter, submission=sent[-1] if sent else None, faults=faults, due_at=due_at, open_rows=())
    return replace(sample, letter=letter)


def _gathered(about: Reminder) -> Sample:
    """Return the reminder to the Sekretaris of more than one thing."""
    sample = branch(about, to="secretary", unit="")
    return replace(sample, letter=replace(sample.letter, asks=None, submission=None, faults=(), open_rows=()))


def _above(told: ToldAbove, to: str = "secretary") -> Sample:
    """Return the letter to a superior about one debt."""
    return branch(Escalation(told=(told,)), to=to)


def _with_form(about: Conflict) -> Sample:
    """Return the question about a form that waits, with what it says."""
    sample = branch(about)
    form = full_letter(K.RECEIPT).letter.submission
    return replace(sample, letter=replace(sample.letter, submission=form))


def _unopened(*, proved: bool) -> Sample:
    """Return an answer to a mail with files that were not opened."""
    sample = full_letter(K.STATUS)
    answers = Answers(
        message_id="<balasan-1@example.go.id>",
        proved=proved,
        unopened=("catatan-21.txt", "catatan <22>.txt"),
        too_large=("Laporan & Lampiran.xlsx",),
    )
    return replace(sample, letter=replace(sample.letter, answers=answers))


def _with_window(sample: Sample) -> Sample:
    """Return the letter as it answers an order that can be taken back for a while."""
    until = WRITTEN_AT + timedelta(minutes=30)
    return replace(sample, letter=replace(sample.letter, recall_until=until))


def _went_back(sample: Sample) -> Sample:
    """Return the letter as its unit gets it while its form lies returned."""
    sent = sample_cycle.unit_form(sample.letter.unit, UnitState.RETURNED).submissions[-1]
    files = ("Form-Isian-DAFDUK-2025-perlu-disesuaikan.xlsx",)
    return replace(sample, letter=replace(sample.letter, submission=sent), files=files)


def _alarm(what: AlarmCode) -> Sample:
    """Return the alarm of a code that says nothing but itself."""
    return branch(Alarm(what=what))


NUMBER_FAULTS: tuple[WhatLacks, ...] = (
    Reason.NUMBER_PATTERN,
    Reason.NUMBER_YEAR,
    Reason.NUMBER_MONTH,
    Reason.NUMBER_USED,
    Reason.NUMBER_DAY,
)

_STAFF = "staf.dafduk@example.go.id"
_MARKED = Marked(
    remarks=(
        *(
            Remark(
                source=source,
                text="Capaian menurun dibanding tahun lalu.",
                former="meningkat",
                around="69,50 persen",
                heading="A. Capaian Kinerja Organisasi",
                author="Sekretaris",
                page=0 if source is not RemarkSource.ANNOTATION else 12,
            )
            for source in RemarkSource
            if source not in {RemarkSource.PHOTOGRAPH, RemarkSource.SCAN, RemarkSource.MAIL}
        ),
        Remark(source=RemarkSource.ANNOTATION, around="69,50", page=3),
        Remark(source=RemarkSource.INSERTED, text=f"Lihat {OBJECT}"),
        Remark(source=RemarkSource.INSERTED, text=PARAGRAPH, around="Satu. Dua."),
        Remark(source=RemarkSource.PHOTOGRAPH, file_name="IMG_2041.jpg"),
        Remark(source=RemarkSource.SCAN, file_name="pindaian.pdf"),
    ),
    more=3,
    damaged=("word/footnotes.xml",),
)


def _outside(about: About) -> Sample:
    """Return a letter to Subbag Program that belongs to no cycle."""
    made = branch(about, to="planning", unit="")
    return replace(made, cycle=None, letter=replace(made.letter, cycle="", due_at=None))


BRANCHES: dict[str, Sample] = {
    f"{K.CONFLICT}.unlisted": _with_form(Conflict(first="", second=_STAFF, listed=False)),
    f"{K.CONFLICT}.unproved": _with_form(Conflict(first="kasi_identitas", second="kabid_dafduk", proved=False)),
    f"{K.CONFLICT}.failed": _with_form(Conflict(first="", second="kabid_dafduk", proved=False, failed=True)),
    f"{K.FORM_WAITS}.listed": branch(FormWaits(listed=True)),
    f"{K.RECEIPT}.vouched_for": branch(Receipt(number=1, sender=_STAFF)),
    **{
        f"{K.UNCLEAR}.{reason.value}": branch(
            Unclear(word=Word.NOMOR, reason=reason, nearest="000.8.6.3/…/425.111/2026"), to="planning"
        )
        for reason in NUMBER_FAULTS
    },
    f"{K.SUBMISSION}.corrected": branch(ReportSubmitted(corrected=1)),
    f"{K.CLOSED}.told": branch(Closed(), to="secretary"),
    f"{K.CLOSED}.prints": branch(Closed(archive="arsip/2025", prints=True, sheets=144)),
    f"{K.HARD_COPY_WANTED}.publishes": branch(HardCopyWanted(folder="2025", publishes=True, where="lkjip.go.id")),
    f"{K.PUBLICATION_WANTED}.again": branch(PublicationWanted(again=True)),
    f"{K.UNCLEAR}.publication": branch(Unclear(word=Word.TERBIT, reason=Reason.PUBLICATION), to="planning"),
    f"{K.VERDICT_NOTED}.filed": branch(VerdictNoted(word=Word.ARSIP, step=Step.SUBMIT), to="planning"),
    f"{K.VERDICT_NOTED}.filed_and_published": branch(
        VerdictNoted(word=Word.ARSIP, also=Word.TERBIT, step=Step.SUBMIT), to="planning"
    ),
    f"{K.PAPER_WANTED}.scan": branch(PaperWanted(which=PaperKind.COVER_LETTER, by=Ratified.SCAN, again=True)),
    f"{K.PAPER_NOTED}.counts": branch(PaperNoted(which=PaperKind.REPORT, counts=True)),
    f"{K.PAPER_NOTED}.shown": branch(PaperNoted(which=PaperKind.COVER_LETTER, shown=True)),
    f"{K.PAPER_NOTED}.confirmed": branch(PaperNoted(which=PaperKind.REPORT, looked="yes"), to="planning"),
    f"{K.PAPER_NOTED}.rejected": branch(PaperNoted(which=PaperKind.REPORT, looked="no"), to="planning"),
    f"{K.REMINDER}.nothing_yet": _reminded(UnitState.WAITING, "capil", "kabid_capil"),
    f"{K.REMINDER}.returned_late": _reminded(UnitState.RETURNED, "dafduk", "kabid_dafduk", late_days=3, last=True),
    f"{K.REMINDER}.last_to_head": branch(
        Reminder(state=Step.RATIFY, step=Step.RATIFY, late_days=2, last=True), to="head", unit=""
    ),
    f"{K.REMINDER}.lines": _reminded(UnitState.WAITING, "capil", "kabid_capil", lines_at=CAME_AT),
    f"{K.REMINDER}.rival": _reminded(UnitState.ACCEPTED, "sekretariat", "secretary", rival_at=CAME_AT),
    f"{K.REMINDER}.gathered": _gathered(
        Reminder(
            state=Step.REVIEW,
            step=Step.REVIEW,
            late_days=0,
            reference="mb1.fedcba9876543210",
            beside=(debt_of("secretary", state=Step.REVIEW, cycle="2026-tw1"), debt_of("secretary", "sekretariat")),
        )
    ),
    f"{K.ESCALATION}.one": _above(ToldAbove(debt=debt_of("kabid_capil", "capil"), why=(Why.STOPPED,), late_days=2)),
    f"{K.ESCALATION}.away": _above(
        ToldAbove(
            debt=replace(debt_of("kabid_capil", "capil"), due_at=DUE, away_until=WRITTEN_AT + timedelta(days=4)),
            why=(Why.AWAY,),
            late_days=0,
        )
    ),
    f"{K.ESCALATION}.away_late": _above(
        ToldAbove(
            debt=replace(debt_of("kabid_capil", "capil"), away_until=WRITTEN_AT + timedelta(days=4)),
            why=(Why.AWAY,),
            late_days=2,
        )
    ),
    f"{K.ESCALATION}.head": _above(ToldAbove(debt=debt_of("head", state=Step.RATIFY), why=(Why.LATE,), late_days=2)),
    f"{K.ESCALATION}.board": _above(
        ToldAbove(debt=debt_of("bappeda", state=Step.SUBMIT), why=(Why.LATE,), late_days=2), to="planning"
    ),
    f"{K.REMINDER}.look": branch(
        Reminder(state=Step.RATIFY, step=Step.RATIFY, late_days=0, wanting=Awaited.LOOK), to="planning", unit=""
    ),
    f"{K.REMINDER}.signed_cover": branch(
        Reminder(state=Step.SUBMIT, step=Step.SUBMIT, late_days=0, wanting=Awaited.SIGNED_COVER), to="head", unit=""
    ),
    f"{K.REMINDER}.number": branch(
        Reminder(state=Step.SUBMIT, step=Step.SUBMIT, late_days=0, wanting=Awaited.NUMBER), to="planning", unit=""
    ),
    f"{K.VERDICT_NOTED}.number": branch(
        VerdictNoted(word=Word.NOMOR, step=Step.SUBMIT, number="000.8.6.3/0121/425.111/2026"), to="planning"
    ),
    f"{K.VERDICT_NOTED}.signed": branch(
        VerdictNoted(word=Word.DISAHKAN, step=Step.RATIFY, version=2, signer="Contoh Kepala Dinas"), to="head"
    ),
    f"{K.VERDICT_NOTED}.unproved": branch(
        VerdictNoted(word=Word.DITERIMA, step=Step.SUBMIT, unproved=True), to="bappeda"
    ),
    f"{K.UNCLEAR}.no_thread": branch(Unclear(word=Word.SETUJU, reason=Reason.NO_THREAD)),
    f"{K.UNCLEAR}.letter_gone": branch(Unclear(word=Word.SETUJU, reason=Reason.LETTER_GONE)),
    f"{K.UNCLEAR}.with_document": branch(Unclear(word=Word.SETUJU, reason=Reason.WITH_DOCUMENT)),
    f"{K.UNCLEAR}.with_marks": branch(Unclear(word=Word.SETUJU, reason=Reason.WITH_MARKS, marked=_MARKED)),
    f"{K.UNCLEAR}.no_marks": branch(Unclear(reason=Reason.NO_MARKS)),
    f"{K.UNCLEAR}.loose_marks": branch(Unclear(reason=Reason.LOOSE_MARKS)),
    f"{K.UNCLEAR}.to_be_seen": branch(Unclear(reason=Reason.TO_BE_SEEN)),
    f"{K.UNCLEAR}.bad_code": branch(Unclear(word=Word.SETUJU, reason=Reason.BAD_CODE)),
    f"{K.UNCLEAR}.which": branch(Unclear(reason=Reason.WHICH)),
    f"{K.UNCLEAR}.same_person": branch(Unclear(word=Word.DISAHKAN, reason=Reason.SAME_PERSON), to="head"),
    f"{K.UNCLEAR}.no_reason": branch(Unclear(word=Word.PERBAIKI, reason=Reason.NO_REASON)),
    f"{K.UNCLEAR}.nil_needs_code": branch(
        Unclear(word=Word.NIHIL, reason=Reason.NIL_NEEDS_CODE), to="kabid_dafduk", unit="dafduk"
    ),
    f"{K.UNCLEAR}.bad_days": branch(
        Unclear(word=Word.TUNDA, reason=Reason.BAD_DAYS, count=5), to="kabid_dafduk", unit="dafduk"
    ),
    f"{K.UNCLEAR}.unknown_code": branch(Unclear(word=Word.ASAL, reason=Reason.UNKNOWN_CODE)),
    f"{K.UNCLEAR}.nearest_code": branch(Unclear(word=Word.ASAL, reason=Reason.UNKNOWN_CODE, nearest="IKU-02")),
    f"{K.ORIGIN}.objective": branch(Origin(word=Word.ASAL, code="SS1"), to="secretary", unit=""),
    f"{K.ORIGIN}.awaited": replace(
        branch(Origin(word=Word.ASAL, code="IKU-03"), to="secretary", unit=""),
        cycle=sample_cycle.collecting(),
        files=(),
    ),
    **{
        f"{K.ORIGIN}.{why}": branch(Origin(word=Word.ASAL, code="IKU-02", withheld=why), to="secretary", unit="dafduk")
        for why in Withheld
    },
    f"{K.UNCLEAR}.unknown_unit": branch(Unclear(word=Word.TERIMA, reason=Reason.UNKNOWN_UNIT), to="planning"),
    f"{K.UNCLEAR}.bad_date": branch(
        Unclear(word=Word.PERPANJANG, reason=Reason.BAD_DATE), to="planning", unit="dafduk"
    ),
    f"{K.UNCLEAR}.too_large": branch(Unclear(reason=Reason.TOO_LARGE), to="head"),
    f"{K.UNCLEAR}.gesture": branch(Unclear(reason=Reason.GESTURE), to="head"),
    f"{K.UNCLEAR}.no_reason.unit": branch(
        Unclear(word=Word.KEMBALIKAN, reason=Reason.NO_REASON), to="planning", unit="dafduk"
    ),
    f"{K.HELP_WANTED}.locked": branch(HelpWanted(person="kabid_dafduk", locked=True)),
    f"{K.OUT_OF_TURN}.recorded": branch(OutOfTurn(word=Word.SETUJU, reason=Reason.RECORDED)),
    f"{K.OUT_OF_TURN}.already": branch(OutOfTurn(word=Word.DISAHKAN, reason=Reason.ALREADY)),
    f"{K.OUT_OF_TURN}.old_version": branch(OutOfTurn(word=Word.DISAHKAN, reason=Reason.OLD_VERSION)),
    f"{K.OUT_OF_TURN}.another_signs": branch(OutOfTurn(word=Word.DISAHKAN, reason=Reason.ANOTHER_SIGNS)),
    f"{K.REVIEW}.same": branch(Review(version=2, sha_short="0123456789ab", same=True)),
    f"{K.REVIEW}.signer": branch(
        Review(version=3, sha_short="0123456789ab", former=2, signer="head", signer_before="secretary")
    ),
    f"{K.DRAFT}.figures": branch(DraftToPlanning(version=1, sha_short="0123456789ab", figures=True)),
    f"{K.DRAFT}.same": branch(DraftToPlanning(version=2, sha_short="0123456789ab", same=True)),
    f"{K.VERDICT_NOTED}.changes": branch(
        VerdictNoted(word=Word.BENAR, step=Step.DRAFT, version=2, sha_short="0123456789ab"), to="planning"
    ),
    f"{K.VERDICT_NOTED}.same": branch(
        VerdictNoted(word=DOCX, step=Step.DRAFT, version=2, sha_short="0123456789ab", same=True), to="planning"
    ),
    f"{K.VERDICT_NOTED}.until": branch(
        VerdictNoted(
            word=Word.DISAHKAN,
            step=Step.RATIFY,
            version=2,
            sha_short="0123456789ab",
            until=WRITTEN_AT + timedelta(minutes=30),
        ),
        to="head",
    ),
    f"{K.VERDICT_NOTED}.order": _with_window(
        branch(VerdictNoted(word=Word.TERIMA, step=Step.CHECK), to="planning", unit="dafduk")
    ),
    f"{K.EXTENDED}.returned": _went_back(branch(Extended())),
    f"{K.EXTENDED}.snoozed": _with_window(branch(Extended(word=Word.TUNDA, reason=Reason.SNOOZE, count=2))),
    f"{K.REOPENED}.order": _with_window(branch(Reopened(person="kabid_dafduk"))),
    f"{K.RECALLED}.pulled_back": replace(
        branch(Recalled(word=Word.BATAL, fate=Recall.PULLED_BACK, step=Step.RATIFY, version=2), to="planning"),
        cycle=sample_cycle.complete(),
    ),
    f"{K.RECALL_TOLD}.pulled_back": branch(
        RecallTold(fate=Recall.PULLED_BACK, person="planning", step=Step.RATIFY, version=2), to="head"
    ),
    f"{K.RECALLED}.order": branch(
        Recalled(word=Word.BATAL, said=Word.KEMBALIKAN, step=Step.CHECK), to="planning", unit="dafduk"
    ),
    f"{K.RECALLED}.filed": replace(
        branch(Recalled(word=Word.BATAL, said=Word.ARSIP, step=Step.SUBMIT), to="planning"), files=()
    ),
    f"{K.RECALLED}.published": replace(
        branch(Recalled(word=Word.BATAL, said=Word.TERBIT, step=Step.SUBMIT), to="planning"), files=()
    ),
    f"{K.PAPER_SHOWN}.unproved": branch(PaperShown(which=PaperKind.REPORT, person="head", proved=False), to="planning"),
    f"{K.RECALL_TOLD}.order": branch(
        RecallTold(fate=Recall.TAKEN_BACK, person="planning", said=Word.KEMBALIKAN, step=Step.CHECK),
        to="kabid_dafduk",
        unit="dafduk",
    ),
    f"{K.RECALL_TOLD}.taken_back": branch(
        RecallTold(fate=Recall.TAKEN_BACK, person="secretary", said=Word.KEBERATAN, step=Step.INFORM), to="planning"
    ),
    f"{K.OUT_OF_TURN}.nothing_to_recall": branch(OutOfTurn(word=Word.BATAL, reason=Reason.NOTHING_TO_RECALL)),
    f"{K.OUT_OF_TURN}.recall_over": branch(OutOfTurn(word=Word.BATAL, reason=Reason.RECALL_OVER)),
    f"{K.VERDICT_NOTED}.correction": replace(
        branch(VerdictNoted(word=Word.KOREKSI, step=Step.DRAFT), to="planning"), cycle=sample_cycle.complete()
    ),
    f"{K.RECALL_TOLD}.wished_late": replace(
        branch(RecallTold(fate=Recall.WISHED, person="head", said=Word.DISAHKAN, step=Step.RATIFY, version=2)),
        cycle=sample_cycle.closed(),
    ),
    f"{K.OUT_OF_TURN}.no_longer_asked": branch(
        OutOfTurn(word=Word.KOREKSI, reason=Reason.NO_LONGER_ASKED), to="planning"
    ),
    f"{K.DEPUTY_ECHO}.reviews": branch(
        DeputyEcho(person="secretary", since=CAME_AT, until=CAME_AT, reviews=True), to="head"
    ),
    f"{K.DEPUTY_TOLD}.ended": branch(
        DeputyTold(principal="secretary", person="planning", since=CAME_AT, until=CAME_AT, ended=True), to="planning"
    ),
    **{
        f"{K.CONFIG_ANSWERED}.{fate}": branch(ConfigAnswered(fate=fate, digest="9f86d081884c7d65" * 4), to="operator")
        for fate in (Answered.TAKEN, Answered.STALE, Answered.NOT_YOURS, Answered.UNCLEAR)
    },
    f"{K.HOLDER_CHANGED}.holder": branch(
        HolderChanged(change=Changed.HOLDER, post="Sekretaris Dinas", now="Drs. Pengganti, M.Si."), to="secretary"
    ),
    f"{K.HOLDER_CHANGED}.address": branch(
        HolderChanged(change=Changed.ADDRESS, post="Sekretaris Dinas", now="sekretaris.baru@example.go.id"),
        to="secretary",
    ),
    f"{K.HOLDER_CHANGED}.aliases": branch(
        HolderChanged(change=Changed.ALIASES, post="Sekretaris Dinas", now="pribadi@example.com"), to="secretary"
    ),
    f"{K.DEADLINE_MOVED}.given": replace(
        branch(DeadlineMoved(former=CAME_AT, by="head"), to="secretary", unit=""), cycle=sample_cycle.complete()
    ),
    f"{K.VERDICT_NOTED}.more_time": branch(VerdictNoted(word=Word.PERPANJANG, step=Step.REVIEW), to="head", unit=""),
    f"{K.DIGEST}.ended": branch(Digest(ended=(debt_of("kabid_capil", "capil"),)), to="planning", unit=""),
    f"{K.ESCALATION}.head_stopped": _above(
        ToldAbove(debt=debt_of("head", state=Step.RATIFY), why=(Why.STOPPED,), late_days=20)
    ),
    f"{K.ESCALATION}.word_stopped": _above(
        ToldAbove(debt=debt_of("secretary", state=Step.REVIEW), why=(Why.STOPPED,), late_days=20), to="head"
    ),
    f"{K.DEADLINE_MOVED}.row": replace(
        branch(DeadlineMoved(former=CAME_AT), to="secretary", unit=""), cycle=sample_cycle.complete()
    ),
    f"{K.CHALLENGE}.without_a_cycle": branch(Challenge(word=Word.BENAR), to="operator"),
    f"{K.UNCLEAR}.bad_deputy": branch(Unclear(word=Word.PLH, reason=Reason.BAD_DEPUTY, count=30), to="head"),
    f"{K.OUT_OF_TURN}.nothing_runs": replace(
        branch(OutOfTurn(word=Word.PLH, reason=Reason.NOTHING_RUNS), to="head"), cycle=sample_cycle.closed()
    ),
    f"{K.OUT_OF_TURN}.decided": branch(OutOfTurn(word=Word.BATAL, reason=Reason.DECIDED), to="planning"),
    f"{K.OUT_OF_TURN}.not_ready": branch(OutOfTurn(word=Word.DISAHKAN, reason=Reason.NOT_READY)),
    f"{K.OUT_OF_TURN}.nothing_accepted": branch(
        OutOfTurn(word=Word.SALAH, reason=Reason.NOTHING_ACCEPTED), to="kabid_dafduk", unit="dafduk"
    ),
    f"{K.OUT_OF_TURN}.window_closed": branch(
        OutOfTurn(word=Word.SALAH, reason=Reason.WINDOW_CLOSED), to="kabid_dafduk", unit="dafduk"
    ),
    f"{K.OUT_OF_TURN}.closed": replace(
        branch(OutOfTurn(word=Word.SETUJU, reason=Reason.ALREADY)), cycle=sample_cycle.closed()
    ),
    f"{K.NOT_YOURS}.document": branch(NotYours(word=DOCX, role=(Role.PLANNING,))),
    f"{K.CHALLENGE}.document": branch(Challenge(word=DOCX), to="planning"),
    f"{K.CHALLENGE}.on_board": branch(Challenge(word=Word.PERBAIKI, board_minutes=15), to="secretary"),
    f"{K.CHALLENGE}.beside": branch(Challenge(word=Word.DISAHKAN, beside=True), to="head"),
    f"{K.OUT_OF_TURN}.nothing_to_accept": branch(
        OutOfTurn(word=Word.TERIMA, reason=Reason.NOTHING_TO_ACCEPT), to="planning", unit="dafduk"
    ),
    f"{K.OUT_OF_TURN}.nothing_to_return": branch(
        OutOfTurn(word=Word.KEMBALIKAN, reason=Reason.NOTHING_TO_RETURN), to="planning", unit="dafduk"
    ),
    f"{K.OUT_OF_TURN}.edited": replace(
        branch(OutOfTurn(word=DOCX, reason=Reason.ALREADY), to="planning", unit=""),
        cycle=sample_cycle.complete(Step.REVIEW),
    ),
    f"{K.OUT_OF_TURN}.nothing_to_extend": branch(
        OutOfTurn(word=Word.PERPANJANG, reason=Reason.NOTHING_TO_EXTEND), to="planning", unit="dafduk"
    ),
    f"{K.DRAFT_AGAIN}.living": branch(DraftAgain(word=Word.DRAF), to="planning"),
    f"{K.DRAFT_AGAIN}.ratified": replace(
        branch(DraftAgain(word=Word.DRAF, ratified=True)),
        cycle=sample_cycle.complete(Step.SUBMIT),
        files=("LKjIP-2025-disahkan.docx",),
    ),
    f"{K.STATUS}.no_draft": replace(branch(Status(word=Word.DRAF)), cycle=sample_cycle.opened()),
    f"{K.REOPENED}.planning": replace(
        branch(Reopened(person="kabid_dafduk", step=Step.DRAFT), to="planning"), cycle=sample_cycle.complete(), files=()
    ),
    f"{K.RATIFY}.own_review": branch(Ratify(version=2, sha_short="0123456789ab", own_review=True)),
    f"{K.UNPLACED}.not_yet": replace(
        branch(Unplaced(reason=Reason.NOT_YET, subject="Data kinerja"), unit=""), cycle=None
    ),
    f"{K.UNPLACED}.unread": branch(Unplaced(reason=Reason.UNREAD, subject="Data kinerja"), unit=""),
    f"{K.RETURNED}.again": replace(
        full_letter(K.RETURNED), letter=replace(full_letter(K.RETURNED).letter, about=Returned(number=1, again=True))
    ),
    f"{K.RETURNED}.counting": replace(full_letter(K.RETURNED), cycle=sample_cycle.complete(Step.COLLECT)),
    f"{K.STATUS}.unopened": _unopened(proved=True),
    f"{K.STATUS}.unopened.unproved": _unopened(proved=False),
    f"{K.UNPLACED}.too_large": branch(Unplaced(reason=Reason.TOO_LARGE, subject="Data kinerja"), unit=""),
    f"{K.UNREADABLE}.former_cycle": branch(UnreadableFile(reason=Unreadable.FORMER_CYCLE, file_name="Form.xlsx")),
    f"{K.UNREADABLE}.message": branch(UnreadableFile(reason=Unreadable.MESSAGE, file_name="Form.msg")),
    f"{K.UNREADABLE}.shortcut": branch(UnreadableFile(reason=Unreadable.SHORTCUT, file_name="Form.gsheet")),
    f"{K.UNREADABLE}.numbers": branch(UnreadableFile(reason=Unreadable.NUMBERS, file_name="Form.numbers")),
    f"{K.UNREADABLE}.web_page": branch(UnreadableFile(reason=Unreadable.WEB_PAGE, file_name="Form.xls")),
    f"{K.UNREADABLE}.archive": branch(UnreadableFile(reason=Unreadable.ARCHIVE, file_name="Form.rar")),
    f"{K.UNREADABLE}.counting": replace(full_letter(K.UNREADABLE), cycle=sample_cycle.complete(Step.COLLECT)),
    f"{K.PARTIAL}.counting": replace(full_letter(K.PARTIAL), cycle=sample_cycle.complete(Step.COLLECT)),
    f"{K.REQUEST}.numbered": branch(Request(letter_number="0121")),
    f"{K.SET_ASIDE}.hostile": branch(
        SetAside(
            mail="9f86d081884c",
            sender="kabid.piak@example.go.id",
            subject="Form",
            received_at=CAME_AT,
            error="MemoryError in reading",
            defects=("too_deep", "too_many_parts"),
        )
    ),
    **{
        f"{K.OPENING_NOTED}.{fate.value}": _outside(
            OpeningNoted(
                word=Word.TUNDA if fate is OpeningFate.NO_DAY else Word.BATAL, fate=fate, openings=(OPENS,), limit=10
            )
        )
        for fate in OpeningFate
        if fate is not OpeningFate.PUT_OFF
    },
    **{
        f"{K.HELD_NOTED}.{fate.value}": _outside(
            HeldNoted(word=Word.SIMPAN if fate is HeldFate.KEPT else Word.HAPUS, fate=fate)
        )
        for fate in HeldFate
        if fate is not HeldFate.DESTROYED
    },
    f"{K.OUT_OF_TURN}.nothing_held": branch(OutOfTurn(word=Word.HAPUS, reason=Reason.NOTHING_HELD), to="planning"),
    f"{K.OPENING_AHEAD}.several": _outside(OpeningAhead(openings=(OPENS, replace(OPENS, key="2025", promised=False)))),
    f"{K.OPENING_MISSED}.several": _outside(
        OpeningMissed(openings=(OPENS, replace(OPENS, key="2025", period=Period(year=2025), promised=False)))
    ),
    f"{K.CHALLENGE}.opening": _outside(Challenge(word=Word.BATAL)),
    f"{K.CYCLE_CANCELLED}.replies": replace(
        full_letter(K.CYCLE_CANCELLED),
        letter=replace(full_letter(K.CYCLE_CANCELLED).letter, about=CycleCancelledTold(since=CAME_AT, replies=True)),
    ),
    f"{K.MORNING}.missed": replace(
        full_letter(K.MORNING),
        letter=replace(
            full_letter(K.MORNING).letter,
            about=Morning(
                received=0,
                on_server=0,
                difference=0,
                openings=(OPENS, replace(OPENS, key="2025", period=Period(year=2025), promised=False)),
            ),
        ),
    ),
    f"{K.ALARM}.config_wrong": replace(
        branch(Alarm(what=AlarmCode.CONFIG_WRONG, since=CAME_AT), to="operator"),
        cycle=None,
        letter=replace(
            branch(Alarm(what=AlarmCode.CONFIG_WRONG, since=CAME_AT), to="operator").letter,
            remarks=("config/office.yaml:42: there is no setting 'opened' (did you mean 'opens'?)",),
        ),
    ),
    f"{K.ALARM}.file_spoilt": branch(
        Alarm(what=AlarmCode.FILE_SPOILT, since=CAME_AT, detail="ratify/2025/2, SHA-256 0123456789abcdef")
    ),
    f"{K.ALARM}.post_vacant": branch(Alarm(what=AlarmCode.POST_VACANT, role=Role.DIVISION_HEAD), unit="dafduk"),
    f"{K.ALARM}.in_doubt": branch(Alarm(what=AlarmCode.IN_DOUBT, detail="submission/2025/2")),
    f"{K.ALARM}.token_expiring": branch(
        Alarm(what=AlarmCode.TOKEN_EXPIRING, detail="lkjip@example.go.id", ends=datetime(2026, 1, 16, 1, tzinfo=UTC))
    ),
    f"{K.ALARM}.certificate_ending": branch(
        Alarm(what=AlarmCode.CERTIFICATE_ENDING, detail="imap.example.go.id", ends=datetime(2026, 2, 8, 1, tzinfo=UTC))
    ),
    f"{K.ALARM}.authority_ending": branch(
        Alarm(what=AlarmCode.AUTHORITY_ENDING, detail="bsre.crt", ends=datetime(2026, 2, 8, 1, tzinfo=UTC))
    ),
    f"{K.ALARM}.password_ending": branch(
        Alarm(what=AlarmCode.PASSWORD_ENDING, detail="lkjip@example.go.id", ends=datetime(2026, 1, 16, 1, tzinfo=UTC))
    ),
    f"{K.ALARM}.backup_missing": _alarm(AlarmCode.BACKUP_MISSING),
    f"{K.ALARM}.own_review": branch(Alarm(what=AlarmCode.OWN_REVIEW, person="secretary")),
    f"{K.ALARM}.numbers_used_up": _alarm(AlarmCode.NUMBERS_USED_UP),
    f"{K.ALARM}.seal_failed": _alarm(AlarmCode.SEAL_FAILED),
    f"{K.ALARM}.difference": _alarm(AlarmCode.DIFFERENCE),
    f"{K.ALARM}.recovered": _alarm(AlarmCode.RECOVERED),
}
"""Kind and branch -> the letter."""
