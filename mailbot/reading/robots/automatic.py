"""Is it automatic? The ordered questions; a mail for which one says yes is never answered and never decides.

What only a robot's mail needs (absences, reports of non-delivery) is read where a sign of it was seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from mailbot.core.model.mail import Automatic, Bounce
from mailbot.reading.defects import Defect
from mailbot.reading.limits import MailLimits
from mailbot.reading.mime.headers import Headers
from mailbot.reading.mime.parts import Part
from mailbot.reading.robots.absence import speaks_of_absence
from mailbot.reading.robots.bounce_texts import speaks_of_failure
from mailbot.reading.robots.bounces import DELIVERY_STATUS, RETURNED, Suspicion, read_report

# How the subject of a vacation reply begins; never searched for in the text (reliability, section 3).
_VACATION_SUBJECTS = re.compile(
    r"^\W*(?:automatic reply|auto(?:matic)?[-_ ]?(?:reply|respon\w*|answer)|out[- ]of[- ](?:the[- ])?office|"
    r"ooo\b|vacation\b|"
    r"(?:on|annual) leave\b|away (?:from|until)\b|i am (?:away|out of)\b|"
    r"(?:balasan|jawaban|pesan|respons?|tanggapan|surel) otomatis|balas otomatis|otomatis\s*:|"
    r"(?:saya )?sedang (?:cuti|dinas luar|tugas luar|izin|sakit|tidak di tempat)\b|"
    r"(?:sedang )?di luar kantor|(?:perjalanan )?dinas luar\b|tidak (?:berada )?di (?:tempat|kantor)|"
    r"cuti (?:tahunan|bersama|besar|sakit|melahirkan)\b|auto:\s|"
    r"pemberitahuan\W+(?:ketidakhadiran|(?:sedang )?(?:cuti|dinas luar|tugas luar|tidak (?:masuk|hadir|berada)))\b)",
    re.IGNORECASE,
)
_UNREAD_SENDERS = re.compile(r"no-?reply@|do-?not-?reply@", re.IGNORECASE)
_ANSWER_SUBJECT = re.compile(r"(re|fwd?|balas|terusan)\s*:", re.IGNORECASE)
# Who sends reports, and how their subjects begin or what they hold; both are only a reason to look closer.
_MAILERS = re.compile(
    r"mail(er)?[-_. ]?daemon|post_?master|mail[-_ ]?(delivery|admin|system)|delivery[-_ ]?(sub)?system|mdaemon|"
    r"^<>$|bounce|"
    r"mailadm|system ?administrator|no-?reply-?mail|mmdf|mail[-_ ]?(gateway|service)|internet mail",
    re.IGNORECASE,
)
_REPORT_SUBJECTS = re.compile(
    r"undeliver|returned (mail|message|to sender)|return(ing|ed) |deliver\w* (status|failure|failed|problem|"
    r"error|notification|delayed|report|"
    r"unsuccess|incomplete|attempt)|(could|can) ?not be delivered|not delivered|delivery[- ]fail|fail\w* (notice|"
    r"to deliver|deliver|mail)|"
    r"mail (failure|error|delivery|system error)|unable to deliver|message (delayed|delivery|status|undeliver|"
    r"you sent)|"
    r"(un)?known (user|recipient|address)|user unknown|invalid (user|address|recipient)|rejected|bounce|non[- ]remis|"
    r"tidak (terkirim|dapat dikirim|tersampaikan)|gagal (terkirim|dikirim|mengirim)|pengiriman (gagal|tertunda)|"
    r"(dsn|ndn|ndr)\b|nondeliver|non[- ]deliver|warning: (could|message)|mailbox (full|unavailable|is full)|quota",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What the questions look at."""

    root: Part
    senders: tuple[str, ...]
    own_addresses: frozenset[str]
    """In small letters."""
    report: Automatic | None
    """What `report_of` made of the mail."""
    text: str
    """The visible text; it never makes a mail automatic, it only tells one automatic mail from another."""

    @property
    def headers(self) -> Headers:
        """Return the mail's own header."""
        return self.root.headers

    def says(self, name: str, pattern: str) -> bool:
        """Say whether any field of that name reads so (from its beginning, without case)."""
        return any(re.match(pattern, text, re.IGNORECASE) for text in self.headers.texts(name))

    def has_any(self, *names: str) -> bool:
        """Say whether one of these fields is there."""
        return any(self.headers.has(name) for name in names)


def _is_own(signs: Signs) -> bool:
    """Our loop mark, or one of our own addresses in From."""
    return signs.headers.has("x-mailbot-loop") or any(
        sender.casefold() in signs.own_addresses for sender in signs.senders
    )


def _is_read_receipt(signs: Signs) -> bool:
    """A disposition notification (RFC 8098), or Zimbra's word for one."""
    kinds = {signs.root.media_type, *(part.media_type for part in signs.root.children)}
    reported = signs.headers.parameter("content-type", "report-type").casefold() == "disposition-notification"
    return reported or "message/disposition-notification" in kinds or signs.says("auto-submitted", r".*read-receipt")


def _is_answer_by_rule(signs: Signs) -> bool:
    """A header that only answering programs write."""
    return (
        signs.says("auto-submitted", r"auto-(replied|notified)")
        or signs.says("precedence", r"auto_reply")
        or signs.says("x-precedence", r"auto_reply")
        or signs.says("x-post-messageclass", r"9; ?autoresponder")
        or signs.says("delivered-to", r"autoresponder")
        or signs.says("x-ms-exchange-generated-message-source", r"mailbox rules agent")
        or signs.says("x-apple-action", r"vacation")
        or signs.has_any("x-autoreply", "x-autorespond", "x-autoreply-from", "x-mail-autoreply", "x-autoresponse")
        or signs.has_any("x-ms-exchange-inbox-rules-loop", "x-vacation", "x-autoresponder")
    )


