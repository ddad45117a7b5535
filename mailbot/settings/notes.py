"""What a configuration allows and an admin should yet look at before it surprises anybody: each one sentence."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mailbot.core.model.people import Acting, Role
from mailbot.core.papers.checked import Ratified
from mailbot.settings.days_off import LONGEST_CYCLE, calendar_notes
from mailbot.settings.env_file import open_env_files
from mailbot.settings.folder import five_of
from mailbot.settings.report_notes import report_notes
from mailbot.settings.sayings.said import Mistake, Said, said
from mailbot.settings.second_looks.leftovers import leftovers
from mailbot.settings.second_looks.signs import cut_off_texts, odd_signs
from mailbot.settings.source import read_source
from mailbot.settings.this_machine import is_loopback
from mailbot.settings.variables import SEAL_COMMAND, SECRET

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

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
_USUAL_PORTS = {"http": 80, "https": 443}
_LABELS = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}


def notes_of(
    folder: Path, contents: Mapping[str, bytes], files: Files, core: Office, credentials: Credentials, database: str
) -> Iterator[Said | Mistake]:
    """Give every note: what is written, days, servers, people, secrets."""
    yield from _written(folder, contents, files.office)
    yield from calendar_notes(files.office.calendar, files.cycles, core.calendar)
    if not core.strategic_issues:
        yield said("no_strategic_issues")
    yield from report_notes(files)
    yield from _contact(files.office)
    yield from _label(files.office)
    yield from _ports(files.office)
    yield from _board(files.office)
    yield from _second_channel(files.office)
    yield from _pdf(files.office)
    yield from _papers(files.office.ratified, credentials)
    yield from _acting_for_days(folder, contents, files.recipients)
    yield from _own_reviews(files)
    yield from _secrets(credentials, database)
    yield from (said("env_file_open", path=path) for path in open_env_files(folder))


def _contact(office: OfficeFile) -> Iterator[Said]:
    """Whoever is in doubt, or did not write what bears his name, needs a person: mailbot is none."""
    if office.mailbox.address.casefold() in office.letterhead.contact.casefold():
        yield said("contact_is_mailbot")


def _label(office: OfficeFile) -> Iterator[Said]:
    """The zone and the word printed after a time belong together."""
    zone, label = office.calendar.zone, office.calendar.zone_label
    usual = _LABELS.get(zone, label)
    if label != usual and label in _LABELS.values():
        yield (said("zone_of_another_label", zone=zone, usual=usual, label=label))


def _ports(office: OfficeFile) -> Iterator[Said]:
    """A port that is spelt out and the security that servers have there belong together."""
    servers: list[tuple[str, str, ServerBlock]] = [("imap", "imap", office.imap), ("smtp", "smtp", office.smtp)]
    servers += [("imap", f"mailboxes[{further.key}]", further) for further in office.mailboxes]
    for kind, name, server in servers:
        usual = _USUAL_SECURITY.get((kind, server.port or 0), server.security)
        if server.security not in {usual, "plain"}:
            yield (said("port_of_another_security", name=name, port=server.port, usual=usual, security=server.security))


def _board(office: OfficeFile) -> Iterator[Said]:
    """A link to this very machine opens where the board listens, unless a proxy stands between the two."""
    board, parts = office.board, urlsplit(office.board.url)
    port = parts.port or _USUAL_PORTS[parts.scheme]
    if is_loopback(parts.hostname or "") and not board.proxies and board.listen.rpartition(":")[2] != str(port):
        yield said("board_opened_elsewhere", url=board.url, listen=board.listen)


def _second_channel(office: OfficeFile) -> Iterator[Said]:
    """The program that tells of trouble is there."""
    command = office.watchdog.command
    if command and shutil.which(command[0]) is None:
        yield said("no_such_program", command=command[0])


def _pdf(office: OfficeFile) -> Iterator[Said]:
    """Who wants no letter without its PDF needs what makes PDFs."""
    if not office.pacing.leave_without_pdf and shutil.which("soffice") is None:
        yield (said("pdf_without_office"))


def _papers(ratified: RatifiedBlock, credentials: Credentials) -> Iterator[Said]:
    """Whoever wants a seal needs the command that gives it, and whoever wants scans what reads them."""
    wanted = {ratified.report, ratified.cover_letter}
    if Ratified.SEALED in wanted and credentials.seal_command is None:
        yield said("sealed_without_command", seal_command=SEAL_COMMAND)
    if wanted != {Ratified.BY_MAIL} and shutil.which("soffice") is None:
        yield (said("signed_without_office"))
    missing = [program for program in ("pdftoppm", "tesseract") if shutil.which(program) is None]
    if Ratified.SCAN in wanted and missing:
        yield (said("scan_without_reader", missing=tuple(missing)))


def _written(folder: Path, contents: Mapping[str, bytes], office: OfficeFile) -> Iterator[Mistake]:
    """What stands in the files and was hardly meant, file by file."""
    sources = {
        name: read_source(str(folder / f"{name}.yaml"), content)[0] for name, content in five_of(contents).items()
    }
    for name, source in sources.items():
        yield from odd_signs(source)
        yield from cut_off_texts(source, contents[name])
    yield from leftovers(office, tuple(sources.values()))


def _acting_for_days(folder: Path, contents: Mapping[str, bytes], recipients: RecipientsFile) -> Iterator[Mistake]:
    """A Plh. stands in for some days, and says which."""
    source, _ = read_source(str(folder / "recipients.yaml"), contents["recipients"])
    for place, person in enumerate(recipients.people):
        if person.acting is Acting.DAILY_ACTING and person.until is None:
            what = said("plh_without_end", key=person.key)
            yield source.problem(("people", place, "acting"), what, said("plh_without_end_way"))


def _own_reviews(files: Files) -> Iterator[Said]:
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
                yield (said("own_review", key=secretary.key, head_key=head.key, cycles=", ".join(cycles)))


def _same_person(person: PersonBlock, other: PersonBlock) -> bool:
    """Say whether two entries are one person in two posts."""
    return bool({person.key, person.same_person_as} & {other.key, other.same_person_as} - {None})


def _secrets(credentials: Credentials, database: str) -> Iterator[Said]:
    """A secret is shared where it must be, and with nobody else."""
    if database.startswith("postgresql") and credentials.secret is None:
        yield (said("shared_secret_missing", secret=SECRET))
    for name, path in credentials.open_to_all:
        yield said("secret_open_to_all", name=name, path=path)
