"""Everything of a matter for whoever has no mailbot: gathers mails, what hung on them, and the papers of the archive.

Nothing that is held back because of numbers like a NIK goes along: neither such a mail nor its subject, nor a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.clerk.desk.archiving import messages_of, papers_now
from mailbot.clerk.desk.looking_into import Looked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mailbot.clerk.parts import Books, MailReader, MakesLetters
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.writing.archive.kept import KeptMessage
    from mailbot.writing.mail_folder.threads import Handed
    from mailbot.writing.words.phrases import Phrases

_LEFT_OUT = frozenset({"manifest.json", "verifikasi.py"})
"""What proves an archive is of no use beside a part of it."""


def mail_folder(
    books: Books, maker: MakesLetters, reader: MailReader, cycle: Cycle, folders: tuple[Path, ...]
) -> dict[str, bytes]:
    """Return every file of the folder by its path.

    Raises:
        TemplateProblem: words are missing or broken.
        ReadingStalled: a file could not be looked into, for the machine is too busy.
    """
    from mailbot.writing.mail_folder.folder import folder_files  # noqa: PLC0415 - a quiet pass writes nothing
    from mailbot.writing.words.phrases import read_phrases  # noqa: PLC0415 - as above

    office = books.office
    phrases = read_phrases(folders, office.calendar)
    hands = _Hands(office=office, reader=reader, looked=Looked(reader))
    letters, mails = messages_of(books.ledger, cycle)
    handed = [*(hands.over(one, ours=True) for one in letters), *(hands.over(one, ours=False) for one in mails)]
    about = {"period": phrases.period(cycle.period), "cycle": cycle.key, "zone": office.calendar.zone_label}
    papers = dict(_papers(papers_now(books, maker, reader, cycle), phrases))
    return folder_files(sorted(handed, key=lambda one: (one.at, one.ours)), papers, about, office, folders)


def _papers(laid: dict[str, bytes], phrases: Phrases) -> Iterator[tuple[str, bytes]]:
    """Yield the archive's files but letters and mails, which the folder has by themselves, and what proves it."""
    apart = tuple(f"{phrases.word('archive_folder', name)}/" for name in ("sent", "received"))
    guide = phrases.word("archive_file", "guide")
    yield from (
        (path, one) for path, one in laid.items() if not path.startswith(apart) and path not in {*_LEFT_OUT, guide}
    )


@dataclass(frozen=True, slots=True)
class _Hands:
    """What hands a letter or mail over."""

    office: Office
    reader: MailReader
    looked: Looked

    def over(self, message: KeptMessage, *, ours: bool) -> Handed:
        """Return one letter or mail; of one that holds a number like a NIK no more than that it is there."""
        from mailbot.reading.mail import read_mail  # noqa: PLC0415 - a quiet pass reads no mail
        from mailbot.reading.mime.headers import read_addresses, read_head  # noqa: PLC0415 - as above
        from mailbot.writing.mail_folder.threads import Handed  # noqa: PLC0415 - as above

        held = not message.raw or self.looked.holds_back(message.raw, message.at)
        mail = read_mail(message.raw, received_at=message.at, own_addresses=(), limits=self.reader.limits)
        others = read_addresses(b",".join(read_head(message.raw).raw("to"))) if ours else mail.senders
        return Handed(
            at=message.at,
            ours=ours,
            left=message.left,
            who=", ".join(map(self._known, others)),
            subject="" if held else mail.subject,
            message_id=mail.message_id,
            answers=mail.in_reply_to,
            raw=None if held else message.raw,
            files=() if held else tuple((one.name, one.content) for one in mail.attachments),
        )

    def _known(self, address: str) -> str:
        """Return the post of whoever has an address; the address itself, if nobody of the list has it."""
        people = self.office.roster.people
        return next((one.title for one in people if one.owns(address) and one.title), address)
