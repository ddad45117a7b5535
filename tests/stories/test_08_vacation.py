"""Story 08: vacation replies, bounces and our own mail make no loop; a vacation's return date becomes data."""

from __future__ import annotations

import pytest

from mailbot.clerk.desk.allowance import FRUITLESS_IN_A_ROW
from tests.office import requested

_VACATION = (("Auto-Submitted", "auto-replied"), ("X-Autoreply", "yes"))


def test_a_vacation_reply_is_never_answered_and_pauses_the_reminders() -> None:
    """'Kembali 13 Januari 2026' is kept; nothing is sent back, and the superior hears that he misses the deadline."""
    office = requested()
    sent = len(office.post.delivered)
    request = office.letter("kabid-dafduk", "request")
    office.answers(
        "kabid-dafduk", request, "Saya sedang cuti dan kembali masuk tanggal 13 Januari 2026.", extra=_VACATION
    )
    assert len(office.post.delivered) == sent + 1
    assert "memberitahukan sedang tidak di tempat" in office.letter("sekretaris", "escalation").text
    assert office.ledger.inbox.counts().by_outcome["robot"] == 1
    office.days_pass(3)
    assert office.letters_to("kabid-dafduk", "reminder_today") == []


def test_a_stand_in_named_in_the_reply_is_reminded_with_the_head() -> None:
    """The Kasi of the unit gets the reminder of the day too, and is told why; the operator sees it in the morning."""
    office = requested()
    request = office.letter("kabid-dafduk", "request")
    kasi = next(one for one in office.office.roster.people if one.unit == "DAFDUK" and one.role.value == "section_head")
    words = f"Saya cuti dan kembali masuk tanggal 19 Januari 2026. Mohon menghubungi {kasi.addresses[0]}."
    office.answers("kabid-dafduk", request, words, extra=_VACATION)
    assert office.unit("DAFDUK").deputy == kasi.key
    office.days_pass(4)
    (copy,) = office.letters_to(kasi.key, "reminder_today")
    assert "sedang tidak di tempat dan kembali pada hari Senin, 19 Januari 2026" in " ".join(copy.text.split())
    assert len(office.letters_to("kabid-dafduk", "reminder_today")) == 1
    seen = " ".join(office.letter("operator", "morning").text.split())
    assert f"pengingat kami sampaikan pula kepada {kasi.title}" in seen


def test_a_vacation_reply_that_holds_a_word_decides_nothing() -> None:
    """A robot's SETUJU is no consent."""
    office = requested()
    before = office.cycle()
    office.answers("sekretaris", office.letter("sekretaris", "data_needs"), "SETUJU", extra=_VACATION)
    assert office.cycle() == before


def test_our_own_mail_come_back_is_kept_and_left_alone() -> None:
    """A letter of ours that returns to us is recognised."""
    office = requested()
    sent = len(office.post.delivered)
    office.arrives(office.letter("kabid-dafduk", "request").raw)
    assert len(office.post.delivered) == sent
    assert office.ledger.inbox.counts().by_outcome["own"] == 1


@pytest.mark.parametrize("threads", [True, False], ids=["in one thread", "each mail a new one"])
def test_two_robots_facing_each_other_stop_after_three_mails(*, threads: bool) -> None:
    """A robot answers everything it gets, without any robot's header; the fourth mail of it meets silence (F25)."""
    office = requested()
    answered = office.letter("kabid-piak", "request")
    exchanged = 0
    while True:
        office.answers("kabid-piak", answered if threads else None, "Pesan Anda telah kami catat.")
        got = office.letters_to("kabid-piak", "unplaced")
        if len(got) == exchanged:
            break
        answered, exchanged = got[-1], len(got)
    assert exchanged == FRUITLESS_IN_A_ROW == 3
    withheld = [entry.line for entry in office.ledger.journal.read() if entry.line.event == "answer_withheld"]
    assert [dict(line.detail)["address"] for line in withheld] == [answered.address]
    office.morning()
    assert f"Tidak dijawab lagi: {answered.address}" in office.letters_to("operator", "morning")[-1].text


def test_a_word_we_know_is_answered_all_the_same() -> None:
    """Silence is for what leads nowhere; afterwards the count begins anew."""
    office = requested()
    request = office.letter("kabid-piak", "request")
    for words in ("Halo.", "Halo lagi.", "Halo-halo.", "Masih di situ?", "STATUS", "Terima kasih banyak."):
        office.answers("kabid-piak", request, words)
    assert len(office.letters_to("kabid-piak", "status")) == 1
    assert len(office.letters_to("kabid-piak", "unplaced")) == FRUITLESS_IN_A_ROW + 1


def test_a_robot_that_says_a_word_we_know_stops_after_the_days_fill_of_answers() -> None:
    """It is given no more answers than the office allows."""
    office = requested()
    limit = office.clerk.books.pacing.answers_per_day
    for number in range(limit + 3):
        office.answers("kabid-piak", office.letter("kabid-piak", "request"), f"STATUS\n\nTiket {number}")
    assert len(office.letters_to("kabid-piak", "status")) == limit


def test_the_same_mail_delivered_twice_has_one_effect() -> None:
    """Two copies, one answer."""
    office = requested()
    mail = office.mail("kabid-piak", office.letter("kabid-piak", "request"), "STATUS")
    office.arrives(mail)
    office.arrives(mail)
    assert len(office.letters_to("kabid-piak", "status")) == 1
    assert office.ledger.inbox.counts().by_outcome["duplicate"] == 1
