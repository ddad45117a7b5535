"""The day, hour by hour: each scene causes its trouble at the real servers, and holds what follows at once."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.model.cycle import UnitState
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.sop import Step
from mailbot.ledger.values import LetterState
from mailbot.post.imap import Mailbox
from tests.heartbeat.running import asks_for_status
from tests.office import HEADS
from tests.servers.day.flood import STRANGER, arrive, dear, hostile, plain, report
from tests.servers.day.office import ANSWERS_PER_DAY, QUARTER, edit, form_in, junk
from tests.servers.day.troubles import file_of, gone, locked_out, may_not_send, unreadable
from tests.servers.real_office import PASSWORD
from tests.servers.wire import Break, Cut, Way

if TYPE_CHECKING:
    from tests.servers.day.office import Day

FLOOD = 200
FORGED = ANSWERS_PER_DAY + 2
FORMER, MENDED = "kabid.dafduk@example.go.id", "bidang.dafduk@example.go.id"
_QUOTA = "550 5.4.5 Daily user sending limit exceeded"
_NOT_NOW = "454 4.7.0 Temporary authentication failure"


def days_before(day: Day) -> None:
    """Monday: the Sekretaris agrees to the year's needs, three of four forms come and are accepted."""
    office = day.office
    office.works()
    office.answers("sekretaris", office.letter("sekretaris", "data_needs"), "SETUJU")
    for key in (HEADS[unit] for unit in ("SEKRETARIAT", "DAFDUK", "PIAK")):
        office.sends_form(key, office.letter(key, "request"))
    office.clock.set_to(day.moment(7, 0) + timedelta(days=2))


def nothing_read_and_nothing_sent(day: Day) -> None:
    """07.30: INBOX cannot be listed, the quota is used up and the server repeats our password; the bell rings."""
    office, mailbox = day.office, day.mailbox
    report_template = day.config / "templates" / "docx" / "laporan-kinerja.docx"
    report_template.write_bytes(b"PK half sav")
    office.keyboards["kabid-capil"].answer(*form_in(office, office.letter("kabid-capil", "request")))
    day.servers.wait_until_delivered()
    maildir = day.servers.mailbox_folder(mailbox)
    login = base64.b64encode(f"\0{mailbox}\0{PASSWORD}".encode()).decode()
    with may_not_send(day.servers, mailbox, f"{_QUOTA} (AUTH PLAIN {login}; {PASSWORD})"):
        with unreadable(maildir / "cur"), unreadable(maildir / "new"):
            for minute in (30, 35):
                passed = day.at(7, minute)
                assert "while listing INBOX" in passed.trouble[0]
            # The form is due today and lies there: who cannot read reminds nobody.
            assert day.letters("reminder_today") == []
            assert office.unit("CAPIL").state is UnitState.WAITING
        passed = day.at(7, 40)
        assert (passed.received, passed.worked, passed.sent) == (1, 1, 0)
        # The template that somebody saves by halves counts for nothing before it is whole and approved (P11).
        assert passed.trouble == ()
        assert office.cycle().step is Step.DRAFT
    assert len(day.rings()) == 2
    report_template.unlink()


def refused_for_now_and_at_the_login(day: Day) -> None:
    """07.56 and 08.12: 454, then 535; nothing is given up, and each is tried once in a quarter of an hour."""
    with may_not_send(day.servers, day.mailbox, _NOT_NOW):
        assert "454 4.7.0" in day.at(7, 56).trouble[0]
        assert day.calmly_at(8, 5).sent == 0
    with locked_out(day.servers, day.mailbox, "smtp"):
        assert "535 5.7.8" in day.at(8, 12).trouble[0]
    assert {one.state for one in day.ledger.letters.listing() if not one.sent_at} == {LetterState.QUEUED}


def sending_resumes(day: Day) -> None:
    """08.28: with room for few letters in a minute the cycle's leave first, then what the machine has to say."""
    waiting = {
        one.key: bool(one.cycle and one.kind != "morning") for one in day.ledger.letters.listing() if not one.sent_at
    }
    of_the_cycle = sum(waiting.values())
    assert 0 < of_the_cycle < len(waiting)
    pacing = day.office.clerk.books.pacing
    day.office.has(pacing=pacing.but(per_minute=of_the_cycle))
    assert day.calmly_at(8, 28).sent == of_the_cycle
    left = {one.key for one in day.ledger.letters.listing() if not one.sent_at}
    assert left == {key for key, ours in waiting.items() if not ours}
    day.office.has(pacing=pacing)
    assert day.calmly_at(8, 30).sent == len(left)
    # Ten minutes later it is believed that this is over: of the quota, and of the login.
    assert day.calmly_at(8, 40).sent == 2


