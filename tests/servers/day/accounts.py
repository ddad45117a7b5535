"""What must be true once the day is over: each mail and letter accounted for, the operator told what he should be."""

from __future__ import annotations

import base64
import email.policy
from collections import Counter
from email import message_from_bytes
from typing import TYPE_CHECKING

from mailbot.clerk.reconciling import reconcile
from mailbot.core.model.outcome import MailOutcome
from mailbot.ledger.values import LetterState
from mailbot.post.imap import Mailbox
from tests.servers.day.office import AGENCY, ANSWERS_PER_DAY, LONG, junk
from tests.servers.day.scenes import FLOOD, FORGED
from tests.servers.real_office import PASSWORD

if TYPE_CHECKING:
    from tests.servers.day.office import Day

NEW_NUMBERS = 3
"""So often the second folder got other numbers; its one mail came again as a copy of itself each time."""
MAILS = {
    MailOutcome.VERDICT: 2,
    MailOutcome.FORM: 5,
    MailOutcome.COMMAND: 6 + FORGED + ANSWERS_PER_DAY + 1,
    MailOutcome.BOUNCE: 1,
    MailOutcome.STRANGER: 4,
    MailOutcome.SET_ASIDE: FLOOD,
    MailOutcome.VANISHED: 1,
    MailOutcome.DUPLICATE: NEW_NUMBERS,
}
"""What the mails of all days came to; who is not listed is met with silence."""
OPERATOR = (
    (5, "morning"),
    (7, "not_read"),
    (7, "recovered not_read"),
    (7, "recovered account_refused"),
    (7, "recovered login_refused"),
    (7, "undelivered"),
    (7, "login_refused"),
    (7, "set_aside"),
    (7, "recovered login_refused"),
    (7, "not_read"),
    (7, "recovered not_read"),
    (8, "morning"),
)
"""Each letter to the operator by its day. While nothing could leave, the bell rang of it; its end he has in writing.
A morning letter comes on the first working day of a week, and on one with something to tell: of Tuesday, nothing."""
BELL = (
    "tidak dapat dibaca seluruhnya",
    "tidak menerima surat dari akun layanan ini",
    "pulih. Sebelumnya kotak surat tidak dapat dibaca",
    "ditolak oleh server surel. Sejak Rabu, 7 Januari 2026 pukul 08.12 WIB. smtp",
    "pulih. Sebelumnya server surel tidak menerima surat",
    "pulih. Sebelumnya kata sandi atau izin masuk ditolak",
    "ditolak oleh server surel. Sejak Rabu, 7 Januari 2026 pukul 08.50 WIB.",
    "pulih. Sebelumnya kata sandi atau izin masuk ditolak",
    "tidak dapat dibaca seluruhnya",
    "pulih. Sebelumnya kotak surat tidak dapat dibaca",
)
MORNING = (
    "1 laporan surat tidak sampai, tanpa bukti",
    "Penerima: kabid.piak@example.go.id",
    "nomor baru kepada semua pesannya berulang kali",
    "Pesan di server yang belum ada dalam buku catatan",
    f"{FLOOD - 1} pesan disisihkan tanpa diproses",
    "Tidak dijawab lagi: kabid.piak@example.go.id (3)",
    "selisih 0",
)
"""What the next morning's mail tells of that day, whatever its causes."""


def every_mail_has_its_end(day: Day) -> None:
    """Kept is settled and set aside, nothing waits; what the server shows lies in the books, and nothing else."""
    counts, proof = day.ledger.inbox.counts(), reconcile(day.ledger)
    assert counts.by_outcome == MAILS
    assert (counts.kept, counts.waiting) == (counts.settled + counts.set_aside, 0)
    assert (proof.difference, proof.figures["received"], proof.figures["on_server"]) == (0, counts.kept, counts.kept)
    folders = day.office.settings.folders
    with Mailbox(day.servers.imap(day.mailbox)) as mailbox:
        held = [len(mailbox.list_uids(folder).uids) for folder in (folders.inbox, folders.done, junk(day.config))]
    assert held == [0, counts.kept - counts.by_outcome[MailOutcome.VANISHED] - 1 - NEW_NUMBERS, 1]
    assert day.ledger.journal.verify() is None


