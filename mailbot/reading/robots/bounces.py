"""Reports of non-delivery in three layers (machine's part, header, text), each tied to the letter it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum

from mailbot.core.model.mail import Automatic, Bounce
from mailbot.reading.defects import Defect
from mailbot.reading.limits import MailLimits
from mailbot.reading.mime.headers import Headers, scan_headers
from mailbot.reading.mime.parts import Part
from mailbot.reading.robots.bounce_texts import (
    is_unmistakable,
    recipients_in_text,
    speaks_of_delay,
    speaks_of_failure,
)
from mailbot.reading.robots.delivery_status import ADDRESS, Action, Report, find_status, read_delivery_status

DELIVERY_STATUS = frozenset({"message/delivery-status", "message/global-delivery-status", "text/x-delivery-status"})
RETURNED = frozenset(
    {"message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers", "message/rfc822-headers"}
)
_STATUS_FIELD = re.compile(r"^[ \t>]*(?:final|original)-recipient[ \t]*:", re.IGNORECASE | re.MULTILINE)
_ID_FIELD = re.compile(
    r"^[ \t>|*]*(?:x-)?(?:original-)?message[- ]id[ \t]*:\s{0,3}(<[^<>\s]{3,250}>)", re.IGNORECASE | re.MULTILINE
)
_GIVEN_BACK = ("message-id", "date", "to", "subject")
"""Fields by which a letter that comes back is held against the one that was sent."""
_OWN_ID = re.compile(r"<mb1\.[0-9a-f]{16}@[^<>\s]{1,200}>", re.IGNORECASE)


class Suspicion(IntEnum):
    """How much the header makes a mail look like a report."""

    NONE = 0
    WEAK = 1
    """Only its subject, or an address nobody reads: believed if the text is unmistakable."""
    CERTAIN = 2
    """A mail server wrote it: anything it says of a failure is a report."""


def read_report(
    root: Part, text: str, limits: MailLimits, defects: set[Defect], suspicion: Suspicion
) -> tuple[Automatic | None, tuple[Bounce, ...]]:
    """Return whether a mail is a delivery report, and what it says of each recipient who did not get the letter.

    Args:
        root: the mail, cut into parts.
        text: its visible text, both renderings, quotation included.
        limits: how much is read.
        defects: where a report that names nobody is noted.
        suspicion: how much its header makes it look like a report.
    """
    own_parts = list(root.own_parts())
    by_machine = any(part.media_type in DELIVERY_STATUS for part in own_parts)
    reports = tuple(_machine_reports(own_parts, text, limits, defects, misplaced_too=suspicion > Suspicion.NONE))
    if not reports and (by_machine or suspicion > Suspicion.NONE):
        reports = _header_reports(root, text) or _text_reports(root, own_parts, text, limits, suspicion)
    if not reports and not by_machine and not (suspicion is Suspicion.CERTAIN and speaks_of_failure(text)):
        return None, ()
    if not reports:
        defects.add(Defect.REPORT_UNREADABLE)
        return (Automatic.DELAY if speaks_of_delay(text) else Automatic.BOUNCE), ()
    message_id = _letter_id(root, own_parts, text, limits)
    returned = _given_back(own_parts, text, limits, message_id)
    bounces = tuple(
        Bounce(
            recipient=report.recipient,
            status=report.status,
            permanent=report.action is Action.FAILED,
            message_id=message_id,
            returned=returned,
        )
        for report in reports
        if report.action is not Action.DELIVERED
    )
    actions = {report.action for report in reports}
    if Action.FAILED in actions:
        return Automatic.BOUNCE, bounces
    return (Automatic.DELAY if Action.DELAYED in actions else Automatic.DELIVERED), bounces


def _machine_reports(
    parts: list[Part], text: str, limits: MailLimits, defects: set[Defect], *, misplaced_too: bool
) -> Iterator[Report]:
    """Give what the delivery-status parts say; failing those, what stands in the text as if it were one."""
    found = False
    for part in parts:
        if part.media_type in DELIVERY_STATUS and not part.is_mail:
            for report in read_delivery_status(part.text(limits.words_bytes, defects)):
                found = True
                yield report
    misplaced = _STATUS_FIELD.search(text) if misplaced_too and not found else None
    if misplaced is not None:
        yield from read_delivery_status(text[misplaced.start() :])


def _header_reports(root: Part, text: str) -> tuple[Report, ...]:
    """Return what X-Failed-Recipients says (Exim, Gmail); the status stands in the text."""
    named = " ".join(root.headers.texts("x-failed-recipients"))
    status = find_status(text)
    return tuple(Report(recipient=found[0], action=Action.FAILED, status=status) for found in ADDRESS.finditer(named))


def _text_reports(
    root: Part, own_parts: list[Part], text: str, limits: MailLimits, suspicion: Suspicion
) -> tuple[Report, ...]:
    """Return what the text says, if surely a server wrote it; failing that, whom the letter went to."""
    if suspicion is not Suspicion.CERTAIN and not is_unmistakable(text):
        return ()
    inner = (part for part in root.walk() if part.media_type in DELIVERY_STATUS)
    reported = [report for part in inner for report in read_delivery_status(part.text(limits.words_bytes, set()))]
    if reported:
        return tuple(reported)
    ours = _addresses_of_ours(root)
    named = recipients_in_text(text, not_these=ours)
    if not named and speaks_of_failure(text):
        returned = (_returned_headers(part, limits).text("to") for part in own_parts if part.media_type in RETURNED)
        found = (found[0] for line in returned for found in ADDRESS.finditer(line))
        named = tuple(dict.fromkeys(recipient for recipient in found if recipient.casefold() not in ours))
    action = Action.DELAYED if speaks_of_delay(text) else Action.FAILED
    return tuple(Report(recipient=recipient, action=action, status=find_status(text)) for recipient in named)


def _returned_headers(part: Part, limits: MailLimits) -> Headers:
    """Return the header of the letter that a report gives back."""
    if part.children:
        return part.children[0].headers
    return scan_headers(part.buffer, part.start, part.end, limits, set())[0]


def _addresses_of_ours(root: Part) -> frozenset[str]:
    """Return the addresses a report was sent to and from, in small letters: they are not the ones that failed."""
    return frozenset(
        found[0].casefold() for name in ("to", "from", "cc") for found in ADDRESS.finditer(root.headers.text(name))
    )


def _given_back(own_parts: list[Part], text: str, limits: MailLimits, message_id: str) -> tuple[tuple[str, str], ...]:
    """Return what a report gives back of the header of that letter: from the returned part, else out of its text."""
    if not message_id:
        return ()
    for part in own_parts:
        headers = _returned_headers(part, limits) if part.media_type in RETURNED else None
        if headers is not None and message_id in headers.message_ids("message-id"):
            return tuple((name, headers.text(name)) for name in _GIVEN_BACK if headers.has(name))
    return (("message-id", message_id),) if message_id in _ID_FIELD.findall(text) else ()


def _letter_id(root: Part, own_parts: list[Part], text: str, limits: MailLimits) -> str:
    """Return the Message-ID of the letter a report is about: from the returned part, the text, or the references.

    One of our own making is preferred wherever it stands.
    """
    found: list[str] = []
    for part in own_parts:
        if part.media_type in RETURNED:
            found += _returned_headers(part, limits).message_ids("message-id")
    found += _ID_FIELD.findall(text)
    found += root.headers.message_ids("in-reply-to")
    found += reversed(root.headers.message_ids("references"))
    own = [message_id for message_id in found if _OWN_ID.fullmatch(message_id)] or _OWN_ID.findall(text)
    return next(iter([*own, *found]), "")
