"""The machine's part of a delivery report (RFC 3464), read leniently: what a server says it did for each recipient."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """What became of the letter for one recipient (RFC 3464, 2.3.3)."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    """Also relayed and expanded: it left our servers' sight in good order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a report says of one recipient, before it is tied to a letter."""

    recipient: str
    action: Action
    status: str
    """Enhanced status code, or empty."""


# How servers write the action, first match wins; whatever else they write is a failure.
ACTIONS = (
    (re.compile(r"^(delay|deferred|warning|temporar)", re.IGNORECASE), Action.DELAYED),
    (re.compile(r"^(deliver|relay|expand|success)", re.IGNORECASE), Action.DELIVERED),
)
# Fields that name the recipient, best first: a letter went to the original one.
_RECIPIENT_FIELDS = (
    "original-recipient",
    "final-recipient",
    "x-actual-recipient",
    "x-original-to",
    "x-failed-recipients",
)
_STATUS_FIELDS = ("status", "diagnostic-code", "x-supplementary-info", "x-response")
# A field that is there twice begins the next recipient, with or without an empty line before it.
_OPENING = frozenset({"original-recipient", "final-recipient", "action", "status"})
_FIELD = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,40})[ \t]*:[ \t]*(.*)$")
ADDRESS = re.compile(r"[^\s<>\"'(),;:\[\]|]{1,64}@[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){0,8}")
STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_VAGUE = re.compile(r"^\d\.0\.0$")
_LONGEST = 65_536
_MOST_RECIPIENTS = 100


def read_delivery_status(text: str) -> tuple[Report, ...]:
    """Return what a delivery-status part says of each recipient, however its lines are arranged; never raises."""
    groups: list[dict[str, str]] = [{}]
    name = ""
    for line in text[:_LONGEST].splitlines():
        if line[:1] in {" ", "\t"} and line.strip() and name:
            groups[-1][name] += f" {line.strip()}"
            continue
        field = _FIELD.match(line.strip())
        name = field[1].casefold() if field else ""
        complete = groups[-1].keys() & {"original-recipient", "final-recipient"} and groups[-1].keys() & {
            "action",
            "status",
        }
        if (not line.strip() and complete) or (name in _OPENING and name in groups[-1]):
            groups.append({})
        if field:
            groups[-1].setdefault(name, field[2].strip())
    reports = [_report_of(group) for group in groups[:_MOST_RECIPIENTS]]
    return tuple(dict.fromkeys(report for report in reports if report is not None))


def find_status(text: str) -> str:
    """Return the first enhanced status code in a text, or an empty string."""
    found = STATUS.search(text)
    return found[1] if found else ""


def _report_of(group: dict[str, str]) -> Report | None:
    """Return what one group of fields says, or None if it names no recipient."""
    recipient = next((found[0] for name in _RECIPIENT_FIELDS if (found := ADDRESS.search(group.get(name, "")))), "")
    if not recipient:
        return None
    written = group.get("action", "")
    action = next((action for pattern, action in ACTIONS if pattern.search(written)), Action.FAILED)
    codes = [code for name in _STATUS_FIELDS if (code := find_status(group.get(name, "")))]
    status = next((code for code in codes if not _VAGUE.match(code)), codes[0] if codes else "")
    if not written and status.startswith("2"):
        action = Action.DELIVERED
    return Report(recipient=recipient, action=action, status=status)