def every_letter_arrived_once(day: Day) -> None:
    """Each letter lies in its addressee's mailbox once, byte for byte, and once in the folder for sent mail."""
    day.servers.wait_until_delivered()
    letters = day.ledger.letters.listing(limit=2000)
    assert {one.state for one in letters} == {LetterState.SENT}
    wanted = {(one.address, one.message_id): day.ledger.letters.raw(one.key) for one in letters}
    found: Counter[tuple[str, str]] = Counter()
    for key, keyboard in day.office.keyboards.items():
        day.office.got.setdefault(key, []).extend(keyboard.new_mail())
        for got in day.office.got[key]:
            found[keyboard.address, got.message_id] += 1
            assert got.raw.endswith(wanted[keyboard.address, got.message_id]), got.subject
    assert found == Counter(dict.fromkeys(wanted, 1))
    with Mailbox(day.servers.imap(day.mailbox)) as mailbox:
        there = mailbox.list_uids("Sent").uids
        copies = [mail.raw for mail in mailbox.fetch("Sent", there, size_limit_bytes=50_000_000)]
    assert sorted(message_from_bytes(raw)["Message-ID"] for raw in copies) == sorted(one for _, one in wanted)


def every_name_is_whole(day: Day) -> None:
    """From and To are one address each, however long the name before it, and no line is longer than it may be."""
    longest = 998  # RFC 5322, 2.1.1
    names = {person.addresses[0]: person.name or person.title for person in day.office.office.roster.people}
    for letter in day.ledger.letters.listing(limit=2000):
        raw = day.ledger.letters.raw(letter.key)
        assert max(map(len, raw.partition(b"\r\n\r\n")[0].split(b"\r\n"))) <= longest
        message = message_from_bytes(raw, policy=email.policy.default)
        (sender,), (reader,) = message["From"].addresses, message["To"].addresses
        assert (_one_gap(sender.display_name), sender.addr_spec) == (AGENCY.strip(), day.mailbox)
        assert reader.addr_spec == letter.address
        assert _one_gap(reader.display_name) == names.get(letter.address, reader.display_name)
    assert LONG.strip().rstrip(",") in names.values()


def the_operator_heard(day: Day) -> None:
    """One letter a day for all causes, one when something cannot be read or sent, one when that is over."""
    calendar = day.office.office.calendar
    letters = sorted(day.letters_to("operator"), key=lambda one: (one.sent_at, one.id))
    heard = [(calendar.local(one.sent_at).day, _matter(one.key)) for one in letters if one.sent_at is not None]
    assert heard == list(OPERATOR), heard
    rang = day.rings()
    assert len(rang) == len(BELL)
    assert all(words in line for words, line in zip(BELL, rang, strict=True))
    text = " ".join(day.office.letter("operator", "morning", 2).text.split())
    assert [words for words in MORNING if words not in text] == [], text


def no_secret_was_written(day: Day, logged: str) -> None:
    """The password, which a server repeated, stands in no file of the office, in no letter and in no log."""
    login = f"\0{day.mailbox}\0{PASSWORD}"
    secrets = [PASSWORD.encode(), *(base64.b64encode(one.encode()) for one in (PASSWORD, login))]
    written = {path.name: path.read_bytes() for path in day.config.parent.rglob("*") if path.is_file()}
    assert "ledger.db" in written
    letters = {one.key: day.ledger.letters.raw(one.key) for one in day.ledger.letters.listing(limit=2000)}
    everywhere = {**written, **letters, "log": logged.encode()}
    assert [name for name, content in everywhere.items() for secret in secrets if secret in content] == []


def figures(day: Day) -> str:
    """Return what the day came to, in two lines."""
    mails, letters = reconcile(day.ledger).figures, day.ledger.letters.counts()
    heard = Counter(matter for _, matter in OPERATOR)
    return (
        f"mails: {', '.join(f'{name} {count}' for name, count in mails.items())}\n"
        f"letters: {letters.sent} sent, each arrived once; to the operator: "
        f"{', '.join(f'{matter} {count}' for matter, count in heard.items())}"
    )


def _one_gap(name: str) -> str:
    """Return a name as it was: the library keeps the gap between two encoded words, which does not belong to it."""
    return " ".join(name.split())


def _matter(key: str) -> str:
    """Return what a letter to the operator is about, by its key: its kind, or which alarm, or what is over."""
    kind, *rest = key.split("/")
    if kind != "alarm":
        return kind
    return " ".join(rest[:2]) if rest[0] == "recovered" else rest[0]
