"""What servers write in plain words when a letter did not arrive, for reports without a machine's part."""

from __future__ import annotations

import re

from mailbot.reading.robots.delivery_status import ADDRESS

_ADDRESS = ADDRESS.pattern
_FAILURE = re.compile(
    r"(?:could|can|can'?t|was|were|has|have|is|are|did)(?: ?not|n'?t)\b[^\n]{0,40}(?:deliver|reach|accept|sent|"
    r"processed|find|found|exist)|"
    r"undeliver|unable to|fail(?:ed|ure|s)|error|reject|unknown|not found|no such|invalid|denied|"
    r"does not (?:exist|like)|did not (?:like|reach)|"
    r"(?:mailbox|quota)[^\n]{0,30}(?:full|exceed|unavailable)|over ?quota|trouble delivering|no valid recipients|"
    r"deferred|delayed|disabled|"
    r"(?:^|\W)[45]\d\d[ -]|(?:^|\W)[45]\.\d{1,3}\.\d{1,3}|malformed|blocked|bounce|is full|"
    r"tidak (?:ditemukan|dapat|terkirim|tersampaikan|ada)|gagal|ditolak|penuh|tertunda|unzustellbar|non remis|"
    r"no se pudo",
    re.IGNORECASE,
)
_UNMISTAKABLE = re.compile(
    r"(?:could not|cannot|can ?not|was not|unable to) be delivered to\b|\"notificationType\\?\"\s*:\s*\\?\"Bounce|"
    r"RCPT TO:\s*<?[^\s@]+@[^\s@]+[^\n]*\n[^\n]{0,20}[45]\d\d[ -]",
    re.IGNORECASE,
)
_DELAY = re.compile(
    r"will (?:be retried|continue|keep trying|be attempted|try again)|still (?:trying|being)|"
    r"not (?:yet )?been delivered (?:yet|after)|"
    r"is delayed|been delayed|will continue to be made|temporary failure report|warning message only|(?:masih|"
    r"akan) (?:di)?coba|tertunda",
    re.IGNORECASE,
)
# Where the returned letter begins; what stands after it names other people too.
_RETURNED = re.compile(
    r"^[ \t*#-]*(?:-+ ?)?(?:below (?:this line )?is a copy|below this line|(?:the )?original (?:message|"
    r"e-?mail)(?: as)?(?: follows)?\W*$|"
    r"original message header|(?:message )?headers? follow|returned message|unsent message|this is a copy|"
    r"copy of (?:your|the) message|"
    r"your (?:original )?message (?:follows|reads)|the header page|message text follows|bounced e-?mail|(?:start|"
    r"begin) of (?:returned|message))|"
    r"^(?:Received|Return-Path): .*$|^Content-Type: (?:message/rfc822|text/rfc822-headers)",
    re.IGNORECASE | re.MULTILINE,
)
# After such a line the recipients are listed.
_ANNOUNCED = re.compile(
    r"(?:following (?:recipient|address|user|e-?mail)|recipients? (?:were|was) affected|(?:not|"
    r"n't) be delivered to|not delivered to|"
    r"recipients? or groups|had (?:permanent |delivery |fatal )|failed (?:recipient|address)|(?:penerima|"
    r"alamat) berikut)[^\n]{0,120}\n",
    re.IGNORECASE,
)
# How the recipient is named, tried in this order: (servers, pattern with the address as its group).
LISTED = (
    ("Amazon", re.compile(rf"\"emailAddress\\?\"\s*:\s*\\?\"({_ADDRESS})\\?\"")),
    (
        "qmail, Yahoo, OpenSMTPD, Outlook, Exchange, Notes",
        re.compile(
            rf"^[ \t>*=.:-]{{0,12}}(?:\"[^\"\n]{{0,100}}\" ?)?<?({_ADDRESS})>?(?:[ \t]*<[^>\n]{{0,200}}>)?"
            rf"[ \t]*(?:$|:|\[|\.\.\.|on \d|\(|;|,)",
            re.MULTILINE,
        ),
    ),
    ("SMTP session", re.compile(rf"RCPT TO:\s{{0,3}}<?({_ADDRESS})", re.IGNORECASE)),
)
MENTIONED = (
    ("SMTP answer", re.compile(rf"^[ \t<>]{{0,8}}[45]\d\d[ -][^@\n]{{0,120}}<({_ADDRESS})>", re.MULTILINE)),
    (
        "in words",
        re.compile(
            rf"\b(?:delivered to|delivering your mail to|recipients?|address(?:es)?|addressed|user|mailbox|"
            rf"delivery failed|errors|alamat|"
            rf"kepada|penerima)\b[^@\n]{{0,60}}?[:\s,<'\"]({_ADDRESS})",
            re.IGNORECASE,
        ),
    ),
    ("anywhere", re.compile(rf"({_ADDRESS})")),
)
_TO_LINE = re.compile(rf"^[ \t>|]*To:[^@\n]{{0,200}}?({_ADDRESS})", re.IGNORECASE | re.MULTILINE)
# Addresses that servers give for questions, and places where the sender is named.
_NOT_RECIPIENTS = re.compile(
    r"^(?:postmaster|post_master|mailer-daemon|support|abuse|help(?:desk)?|no-?reply|webmaster|admin)@", re.IGNORECASE
)
_NOT_AFTER = re.compile(
    r"(?:(?<!generated )\bfrom:?|MAIL FROM:|contact|message-id:|sender:?|return-path:|mailto:|dari:?)\s{0,3}<?$",
    re.IGNORECASE,
)
_NOT_AFTER_CHARS = 24
_LONGEST_INTRODUCTION = 16_384


