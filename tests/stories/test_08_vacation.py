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
