"""What mailbot would make of a file, and why: a mail is read, placed and sorted, a workbook read; nothing is moved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mailbot.core.checks import check
from mailbot.core.decide import decide
from mailbot.core.facts import CycleOpened
from mailbot.core.filled import Filled
from mailbot.core.outcome import MailOutcome
from mailbot.core.placing import Desk
from mailbot.core.sorting import sort
from mailbot.reading.mail import read_mail

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mailbot.core.cycle import Cycle
    from mailbot.core.form import Entry, Fault, ReadForm
    from mailbot.core.mail import Attachment
    from mailbot.core.office import Office
    from mailbot.reading.limits import MailLimits


def explain_mail(
    raw: bytes,
    *,
    at: datetime,
    office: Office,
    authserv_ids: tuple[str, ...],
    limits: MailLimits,
    read_forms: Callable[[tuple[Attachment, ...]], tuple[ReadForm, ...]],
) -> dict[str, Any]:
    """Return what a mail comes to, as the contract's JSON without file name and figures of effort."""
    mail = read_mail(raw, received_at=at, own_addresses=office.own_addresses, authserv_ids=authserv_ids, limits=limits)
    if mail.attachments and mail.automatic is None:
        mail = replace(mail, forms=read_forms(mail.attachments))
    cycles = planned_cycles(office, at)
    desk = Desk(
        mail=mail,
        at=at,
        office=office,
        about=(),
        bounced=tuple(None for _ in mail.bounces),
        cycles=cycles,
        last={},
    )
    outcome = MailOutcome.OVERSIZE if len(raw) > limits.message_bytes else sort(desk).outcome
    said = desk.said
    return {
        "kind": "mail",
        "outcome": outcome.value,
        "automatic": mail.automatic.value if mail.automatic else None,
        "bounces": [{"recipient": one.recipient, "status": one.status} for one in mail.bounces],
        "sender": {"address": mail.sender, "proof": mail.proof.value},
        "own_words": mail.own_words,
        "verdict": said.word.value if said.word else None,
        "forms": [explain_form(form, office, cycles) for form in mail.forms],
        "defects": list(mail.defects),
    }


def explain_workbook(form: ReadForm, office: Office, at: datetime) -> dict[str, Any]:
    """Return what a workbook comes to, in the same shape as a mail."""
    outcome = form.unreadable.value if form.unreadable else ("unfilled" if form.untouched else "form")
    return {
        "kind": "workbook",
        "outcome": outcome,
        "automatic": None,
        "bounces": [],
        "sender": {"address": "", "proof": "none"},
        "own_words": "",
        "verdict": None,
        "forms": [explain_form(form, office, planned_cycles(office, at))],
        "defects": [],
    }


def planned_cycles(office: Office, at: datetime) -> tuple[Cycle, ...]:
    """Return every cycle of `cycles.yaml` as if it had just been opened, so that a form finds its own."""
    return tuple(decide(None, CycleOpened(at=at, cycle=plan.key), office).cycle for plan in office.cycles)


def explain_form(form: ReadForm, office: Office, cycles: tuple[Cycle, ...]) -> dict[str, Any]:
    """Return one form: unit, cycle, every value read, every fault of reading and of checking."""
    stamp = form.stamp if form.stamp is not None and form.stamp.valid else None
    cycle = next((one for one in cycles if stamp is not None and one.key == stamp.cycle), None)
    faults: tuple[Fault, ...] = form.faults
    if stamp is not None and cycle is not None and form.unreadable is None and not form.untouched:
        filled = Filled(data=form.data, unit=stamp.unit, period=cycle.period, office=office, last={}, attached=())
        faults = (*faults, *check(filled))
    return {
        "file": form.file_name,
        "unit": stamp.unit if stamp else None,
        "cycle": stamp.cycle if stamp else None,
        "unreadable": form.unreadable.value if form.unreadable else None,
        "values": _values(form),
        "faults": [
            {"code": one.code.value, "severity": one.severity.value, "sheet": one.sheet, "cell": one.cell}
            for one in dict.fromkeys(faults)
        ],
    }


def _values(form: ReadForm) -> dict[str, str]:
    """Return code -> value as read, as text, so that no digit is lost."""

    def text(entry: Entry) -> str:
        if entry.nil:
            return "NIHIL"
        return entry.text if entry.value is None else str(entry.value)

    rows = [(row.code, row.actual) for row in form.data.indicators]
    rows += [(row.code, row.spent_idr) for row in form.data.budget]
    return {code: text(entry) for code, entry in rows}


def is_mail(content: bytes, name: str) -> bool:
    """Say whether a file is a mail rather than a workbook, by its first bytes, then by its name."""
    workbook_heads = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff")
    if content.startswith(workbook_heads):
        return False
    return not name.lower().endswith((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".fods", ".numbers"))
