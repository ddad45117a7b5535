"""The tape of a story on real servers: what lies in everybody's mailbox, each mail at the moment its Date bears.

Postfix and Dovecot live in real time and the story's days pass by hand, so their own moments say nothing.
"""

from __future__ import annotations

from email import message_from_bytes
from typing import TYPE_CHECKING

from mailbot.cli.wiring import account_of
from mailbot.post.imap import Mailbox
from tests.examiner.examine import examine
from tests.examiner.letter import moment_of
from tests.examiner.office import read_office
from tests.examiner.tape import Came, Left, Tape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.examiner.tape import Charge
    from tests.servers.real_office import RealOffice

_MOST_BYTES = 50_000_000
_CYCLE = "2025"


def tape_of(office: RealOffice, *, finished: bool) -> Tape:
    """Return what the mailboxes of a story hold."""
    left: list[Left] = []
    for key, keyboard in office.keyboards.items():
        office.got.setdefault(key, []).extend(keyboard.new_mail())
        for got in office.got[key]:
            message = message_from_bytes(got.raw)
            if office.office.mailbox in message["From"]:
                left.append(Left(at=moment_of(message), to=keyboard.address, raw=got.raw))
    return Tape(came=tuple(_came(office)), left=tuple(left), cycle=_CYCLE, finished=finished)


def _came(office: RealOffice) -> Iterator[Came]:
    """Yield what lies in the office's own mailbox: in the folders that are read, and where kept mails are moved."""
    folders = office.settings.folders
    with Mailbox(account_of(office.settings.imap)) as mailbox:
        for folder in (folders.inbox, *folders.extra, folders.done):
            uids = mailbox.list_uids(folder).uids
            for mail in mailbox.fetch(folder, uids, size_limit_bytes=_MOST_BYTES) if uids else ():
                message = message_from_bytes(mail.raw)
                proved = "dmarc=pass" in (message["Authentication-Results"] or "")
                yield Came(at=moment_of(message), raw=mail.raw, proved=proved)


def condemned(office: RealOffice, *, finished: bool = True) -> tuple[Charge, ...]:
    """Return what the examiner has to say of a story that is over."""
    return examine(tape_of(office, finished=finished), read_office(office.settings.folder, _CYCLE))