def an_address_that_is_gone(day: Day) -> None:
    """08.40: 550 at RCPT gives one request up, and it is told today; the edit alone sends it to the new address."""
    office = day.office
    day.servers.closes(FORMER)
    office.answers("sekretaris", office.letter("sekretaris", "data_needs", 2), "SETUJU")
    (lost,) = day.ledger.letters.listing(LetterState.GIVEN_UP)
    assert (lost.kind, lost.address, lost.last_error[:9]) == ("request", FORMER, "550 5.1.1")
    assert [len(day.letters("undelivered", key)) for key in ("operator", "perencanaan")] == [1, 1]
    assert quarter(day) is Step.REQUEST
    day.servers.add_accounts({MENDED: PASSWORD})
    edit(day.config / "recipients.yaml", f"address: {FORMER}", f"address: {MENDED}\n    aliases: [{FORMER}]")
    day.reads_its_files()
    former = office.keyboards["kabid-dafduk"]
    moved = replace(former, address=MENDED, imap=day.servers.imap(MENDED), smtp=day.servers.smtp(MENDED), _seen=set())
    office.keyboards = {**office.keyboards, "kabid-dafduk": moved, "kabid-dafduk, formerly": former}
    office.got["kabid-dafduk, formerly"] = office.got.pop("kabid-dafduk")
    moved.new_mail()
    assert day.calmly_at(8, 46).sent == 1
    assert office.letter("kabid-dafduk", "request").file(".xlsx") is not None
    assert quarter(day) is Step.COLLECT


def locked_out_of_the_mailbox(day: Day) -> None:
    """08.50: the login to IMAP is refused; the operator hears at once; what lay there meanwhile is answered once."""
    with locked_out(day.servers, day.mailbox, "imap"):
        asks_for_status(day.office.keyboards["kadis"], day.mailbox)
        passed = day.at(8, 50)
        assert (passed.locked_out, len(passed.trouble), passed.sent) == (True, 1, 1)
        day.servers.wait_until_delivered()
        passed = day.calmly_at(8, 55)
        assert (passed.received, passed.paused) == (0, (day.office.clerk.post.boxes[0].account,))
    assert day.calmly_at(9, 6).worked == 1
    assert len(day.letters("status", "kadis")) == 1


def a_flood(day: Day) -> None:
    """09.10: two hundred hostile mails, forgeries, a dear body, a report; the honest question comes last."""
    office, at = day.office, day.office.clock()
    head = office.office.roster.person("kabid-piak").addresses[0]
    forged = [plain(head, "STATUS", f"forged-{number}", at) for number in range(FORGED)]
    arrive(day.servers, day.mailbox, (*hostile(FLOOD, at), dear(at), *forged))
    arrive(day.servers, day.mailbox, [report(at)], sender="")
    asks_for_status(office.keyboards["kabid-capil"], day.mailbox)
    day.servers.wait_until_delivered()
    day.breaks_the_list()
    passed = day.at(9, 10)
    assert (passed.received, passed.worked, len(passed.trouble), day.imap.is_cut) == (0, 0, 1, True)
    passed = day.calmly_at(9, 11)
    assert passed.received == passed.worked == FLOOD + FORGED + 3
    assert len(day.letters("status", "kabid-capil")) == 1
    assert len(day.letters("status", "kabid-piak")) == ANSWERS_PER_DAY
    assert len(day.letters("set_aside")) == 1


def an_answer_that_is_put_off(day: Day) -> None:
    """09.30: forged mail has used up nothing of the head it names; beyond his own fill his receipt waits a day."""
    office = day.office
    day.calmly_at(9, 30)
    request = office.letter("kabid-piak", "request", 2)
    for _ in range(ANSWERS_PER_DAY + 1):
        office.answers("kabid-piak", request, "STATUS")
    assert len(day.letters("status", "kabid-piak")) == 2 * ANSWERS_PER_DAY
    office.keyboards["kabid-piak"].answer(*form_in(office, request))
    day.servers.wait_until_delivered()
    # Subbag Program reads of the accepted form in tomorrow's digest, so that nothing at all leaves now.
    assert day.calmly_at(9, 35).sent == 0
    (receipt,) = [one for one in day.ledger.letters.listing() if not one.sent_at]
    assert (receipt.person, receipt.is_answer, receipt.due_at) == (
        "kabid-piak",
        True,
        day.moment(9, 30) + timedelta(days=1),
    )


