"""What the record says of the report, its delivery and the cycle's time, beside what the journal says of the same."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from mailbot.writing.archive.checking.agreement import LAID_OUT
from mailbot.writing.archive.checking.chain import CLOSED, OPENED
from mailbot.writing.archive.checking.spelling import Finding, finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.writing.archive.checking.chain import Told
    from mailbot.writing.archive.checking.holding import Holding

_LEFT, _ANSWERED = "report_submitted", "remarks_answered"


def fact_findings(record: dict[str, Any], lines: list[Told], held: Holding) -> Iterator[Finding]:
    """Compare what the record says with the journal, fact by fact.

    Raises:
        UNREADABLE: the record holds something else than it should.
    """
    for field, told, known in (*_times(record, lines), *_report(record, lines), *_delivery(record, lines)):
        if told != known:
            yield finding("recorded_otherwise", field=field, told=told, known=known)
    draft, delivery = record.get("draft") or {}, record.get("delivery") or {}
    # What was called back is told of no more than that: another version may have taken its place since.
    submitted = delivery.get("report_sha256") if delivery.get("version") == draft.get("version") else ""
    for sha256 in (draft.get("docx_sha256"), draft.get("pdf_sha256"), submitted):
        if sha256 and not held.has(sha256, "report"):
            yield finding("report_unlike_record", sha256=sha256)
    yield from _senders(record, lines)
    yield from _remarked(record, lines)


def _times(record: dict[str, Any], lines: list[Told]) -> Iterator[tuple[str, str, str]]:
    """Yield when the cycle was opened, and last closed: by the record, and by the journal."""
    for name, event in (("opened_at", OPENED), ("closed_at", CLOSED)):
        known = [line.at for line in lines if line.event == event]
        if known and record.get(name):
            yield name, _moment(record[name]), _moment(known[0] if event == OPENED else known[-1])


def _moment(text: str) -> str:
    """Return a moment in one spelling.

    Raises:
        TypeError, ValueError: it is none.
    """
    return datetime.fromisoformat(text).isoformat()


def _report(record: dict[str, Any], lines: list[Told]) -> Iterator[tuple[str, str, str]]:
    """Yield the version of the report, and of the one that each decision was given on."""
    draft = record.get("draft") or {}
    versions = {
        (line.detail["docx"], line.detail["version"]) for line in lines if {"docx", "version"} <= set(line.detail)
    }
    decided = ((one.get("docx_sha256"), one.get("draft_version")) for one in record.get("verdicts", ()))
    for sha256, version in ((draft.get("docx_sha256"), draft.get("version")), *decided):
        known = sorted(number for docx, number in versions if docx == sha256)
        if known and str(version) not in known:
            yield "draft.version", str(version), ", ".join(known)


def _delivery(record: dict[str, Any], lines: list[Told]) -> Iterator[tuple[str, str, str]]:
    """Yield what is recorded of a report that has left: its number, its version, when, and when our hour ended."""
    delivery = record.get("delivery") or {}
    left = [line for line in lines if line.event == _LEFT][-1:]
    if left and delivery.get("leaves_at"):
        told = left[0].detail
        yield "delivery.number", str(delivery.get("number", "")), told.get("number", "")
        yield "delivery.version", str(delivery["version"]), told.get("version", "")
        if delivery.get("hour_ends"):
            yield "delivery.hour_ends", _moment(delivery["hour_ends"]), _moment(told.get("hour_ends", ""))
        yield "delivery.leaves_at", _moment(delivery["leaves_at"]), _moment(left[0].at)


def _senders(record: dict[str, Any], lines: list[Told]) -> Iterator[Finding]:
    """Compare who sent each form, and how he was known, where the journal says so."""
    told = {(line.unit, line.detail.get("number", "")): line.detail for line in lines if line.event in LAID_OUT}
    for unit in record.get("units", ()):
        for sent in unit.get("submissions", ()):
            detail = told.get((unit["unit"], str(sent["number"])), {})
            for name in ("sender", "proof"):
                if name in detail and detail[name] != sent.get(name, ""):
                    field = f"{unit['unit']} {sent['number']} {name}"
                    yield finding("recorded_otherwise", field=field, told=sent.get(name, ""), known=detail[name])


def _remarked(record: dict[str, Any], lines: list[Told]) -> Iterator[Finding]:
    """Compare each remark with the decision of the same mail, and who answered it with the journal."""
    names = ("person", "given_at", "step")
    given: dict[str, set[tuple[Any, ...]]] = {}
    for one in (*record.get("verdicts", ()), *record.get("recalled", ())):
        said = (*(one.get(name) for name in names), one.get("draft_version"))
        given.setdefault(one.get("mail_sha256", ""), set()).add(said)
    answered = {(line.actor, line.detail.get("mail")) for line in lines if line.event == _ANSWERED}
    for one in record.get("remarks", ()):
        known = given.get(one.get("mail_sha256", ""))
        told = (*(one.get(name) for name in names), one.get("version"))
        answers = ((answer.get("person"), answer.get("mail_sha256")) for answer in one.get("answers", ()))
        if (known and told not in known) or not answered.issuperset(answers):
            yield finding("remark_told_otherwise", number=one["remark"].get("number", 0))
