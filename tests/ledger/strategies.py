"""Hypothesis draws whole cycles, every field of every value below them, as wild as the core's types allow."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TypeVar, cast

from hypothesis import strategies as st

from mailbot.core.codes.awaited import Awaited
from mailbot.core.delivery.delivery import Delivery, HardCopy, Publication, ToldNumber, UnprovedReceipt
from mailbot.core.draft.versions import Draft, SeenDraft, WaitingDraft
from mailbot.core.model.cycle import Cycle, UnitForm, UnitState, Verdict, WaitingForm, WaitingLines
from mailbot.core.model.form import (
    BudgetAnswer,
    Entry,
    Fault,
    FaultCode,
    FormData,
    IndicatorAnswer,
    Narrative,
    Severity,
    Submission,
)
from mailbot.core.model.indicators import Period
from mailbot.core.model.mail import Evidence, Proof
from mailbot.core.model.sop import Step
from mailbot.core.opening.opening_facts import Cancelled
from mailbot.core.papers.checked import PaperCheck, PaperFlaw, PaperKind, PaperReason, PaperSignature
from mailbot.core.papers.kept import KeptPaper
from mailbot.core.recall.deputies import Deputy
from mailbot.core.recall.orders import Order, Standing
from mailbot.core.remarks.listed import ListedRemark, RemarkAnswer
from mailbot.core.remarks.remark import Remark, RemarkSource

# What a column of text can hold; anything at all may stand in the values that are kept as JSON.
words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
anything = st.text(max_size=20)
keys = st.text("abcdefgh-0123456789", min_size=1, max_size=8)
counts = st.integers(min_value=0, max_value=2**31 - 1)
moments = st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds
digests = st.text("0123456789abcdef", min_size=64, max_size=64)
T = TypeVar("T")


def every(kind: type[T], /, **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[T]:
    """Draw a value with every field of its type: one that the core gains must be drawn too, or this file is refused."""
    assert parts.keys() == {field.name for field in fields(cast("Any", kind))}, kind
    return st.builds(kind, **parts)


entries = every(
    Entry,
    value=st.none() | st.decimals(allow_nan=False, allow_infinity=False).map(Decimal),
    text=anything,
    sheet=anything,
    cell=anything,
    nil=st.booleans(),
)
indicators = every(
    IndicatorAnswer,
    code=anything,
    **dict.fromkeys(
        (
            "actual",
            "numerator",
            "denominator",
            "enabling_factors",
            "obstacles",
            "follow_up",
            "data_source",
            "evidence",
            "remark",
        ),
        entries,
    ),
)
budget = every(BudgetAnswer, code=anything, spent_idr=entries, output_actual=entries, note=entries)
narratives = every(Narrative, analysis=entries, innovation=entries, awards=entries, recommendation=entries)
forms = every(
    FormData,
    indicators=st.lists(indicators, max_size=2).map(tuple),
    budget=st.lists(budget, max_size=2).map(tuple),
    narrative=narratives,
    filled_by=anything,
)
faults = every(
    Fault,
    code=st.sampled_from(FaultCode),
    severity=st.sampled_from(Severity),
    **dict.fromkeys(("sheet", "cell", "row", "column", "given", "expected", "other", "proposal"), anything),
)
submissions = every(
    Submission,
    number=st.just(0),
    file_sha256=digests,
    file_name=words,
    sender=words,
    message_id=words,
    received_at=moments,
    data=forms,
    faults=st.lists(faults, max_size=2).map(tuple),
    accepted=st.booleans(),
    proof=st.one_of(st.none(), st.sampled_from(Proof)),
    reason=words,
)


def _numbered(drawn: list[Submission]) -> tuple[Submission, ...]:
    """Give submissions their numbers, as they have them within a unit."""
    return tuple(replace(submission, number=number) for number, submission in enumerate(drawn, 1))


waiting = every(
    WaitingLines,
    read=submissions,
    mail_sha256=digests,
    written=anything,
)
evidence = every(
    Evidence,
    file_sha256=digests,
    file_name=words,
    mail_sha256=digests,
    received_at=moments,
    held=st.booleans(),
)
waiting_forms = every(
    WaitingForm,
    read=submissions,
    evidence=st.lists(evidence, max_size=2).map(tuple),
    listed=st.booleans(),
)
standings = every(
    Standing,
    state=st.sampled_from(UnitState),
    due_at=st.none() | moments,
    counted=counts,
    accepted_at=st.none() | moments,
    snoozed_until=st.none() | moments,
    reopened=counts,
    marks=st.lists(st.tuples(st.booleans(), words), max_size=2).map(tuple),
)
orders = every(
    Order,
    person=keys,
    address=words,
    word=words,
    given_at=moments,
    since=moments,
    before=standings,
    after=standings,
    row_before=st.none() | moments,
    row_after=st.none() | moments,
)
unit_forms = every(
    UnitForm,
    unit=keys,
    state=st.sampled_from(UnitState),
    due_at=st.none() | moments,
    first_due_at=st.none() | moments,
    submissions=st.lists(submissions, max_size=2).map(_numbered),
    counted=counts,
    accepted_at=st.none() | moments,
    snoozed_until=st.none() | moments,
    away_until=st.none() | moments,
    deputy=keys,
    reopened=counts,
    reminders=counts,
    reminded_at=st.none() | moments,
    told_above=st.lists(words, max_size=2).map(tuple),
    line_mails=counts,
    waiting=st.none() | waiting,
    evidence=st.lists(evidence, max_size=2).map(tuple),
    waiting_forms=st.lists(waiting_forms, max_size=2).map(tuple),
    forms_asked=counts,
    ordered=st.none() | orders,
    admitted=st.lists(words, max_size=2).map(tuple),
)
waiting_drafts = every(WaitingDraft, docx_sha256=digests, mail_sha256=digests, address=anything)
drafts = every(
    Draft,
    version=st.integers(1, 5),
    docx_sha256=digests,
    pdf_sha256=digests,
    edited_by=words,
    compiled_at=st.none() | moments,
    passed_on=st.booleans(),
    asked=st.booleans(),
    renew=st.booleans(),
    again=counts,
    signer=keys,
    grown_from=digests | st.just(""),
    signer_before=keys,
    waiting=st.none() | waiting_drafts,
)
seen_drafts = every(
    SeenDraft,
    person=keys,
    version=counts,
    docx_sha256=digests,
    former_version=counts,
    former_sha256=digests,
    leaves_at=st.none() | moments,
)
verdicts = every(
    Verdict,
    step=st.sampled_from(Step),
    person=keys,
    address=words,
    word=words,
    approved=st.booleans(),
    draft_version=counts,
    docx_sha256=digests,
    given_at=moments,
    message_id=words,
    mail_sha256=digests,
    proof=st.sampled_from(Proof),
    remarks=st.lists(anything, max_size=3).map(tuple),
    files=st.lists(digests, max_size=2).map(tuple),
    stands_at=st.none() | moments,
)
days = st.dates()
unproved_receipts = every(
    UnprovedReceipt,
    person=words,
    address=anything,
    proof=st.sampled_from(Proof),
    mail_sha256=digests,
    received_at=moments,
)
publications = every(
    Publication,
    asked=counts,
    asked_at=st.none() | moments,
    day=st.none() | days,
    where=anything,
    proof_sha256=digests | st.just(""),
    mail_sha256=digests,
    person=words,
    told_at=st.none() | moments,
)
hard_copies = every(
    HardCopy,
    binder_sha256=digests,
    sheets=counts,
    enclosed=st.booleans(),
    folder=anything,
    asked=counts,
    asked_at=st.none() | moments,
    filed_at=st.none() | moments,
    where=anything,
    person=words,
)
told_numbers = every(
    ToldNumber,
    agenda=anything,
    number=anything,
    day=days,
    person=keys,
    address=words,
    given_at=moments,
    stands_at=moments,
)
deliveries = every(
    Delivery,
    told=st.none() | told_numbers,
    version=counts,
    report_sha256=digests,
    agenda=anything,
    number=anything,
    day=st.none() | days,
    cover_docx_sha256=digests | st.just(""),
    cover_pdf_sha256=digests | st.just(""),
    signer=words,
    wants=st.none() | st.sampled_from(Awaited),
    leaves_at=st.none() | moments,
    hour_ends=st.none() | moments,
    unproved=st.lists(unproved_receipts, max_size=2).map(tuple),
    published=st.none() | publications,
    hard_copy=st.none() | hard_copies,
)
paper_checks = every(
    PaperCheck,
    file_sha256=digests,
    file_name=anything,
    against_sha256=digests | st.just(""),
    pages=counts,
    scan=st.booleans(),
    signatures=st.lists(
        every(
            PaperSignature,
            signer=anything,
            issuer=anything,
            signed_at=st.none() | moments,
            stamped_at=st.none() | moments,
            holds=st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
    reasons=st.lists(every(PaperReason, flaw=st.sampled_from(PaperFlaw), page=counts, detail=anything), max_size=2).map(
        tuple
    ),
)
kept_papers = every(
    KeptPaper,
    kind=st.sampled_from(PaperKind),
    of_sha256=digests,
    check=paper_checks,
    mail_sha256=digests | st.just(""),
    person=words,
    received_at=moments,
    counts=st.booleans(),
    unsure=st.booleans(),
    confirmed_by=words,
    rejected_by=words,
)
remarks = every(
    ListedRemark,
    remark=every(
        Remark,
        source=st.sampled_from(RemarkSource),
        text=anything,
        former=anything,
        author=words,
        written_at=words,
        around=anything,
        heading=words,
        page=counts,
        resolved=st.booleans(),
        file_sha256=digests | st.just(""),
        file_name=words,
        number=counts,
    ),
    person=keys,
    step=st.sampled_from(Step),
    version=counts,
    given_at=moments,
    mail_sha256=digests,
    unit=keys,
    passed_to=keys,
    passed_at=st.none() | moments,
    answers=st.lists(
        every(RemarkAnswer, text=anything, person=keys, given_at=moments, mail_sha256=digests), max_size=2
    ).map(tuple),
)
deputies = every(
    Deputy,
    principals=st.lists(keys, max_size=2).map(tuple),
    person=keys,
    since=st.dates(),
    until=st.dates(),
    mail_sha256=digests,
    named_at=st.none() | moments,
    confirmed_at=st.none() | moments,
    ended_at=st.none() | moments,
)
cycles = every(
    Cycle,
    key=st.just("2026"),
    period=every(Period, year=st.integers(2000, 2100), quarter=st.integers(0, 4)),
    step=st.sampled_from(Step),
    since=moments,
    due_at=moments,
    opened_at=moments,
    round=counts,
    closed_at=st.none() | moments,
    version=st.just(0),
    units=st.lists(unit_forms, max_size=3, unique_by=lambda form: form.unit).map(tuple),
    draft=st.none() | drafts,
    verdicts=st.lists(verdicts, max_size=2).map(tuple),
    row_days=st.lists(st.tuples(st.sampled_from(Step), counts), max_size=2).map(tuple),
    rows_done=st.lists(st.tuples(st.sampled_from(Step), moments, moments, moments), max_size=2).map(tuple),
    reminders=counts,
    reminded_at=st.none() | moments,
    told_above=st.lists(words, max_size=2).map(tuple),
    undecided=st.booleans(),
    signed_pdf_sha256=digests | st.just(""),
    recalled=st.lists(verdicts, max_size=2).map(tuple),
    deputies=st.lists(deputies, max_size=2).map(tuple),
    corrected=counts,
    delivery=st.none() | deliveries,
    papers=st.lists(kept_papers, max_size=2).map(tuple),
    seen=st.lists(seen_drafts, max_size=2).map(tuple),
    remarks=st.lists(remarks, max_size=2).map(tuple),
    cancelled=st.none() | every(Cancelled, at=moments, reason=anything, by=keys),
)