def letters_on_a_broken_line(day: Day) -> None:
    """10.00: one whose server's answer is lost is found among the sent; one cut in the middle leaves again."""
    sent = len(day.letters("status", "kadis"))
    for minute, left_again in ((0, 0), (30, 1)):
        if left_again:
            day.smtp.arm(Cut(way=Way.UP, after_bytes=1500, how=Break.CLOSED))
        else:
            day.breaks_before_the_answer()
        asks_for_status(day.office.keyboards["kadis"], day.mailbox)
        day.servers.wait_until_delivered()
        passed = day.calmly_at(10, minute)
        assert (passed.worked, passed.sent, day.smtp.is_cut) == (1, 0, True)
        assert len(day.ledger.letters.listing(LetterState.IN_DOUBT)) == 1
        day.servers.wait_until_delivered()
        assert day.calmly_at(10, minute + 16).sent == left_again
        sent += 1
        assert [one.state for one in day.letters("status", "kadis")] == [LetterState.SENT] * sent


def mails_that_cannot_be_fetched(day: Day) -> None:
    """10.50: of two mails that the server lists and cannot give one is deleted, and vanishes after two good looks."""
    at = day.moment(10, 50)
    asked = asks_for_status(day.office.keyboards["umum"], day.mailbox)
    arrive(day.servers, day.mailbox, [plain(STRANGER, "Halo", "hilang", at), plain(STRANGER, "Halo lagi", "ada", at)])
    lost = file_of(day.servers, day.mailbox, "<hilang@luar.example>")
    with unreadable(lost), unreadable(file_of(day.servers, day.mailbox, asked)):
        assert day.calmly_at(10, 50).received == 1
        gone(lost)
        assert day.calmly_at(10, 51).received == 0
        maildir = day.servers.mailbox_folder(day.mailbox)
        with unreadable(maildir / "cur"), unreadable(maildir / "new"):
            assert len(day.at(11, 2).trouble) == 1
        assert vanished(day) == 0
    assert day.calmly_at(11, 5).worked == 1
    assert (vanished(day), len(day.letters("status", "umum"))) == (1, 1)


def a_template_saved_half(day: Day) -> None:
    """11.20: somebody saves half of an answer's words; those that count stay, and its mail is answered with them."""
    words = day.config / "templates" / "letters" / "status.j2"
    whole = words.read_text(encoding="utf-8")
    words.write_text(whole[: len(whole) // 2], encoding="utf-8")
    asks_for_status(day.office.keyboards["perencanaan"], day.mailbox)
    arrive(day.servers, day.mailbox, [plain(STRANGER, "Selamat siang", "siang", day.moment(11, 20))])
    assert day.calmly_at(11, 20).worked == 2
    assert day.ledger.inbox.counts().waiting == 0
    words.write_text(whole, encoding="utf-8")
    assert len(day.letters("status", "perencanaan")) == 1


def a_folder_that_counts_anew(day: Day) -> None:
    """11.40: a folder gets new numbers time and again; its mail has no second effect, and one line tells of it."""
    folder = junk(day.config)
    with Mailbox(day.servers.imap(day.mailbox)) as mailbox:
        mailbox.append(folder, plain(STRANGER, "Iklan", "iklan", day.moment(11, 40)))
    assert day.calmly_at(11, 40).worked == 1
    for number in range(3):
        day.makes_anew(folder, f"{folder}-{number}")
        passed = day.calmly_at(11, 41 + number)
        assert (passed.received, passed.worked, passed.sent) == (1, 0, 0)


def the_next_morning(day: Day) -> None:
    """Thursday: one morning mail tells the rest of it, and what was put off leaves in its time."""
    day.calmly_at(15, 0)
    day.office.clock.set_to(day.moment(7, 30) + timedelta(days=1))
    day.office.works()
    day.calmly_at(9, 36)
    assert len([one for one in day.letters("receipt", "kabid-piak") if one.cycle == QUARTER]) == 1
    # Of a form in order Subbag Program reads on the second morning: nobody wrote to it about that form.
    day.office.clock.set_to(day.moment(7, 30) + timedelta(days=1))
    day.office.works()
    digests = day.letters("digest", "perencanaan")
    assert digests[-1].key == "digest/2026-01-09"
    assert "PIAK" in day.office.letter("perencanaan", "digest", len(digests)).text


def quarter(day: Day) -> Step:
    """Return the row of the quarter's cycle."""
    found = day.ledger.cycles.get(QUARTER)
    assert found is not None
    return found.step


def vanished(day: Day) -> int:
    """Return how many mails are written down as gone before they could be read."""
    return day.ledger.inbox.counts().by_outcome.get(MailOutcome.VANISHED, 0)


SCENES = (
    days_before,
    nothing_read_and_nothing_sent,
    refused_for_now_and_at_the_login,
    sending_resumes,
    an_address_that_is_gone,
    locked_out_of_the_mailbox,
    a_flood,
    an_answer_that_is_put_off,
    letters_on_a_broken_line,
    mails_that_cannot_be_fetched,
    a_template_saved_half,
    a_folder_that_counts_anew,
    the_next_morning,
)
