"""Story 08: vacation replies, bounces and our own mail make no loop; a vacation's return date becomes data."""

from __future__ import annotations

from tests.office import requested

_VACATION = (("Auto-Submitted", "auto-replied"), ("X-Autoreply", "yes"))


def test_a_vacation_reply_is_never_answered_and_pauses_the_reminders() -> None:
    """'Kembali 13 Januari 2026' is kept; nothing is sent back."""
    office = requested()
    sent = len(office.post.delivered)
    request = office.letter("kabid-dafduk", "request")
    office.answers(
        "kabid-dafduk", request, "Saya sedang cuti dan kembali masuk tanggal 13 Januari 2026.", extra=_VACATION
    )
    assert len(office.post.delivered) == sent
    assert office.ledger.inbox.counts().by_outcome["robot"] == 1
    office.days_pass(3)
    assert office.letters_to("kabid-dafduk", "reminder_today") == []


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


def test_two_robots_that_hide_it_stop_after_the_days_fill_of_answers() -> None:
    """A robot without any robot's header gets no more answers than the office allows."""
    office = requested()
    limit = office.clerk.pacing.answers_per_day
    for _ in range(limit + 5):
        office.answers("kabid-piak", office.letter("kabid-piak", "request"), "Pesan Anda telah kami catat.")
    assert len(office.letters_to("kabid-piak", "unplaced")) == limit


def test_the_same_mail_delivered_twice_has_one_effect() -> None:
    """Two copies, one answer."""
    office = requested()
    mail = office.mail("kabid-piak", office.letter("kabid-piak", "request"), "STATUS")
    office.arrives(mail)
    office.arrives(mail)
    assert len(office.letters_to("kabid-piak", "status")) == 1
    assert office.ledger.inbox.counts().by_outcome["duplicate"] == 1