def is_list(signs: Signs) -> bool:
    """Say whether a mail was sent through a mailing list, which persons do as well."""
    return signs.has_any(
        "list-id",
        "list-unsubscribe",
        "list-post",
        "list-help",
        "list-subscribe",
        "mailing-list",
        "x-mailing-list",
        "x-mlserver",
    )


def _is_bulk(signs: Signs) -> bool:
    """Sent in bulk, by a program of which no more may be known."""
    return any(signs.says(name, r"(bulk|list)") for name in ("precedence", "x-precedence"))


def _is_marked(signs: Signs) -> bool:
    """Any other header that says a machine wrote it."""
    return (
        (signs.headers.has("auto-submitted") and not signs.says("auto-submitted", r"no\b"))
        or signs.says("precedence", r"junk")
        or signs.says("return-path", r"(<\s*>$|<?mailer-daemon\b)")
        or signs.says("x-fc-machinegenerated", r"true")
        or signs.has_any("x-autogenerated", "feedback-id", "x-failed-recipients")
    )


def _is_machine_report(signs: Signs) -> bool:
    """A report for machines: abuse, DMARC, anything else of multipart/report."""
    kinds = {part.media_type for part in signs.root.children}
    complaint = signs.says("subject", r"complaint about message from \d")
    return signs.root.media_type == "multipart/report" or "message/feedback-report" in kinds or complaint


def _is_from_nobody(signs: Signs) -> bool:
    """An address that says of itself that nobody reads it, or a mail server's."""
    local_parts = (sender.rpartition("@")[0].casefold() for sender in signs.senders)
    return any(re.match(r"(no-?reply|do-?not-?reply|mailer-daemon|auto-?reply)", local) for local in local_parts)


Question = tuple[str, Callable[[Signs], bool], Automatic]

QUESTIONS: tuple[Question, ...] = (
    ("our own mark, or our own address", _is_own, Automatic.OWN),
    ("a report that it did not arrive", lambda signs: signs.report is Automatic.BOUNCE, Automatic.BOUNCE),
    ("a report that it is not there yet", lambda signs: signs.report is Automatic.DELAY, Automatic.DELAY),
    ("a report that it arrived", lambda signs: signs.report is Automatic.DELIVERED, Automatic.DELIVERED),
    ("a report that it was read", _is_read_receipt, Automatic.READ_RECEIPT),
    ("any other report for machines", _is_machine_report, Automatic.ROBOT),
    (
        "a subject as vacation replies have it",
        lambda signs: is_vacation_subject(signs.headers.text("subject")),
        Automatic.VACATION,
    ),
    (
        "an answer by rule that speaks of absence",
        lambda signs: _is_answer_by_rule(signs) and speaks_of_absence(signs.text),
        Automatic.VACATION,
    ),
    ("any other answer by rule", _is_answer_by_rule, Automatic.ROBOT),
    ("a header that says a machine wrote it", _is_marked, Automatic.ROBOT),
    ("an address nobody reads", _is_from_nobody, Automatic.ROBOT),
    ("a list", lambda signs: is_list(signs) or _is_bulk(signs), Automatic.LIST),
)
"""Read from top to bottom; the first yes decides. X-Auto-Response-Suppress is not asked for: people send it too."""


def automatic_of(signs: Signs) -> Automatic | None:
    """Return why a mail counts as automatic, or None if a person may have written it."""
    return next((kind for _, question, kind in QUESTIONS if question(signs)), None)


def report_of(
    root: Part, text: str, limits: MailLimits, defects: set[Defect]
) -> tuple[Automatic | None, tuple[Bounce, ...]]:
    """Return what `bounces.read_report` does; a mail without any sign of a report is not looked through for one."""
    own_parts = list(root.own_parts())
    suspicion = _suspicion(root, own_parts, text)
    if suspicion is Suspicion.NONE and not any(part.media_type in DELIVERY_STATUS for part in own_parts):
        return None, ()
    return read_report(root, text, limits, defects, suspicion)


def _suspicion(root: Part, own_parts: list[Part], text: str) -> Suspicion:
    """Say how much the header makes a mail look like a report; a vacation reply does not."""
    headers = root.headers
    sender, subject = headers.text("from"), headers.text("subject")
    if is_vacation_subject(subject) or any(part.media_type == "message/feedback-report" for part in own_parts):
        return Suspicion.NONE
    names_failed = (
        headers.has("x-failed-recipients") or headers.parameter("content-type", "report-type") == "delivery-status"
    )
    about_delivery = _REPORT_SUBJECTS.search(subject) is not None
    if names_failed or _MAILERS.search(sender) or (headers.text("return-path") == "<>" and about_delivery):
        return Suspicion.CERTAIN
    if _ANSWER_SUBJECT.match(subject):
        return Suspicion.NONE
    # A server gives the letter back as it is; a person attaches it as a file.
    returns_letter = any(part.media_type in RETURNED and not part.attached for part in own_parts)
    if about_delivery and returns_letter and speaks_of_failure(text):
        return Suspicion.CERTAIN
    null_path = headers.text("return-path") == "<>"
    return Suspicion.WEAK if about_delivery or null_path or _UNREAD_SENDERS.search(sender) else Suspicion.NONE


def is_vacation_subject(subject: str) -> bool:
    """Say whether a subject begins as vacation replies do."""
    return _VACATION_SUBJECTS.search(subject[:200]) is not None