def is_unmistakable(text: str) -> bool:
    """Say whether a text can only be a report, whoever sent it."""
    return _UNMISTAKABLE.search(_introduction(text)) is not None


def speaks_of_failure(text: str) -> bool:
    """Say whether a text says that something was not delivered, or not yet."""
    return _FAILURE.search(_introduction(text)) is not None


def speaks_of_delay(text: str) -> bool:
    """Say whether a text says that delivery is still being tried."""
    return _DELAY.search(_introduction(text)) is not None


def recipients_in_text(text: str, *, not_these: frozenset[str]) -> tuple[str, ...]:
    """Return the recipients a report names in words; empty if it names none.

    Args:
        text: the report's visible text, returned letter included.
        not_these: addresses in small letters that the report was sent to or from; a mention does not count.
    """
    introduction = _introduction(text)
    announced = _ANNOUNCED.search(introduction)
    for beginning in (introduction[announced.end() :],) if announced else ():
        for _, pattern in LISTED:
            if listed := _found(pattern, beginning):
                return listed
    for _, pattern in LISTED:
        if listed := tuple(
            recipient for recipient in _found(pattern, introduction) if recipient.casefold() not in not_these
        ):
            return listed
    for _, pattern in MENTIONED:
        found = _found(pattern, introduction)
        if mentioned := tuple(
            recipient
            for recipient in found
            if recipient.casefold() not in not_these and not _NOT_RECIPIENTS.match(recipient)
        ):
            return mentioned
    returned = _TO_LINE.search(text[len(introduction) : len(introduction) + _LONGEST_INTRODUCTION])
    return (returned[1],) if returned and returned[1].casefold() not in not_these else ()


def _found(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    """Return the addresses a pattern finds, each once, those that stand where a sender is named left out."""
    found = (
        match[1].strip(".-'`")
        for match in pattern.finditer(text)
        if not _NOT_AFTER.search(text[max(match.start(1) - _NOT_AFTER_CHARS, 0) : match.start(1)])
    )
    return tuple(dict.fromkeys(found))


def _introduction(text: str) -> str:
    """Return what a report says before the returned letter."""
    beginning = text[:_LONGEST_INTRODUCTION]
    returned = _RETURNED.search(beginning, 1)
    return beginning[: returned.start()] if returned else beginning
