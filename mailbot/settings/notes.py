"""What a configuration allows and an admin should yet look at before it surprises anybody: each one sentence."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

from mailbot.core.model.people import Role
from mailbot.core.papers.checked import Ratified
from mailbot.settings.days_off import LONGEST_CYCLE, calendar_notes
from mailbot.settings.report_notes import report_notes
from mailbot.settings.variables import SEAL_COMMAND, SECRET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.model.office import Office
    from mailbot.settings.credentials import Credentials
    from mailbot.settings.files.mailbox import ServerBlock
    from mailbot.settings.files.office import OfficeFile
    from mailbot.settings.files.ratified import RatifiedBlock
    from mailbot.settings.files.recipients import PersonBlock, RecipientsFile
    from mailbot.settings.folder import Files

_USUAL_SECURITY = {
    ("imap", 143): "starttls",
    ("imap", 993): "tls",
    ("smtp", 25): "starttls",
    ("smtp", 465): "tls",
    ("smtp", 587): "starttls",
}
"""What servers expect at these ports (RFC 8314); the wrong one of the two makes a login hang or break."""
_LABELS = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}
_SAMPLE_DOMAIN = "example.go.id"


def notes_of(files: Files, core: Office, credentials: Credentials, database: str) -> Iterator[str]:
    """Give every note: days, servers, people, secrets."""
    yield from calendar_notes(files.office.calendar, files.cycles, core.calendar)
    if not core.strategic_issues:
        yield "indicators.yaml has no strategic_issues: Bab I E of the report is marked until somebody writes it"
    yield from report_notes(files)
    yield from _label(files.office)
    yield from _ports(files.office)
    yield from _second_channel(files.office)
    yield from _pdf(files.office)
    yield from _papers(files.office.ratified, credentials)
    yield from _left_of_the_sample(files.office, files.recipients)
    yield from _own_reviews(files)
    yield from _secrets(credentials, database)


def _label(office: OfficeFile) -> Iterator[str]:
    """The zone and the word printed after a time belong together."""
    zone, label = office.calendar.zone, office.calendar.zone_label
    usual = _LABELS.get(zone, label)
    if label != usual and label in _LABELS.values():
        yield (
            f"calendar.zone in office.yaml is {zone}, whose time is called {usual}, but zone_label is {label}: "
            "every hour in a letter would be an hour off, or badly named"
        )


def _ports(office: OfficeFile) -> Iterator[str]:
    """A port that is spelt out and the security that servers have there belong together."""
    servers: list[tuple[str, str, ServerBlock]] = [("imap", "imap", office.imap), ("smtp", "smtp", office.smtp)]
    servers += [("imap", f"mailboxes[{further.key}]", further) for further in office.mailboxes]
    for kind, name, server in servers:
        usual = _USUAL_SECURITY.get((kind, server.port or 0), server.security)
        if server.security not in {usual, "plain"}:
            yield (
                f"{name}.port in office.yaml is {server.port}, where servers want security: {usual}, not "
                f"{server.security}; leave the port empty, or change `security`"
            )


def _second_channel(office: OfficeFile) -> Iterator[str]:
    """The program that tells of trouble is there."""
    command = office.watchdog.command
    if command and shutil.which(command[0]) is None:
        yield f"watchdog.command in office.yaml: there is no program {command[0]} on this machine that could be run"


def _pdf(office: OfficeFile) -> Iterator[str]:
    """Who wants no letter without its PDF needs what makes PDFs."""
    if not office.pacing.leave_without_pdf and shutil.which("soffice") is None:
        yield (
            "pacing.leave_without_pdf in office.yaml is false, but LibreOffice (soffice) is not installed on this "
            "machine: a letter with a Surat Pengantar, and the draft of the report, would wait for ever"
        )


def _papers(ratified: RatifiedBlock, credentials: Credentials) -> Iterator[str]:
    """Whoever wants a seal needs the command that gives it, and whoever wants scans what reads them."""
    wanted = {ratified.report, ratified.cover_letter}
    if Ratified.SEALED in wanted and credentials.seal_command is None:
        yield f"ratified in office.yaml says sealed, but {SEAL_COMMAND} is not set: the papers would wait for ever"
    if wanted != {Ratified.BY_MAIL} and shutil.which("soffice") is None:
        yield (
            "ratified in office.yaml wants signed papers, but LibreOffice (soffice) is not installed on this machine: "
            "there would be no PDF to sign, nor one to hold what comes back against"
        )
    missing = [program for program in ("pdftoppm", "tesseract") if shutil.which(program) is None]
    if Ratified.SCAN in wanted and missing:
        yield (
            f"ratified in office.yaml says scan, but {' and '.join(missing)} cannot be found on this machine (Debian: "
            "poppler-utils, tesseract-ocr): every scan will be shown to Subbag Program to confirm"
        )


def _left_of_the_sample(office: OfficeFile, recipients: RecipientsFile) -> Iterator[str]:
    """Whoever has set up a mailbox of his own means no longer to write to invented people."""
    if _of_the_sample(office.mailbox.address):
        return
    left = [person.key for person in recipients.people if _of_the_sample(person.address)]
    if left:
        yield f"addresses of the sample ({_SAMPLE_DOMAIN}) are still in recipients.yaml: {', '.join(left)}"


def _of_the_sample(address: str) -> bool:
    """Say whether an address is under the domain of the sample office, which is nobody's."""
    return address.casefold().endswith((f"@{_SAMPLE_DOMAIN}", f".{_SAMPLE_DOMAIN}"))


def _own_reviews(files: Files) -> Iterator[str]:
    """Rows 6b and 7 want two people; where one holds both posts a cycle waits, and the admin should know in time."""
    if files.office.trust.acting_head_may_ratify_own_review:
        return
    people = files.recipients.people
    for head in (person for person in people if person.role is Role.AGENCY_HEAD):
        for secretary in (person for person in people if person.role is Role.SECRETARY and _same_person(person, head)):
            first = max(head.since or date.min, secretary.since or date.min)
            last = min(head.until or date.max, secretary.until or date.max)
            cycles = [
                cycle.key
                for cycle in files.cycles.cycles
                if first <= cycle.starts_on + LONGEST_CYCLE and cycle.starts_on <= last
            ]
            if first <= last and cycles:
                yield (
                    f"{secretary.key} and {head.key} in recipients.yaml are one person, who reviews the report "
                    f"(row 6b) and may then not ratify it (row 7): there these would wait: {', '.join(cycles)}. "
                    "Give one of the two posts to somebody else for that time (an entry with `acting: Plh.`), or set "
                    "trust.acting_head_may_ratify_own_review: true in office.yaml; the journal marks it"
                )


def _same_person(person: PersonBlock, other: PersonBlock) -> bool:
    """Say whether two entries are one person in two posts."""
    return bool({person.key, person.same_person_as} & {other.key, other.same_person_as} - {None})


def _secrets(credentials: Credentials, database: str) -> Iterator[str]:
    """A secret is shared where it must be, and with nobody else."""
    if database.startswith("postgresql") and credentials.secret is None:
        yield (
            f"{SECRET} is not set: each machine on this database would sign forms with a key of its own; "
            "set one for all of them"
        )
    for name, path in credentials.open_to_all:
        yield f"{name} names {path}, which every user of this machine can read; run: chmod o-r {path}"
