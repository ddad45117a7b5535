"""The operator is warned before a permission, a certificate or a password ends: by mail and by the second channel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from mailbot.clerk.keeping.ends import Asked, Ending, EndKind, EndsAsker, note_ends, noted_ends, tell_ends
from mailbot.errors import PostUnavailable
from tests.clerk.post import OddPost
from tests.clerk.test_watchdog import Bell
from tests.office import ToyOffice

MAILBOX = "lkjip.disdukcapil@example.go.id"


def ending(at: datetime) -> Callable[[], tuple[tuple[str, datetime], ...]]:
    """Give the mailbox's permission an end."""
    return lambda: ((MAILBOX, at),)


@pytest.fixture
def office() -> ToyOffice:
    """The office on its first morning."""
    return ToyOffice()


def warnings(office: ToyOffice) -> list[str]:
    """Return the text of every warning the operator got."""
    return [mail.text for mail in office.letters_to("operator", "alarm") if MAILBOX in mail.text]


def test_the_operator_is_warned_14_7_and_1_days_before_the_end_once_each(office: ToyOffice) -> None:
    """At whatever hour and however often the clock is looked at; never after the end."""
    end = office.clock() + timedelta(days=20)
    office.has(permissions=ending(end))
    clerk, came = office.clerk, []
    for hour in range(0, 22 * 24, 6):
        office.clock.set_to(end - timedelta(days=20) + timedelta(hours=hour))
        came += [20 - hour / 24] * tell_ends(clerk.books, clerk.maker, clerk.lookout, office.clock())
    assert came == [14, 7, 1]
    office.works()
    assert len(warnings(office)) == 3
    last = " ".join(warnings(office)[-1].split())
    assert f"Izin masuk untuk kotak surat {MAILBOX} berakhir pada" in last
    assert f"mailbot login --account {MAILBOX}" in last


def test_whoever_looks_late_gets_the_nearest_warning_alone(office: ToyOffice) -> None:
    """Two days before the end: one letter, not two."""
    office.has(permissions=ending(office.clock() + timedelta(days=2)))
    office.works()
    assert len(warnings(office)) == 1


def test_a_permission_that_was_renewed_is_warned_of_anew(office: ToyOffice) -> None:
    """Its end is another one; the letter's key holds it."""
    for days in (5, 95):
        end = office.clock() + timedelta(days=5)
        office.has(permissions=ending(end))
        office.works()
        office.clock.set_to(office.clock() + timedelta(days=days - 5 + 5))
    assert len(warnings(office)) == 2


@pytest.mark.parametrize("days", [15, 90, 0, -3])
def test_nothing_is_said_long_before_and_after_the_end(office: ToyOffice, days: int) -> None:
    """A dead permission is told of where it is used."""
    office.has(permissions=ending(office.clock() + timedelta(days=days)))
    office.works()
    assert warnings(office) == []


def server(ends: datetime) -> Ending:
    """Return the end of the mail server's certificate."""
    return Ending(kind=EndKind.CERTIFICATE, about="IMAP imap.example.go.id", ends=ends)


def test_where_mail_is_down_the_second_channel_warns_30_14_7_and_1_days_before(office: ToyOffice) -> None:
    """The letters wait in the outbox; a bell that did not take a warning is rung again, and no warning twice."""
    bell = Bell()

    def away() -> OddPost:
        raise PostUnavailable("nobody answers")

    office.has(ring=bell.ring, open_courier=away, open_mailbox=away)
    end = office.clock() + timedelta(days=40)
    note_ends(office.ledger, Asked(found=(server(end),)))
    clerk, came = office.clerk, []
    for hour in range(0, 42 * 24, 12):
        office.clock.set_to(end - timedelta(days=40) + timedelta(hours=hour))
        bell.broken = hour == 10 * 24
        before = len(bell.rung)
        tell_ends(clerk.books, clerk.maker, clerk.lookout, office.clock())
        came += [40 - hour / 24] * (len(bell.rung) - before)
    assert came == [29.5, 14, 7, 1]
    assert set(bell.heard) == {("ending", "certificate_ending")}
    assert "sertifikat server surel akan berakhir. Berakhir " in bell.rung[0].text
    assert (bell.rung[0].about, bell.rung[0].since) == ("IMAP imap.example.go.id", end.isoformat())
    assert office.letters_to("operator", "alarm") == []


@pytest.mark.parametrize(
    ("kind", "about", "words"),
    [
        (EndKind.CERTIFICATE, "SMTP smtp.example.go.id", "sertifikat server surel akan berakhir"),
        (EndKind.AUTHORITY, "bsre.crt: BSrE G2", "sertifikat otoritas yang kami percaya akan berakhir"),
        (EndKind.PASSWORD, "lkjip@example.go.id", "kata sandi kotak surat akan berakhir"),
    ],
)
def test_each_kind_of_end_has_its_letter(office: ToyOffice, kind: EndKind, about: str, words: str) -> None:
    """With which one, and when; without a second channel by mail alone."""
    note_ends(office.ledger, Asked(found=(Ending(kind=kind, about=about, ends=office.clock() + timedelta(days=6)),)))
    office.works()
    (letter,) = office.letters_to("operator", "alarm")
    text = " ".join(letter.text.split())
    assert words in text
    assert about in text
    assert "Berakhir: " in text


def test_an_authority_is_named_in_no_key_and_what_was_told_before_is_not_told_again(office: ToyOffice) -> None:
    """A key is logged; a certificate may be named after a folder of the machine. A former program's key holds."""
    about, ends = "induk.crt: /srv/rahasia/induk", office.clock() + timedelta(days=6)
    note_ends(office.ledger, Asked(found=(Ending(kind=EndKind.AUTHORITY, about=about, ends=ends),)))
    office.works()
    (key,) = (one for one in office.letter_keys() if one.startswith("alarm/"))
    assert "rahasia" not in key
    former = f"alarm/authority_ending/{about.casefold()}/{ends.date().isoformat()}/7"
    with office.ledger.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE outbox SET key = ? WHERE key = ?", (former, key))
    office.works()
    assert [one for one in office.letter_keys() if one.startswith("alarm/")] == [former]


def test_a_server_that_does_not_answer_takes_away_nothing_that_was_known(office: ToyOffice) -> None:
    """One that is ours no more does; and a warning comes though the server has been away for weeks."""
    end = office.clock() + timedelta(days=3)
    note_ends(office.ledger, Asked(found=(server(end),)))
    note_ends(office.ledger, Asked(found=(), silent=frozenset({"IMAP imap.example.go.id"})))
    assert noted_ends(office.ledger) == (server(end),)
    note_ends(office.ledger, Asked(found=()))
    assert noted_ends(office.ledger) == ()


def test_it_is_asked_once_a_day(office: ToyOffice) -> None:
    """Beside the work; what cannot be asked is asked again on the next day."""
    asked: list[datetime] = []
    end = office.clock() + timedelta(days=300)

    def ask() -> Asked:
        asked.append(office.clock())
        if len(asked) == 1:
            raise PostUnavailable("the file of trusted certificates cannot be used")
        return Asked(found=(server(end),))

    asker = EndsAsker()
    for _ in range(30):
        asker.look(office.clerk.books, ask)
        asker.finish(office.clerk.books)
        office.clock.set_to(office.clock() + timedelta(hours=1))
    assert (len(asked), noted_ends(office.ledger)) == (2, (server(end),))
    for _ in range(3):
        EndsAsker().look_if_due(office.clerk.books, ask)
    assert len(asked) == 3
