"""Whom a server's refusal blames: the letter that it was given, or the account that gives it.

A refusal of the account says nothing about a letter: to give letters up for it would lose all that wait. So a letter is
blamed only for what is known to be its own fault: its addressee, its size, its content. MAIL FROM names no addressee
yet, and what is refused there is refused to everybody. What is neither is shown by the next letter: refused alike, it
was the account; taken, it was the letter.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailbot.errors import Refused


class Blame(StrEnum):
    """Whom a refusal blames."""

    LETTER = "letter"
    ACCOUNT = "account"
    UNCLEAR = "unclear"


_STATUS = re.compile(r"[245]\.(\d{1,3})\.(\d{1,3})\b")
_SIZE_OR_CONTENT = re.compile(r"2\.3|3\.4|6\.\d+")
"""RFC 3463: too long for the mailbox or the system, and everything about content and conversion."""
_ADDRESSEE = re.compile(r"1\.(?:[1-6]|10)|2\.[12]|4\.1")
"""RFC 3463 and 7505: the addressee does not exist, is ambiguous, has moved, is disabled, full, or takes no mail."""
_ACCOUNT = re.compile(r"1\.[78]|2\.0|4\.5|7\.(?:60|5\d\d|7\d\d)")
"""RFC 3463 and what large providers write: the sender, its quota of the day, its standing."""
_SIZE_WORDS = re.compile(r"(?i)\b(?:message|mail|letter) (?:size|length)\b|too (?:large|big|long)")
_ADDRESSEE_WORDS = re.compile(
    r"(?i)no such|unknown|does not exist|doesn.t exist|not (?:be )?found|mailbox (?:is )?(?:full|unavailable|disabled)"
    r"|invalid (?:address|recipient|mailbox)|tidak (?:dikenal|ada|ditemukan)"
)
_ACCOUNT_WORDS = re.compile(
    r"(?i)\brelay|too many (?:mail|message|letter)|suspended|spam abuse|compromised|outbound"
    r"|(?:limit|quota).{0,40}(?:exceed|reached)|exceed.{0,40}(?:limit|quota)"
    r"|(?:not|denied|rejected).{0,40}\b(?:send|sender|owned)\b|\bsender\b.{0,40}(?:not|denied|rejected|blocked)"
)


def blamed(refusal: Refused) -> Blame:
    """Say whom a refusal blames, by the command that it answers, its status (RFC 3463) and its words."""
    found = _STATUS.search(refusal.reply[:20])
    status = f"{found[1]}.{found[2]}" if found else ""
    if _SIZE_OR_CONTENT.fullmatch(status) or (not status and _SIZE_WORDS.search(refusal.reply)):
        return Blame.LETTER
    if refusal.command == "MAIL":
        return Blame.ACCOUNT
    if _ADDRESSEE.fullmatch(status):
        return Blame.LETTER
    said_of_account = _ACCOUNT_WORDS.search(refusal.reply)
    if said_of_account or (refusal.permanent and _ACCOUNT.fullmatch(status)):
        return Blame.ACCOUNT
    if refusal.command != "DATA" and not status and _ADDRESSEE_WORDS.search(refusal.reply):
        return Blame.LETTER
    return Blame.UNCLEAR
