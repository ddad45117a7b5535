"""Cycles that open, are put off, called off, missed, and opened by mistake, as the people concerned see it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import event

from mailbot.clerk.opening.openings import due_cycles, open_by_hand
from mailbot.clerk.opening.withdrawing import cancel_cycle, to_cancel
from mailbot.errors import PostUnavailable, Refused
from mailbot.ledger.values import Changes, CycleChange, LetterState
from tests.clerk.post import OddPost
from tests.office import CYCLE, ToyOffice, requested, told_once

QUARTER = "2026-tw1"
"""It opens on Wednesday, 1 April 2026."""
REASON = "Tanggal mulai keliru sebulan."


def wib(month: int, day: int, hour: int = 8, year: int = 2026) -> datetime:
    """Return that hour in the office's zone."""
    return ToyOffice().office.calendar.at(date(year, month, day), time(hour))


@told_once
def announced() -> ToyOffice:
    """Return the office on the working day before, the letter being with Subbag Program."""
    office = requested()
    office.silent_until(wib(3, 31))
    return office


def test_tunda_is_confirmed_and_the_cycle_opens_on_its_other_day() -> None:
    """And the day before that, Subbag Program is told once more."""
    office = announced()
    told = office.letter("perencanaan", "opening_ahead")
    assert "pada hari Rabu, 1 April 2026 akan dibuka dengan sendirinya" in " ".join(told.text.split())
    assert told.subject.startswith("LKjIP Triwulan I Tahun 2026 dibuka 1 Apr")
    office.answers("perencanaan", told, "TUNDA 2 HARI")
    noted = office.letter("perencanaan", "opening_noted")
    assert "kami mundurkan ke hari Senin, 6 April 2026" in " ".join(noted.text.split())  # 3 April is Good Friday
    office.silent_until(wib(4, 2))
    assert office.ledger.cycles.get(QUARTER) is None
    assert len(office.letters_to("perencanaan", "opening_ahead")) == 2
    office.silent_until(wib(4, 6))
    assert office.ledger.cycles.get(QUARTER) is not None


def test_an_unproved_batal_counts_with_its_code_and_is_told_of_never_again() -> None:
    """The code goes to the registered address; weeks later nobody has heard of the cycle."""
    office = announced()
    told = office.letter("perencanaan", "opening_ahead")
    office.answers("perencanaan", told, "BATAL", proved=False)
    assert office.letters_to("perencanaan", "opening_noted") == []
    asked = office.letter("perencanaan", "challenge")
    found = re.search(r"^\s+(\d{6})\s*$", asked.text, re.MULTILINE)
    assert found is not None
    office.answers("perencanaan", asked, found[1], proved=False)
    assert "tidak dibuka dengan sendirinya" in " ".join(office.letter("perencanaan", "opening_noted").text.split())
    office.silent_until(wib(5, 4))
    assert office.ledger.cycles.get(QUARTER) is None
    assert office.letters_to("perencanaan", "opening_missed") == []
    assert QUARTER not in office.letter("operator", "morning").text
    assert open_by_hand(office.clerk.books, office.clerk.maker, QUARTER, office.clock()) == QUARTER


def test_thanks_for_the_letter_are_not_answered_and_change_nothing() -> None:
    """A polite person gets no letter for it."""
    office = announced()
    before = len(office.letters_to("perencanaan"))
    office.answers("perencanaan", office.letter("perencanaan", "opening_ahead"), "Baik, terima kasih.")
    assert len(office.letters_to("perencanaan")) == before
    office.silent_until(wib(4, 1))
    assert office.ledger.cycles.get(QUARTER) is not None


def test_a_cycle_missed_by_a_machine_that_was_off_is_told_until_it_is_cancelled() -> None:
    """To the operator every morning, to Subbag Program once a week; after the word of either, no more."""
    office = announced()
    office.silent_until(wib(4, 20))
    assert office.ledger.cycles.get(QUARTER) is None
    assert f"mailbot open {QUARTER}" in " ".join(office.letter("operator", "morning").text.split())
    assert "Triwulan I Tahun 2026" in office.letter("perencanaan", "opening_missed").text
    office.silent_until(wib(4, 21))
    assert len(office.letters_to("perencanaan", "opening_missed")) == 1
    office.silent_until(wib(4, 27))
    assert len(office.letters_to("perencanaan", "opening_missed")) == 2
    assert cancel_cycle(office.clerk.books, office.clerk.maker, QUARTER, REASON, "operator", office.clock())
    office.silent_until(wib(5, 4))
    assert len(office.letters_to("perencanaan", "opening_missed")) == 2
    assert QUARTER not in office.letter("operator", "morning").text


def test_a_cycle_opened_by_mistake_is_withdrawn_and_everybody_told_once() -> None:
    """Letters that wait do not leave, what comes is answered and kept, and no report will ever use it."""
    office = requested()
    books = office.clerk.books
    office.sends_form("kabid-dafduk", "DAFDUK")
    office.ledger.outbox.hold_all()
    office.sends_form("kabid-capil", "CAPIL", mistakes=1)
    found = to_cancel(books, CYCLE)
    assert (found.ratified, "kabid-piak" in found.written_to, found.waiting > 0) == (False, True, True)
    assert cancel_cycle(books, office.clerk.maker, CYCLE, REASON, "operator", office.clock())
    office.ledger.outbox.release_all()
    before = len(office.post.delivered)
    office.works()
    assert [kind for _, raw in office.post.delivered[before:] if (kind := office._kind(raw)) != "cycle_cancelled"] == []  # noqa: SLF001 - the kind of what left
    letters = office.ledger.letters.of_cycle(CYCLE)
    assert all(letter.state in {LetterState.SENT, LetterState.GIVEN_UP} for letter in letters)
    assert len(office.letters_to("kabid-dafduk", "cycle_cancelled")) == 1
    office.sends_form("kabid-dafduk", "DAFDUK")
    answer = office.letter("kabid-dafduk", "cycle_cancelled")
    assert "telah kami terima dan kami simpan" in " ".join(answer.text.split())
    assert REASON in answer.text
    office.silent_until(wib(2, 2))
    office.days_pass(5)
    assert office.letters_to("kabid-piak", "reminder") == []
    assert office.ledger.cycles.past((2025,)).figures == {}
    assert (office.ledger.cycles.open(), office.ledger.cycles.unarchived()) == ((), ())


def test_who_wrote_and_has_no_answer_yet_is_told_of_the_end_though_nothing_had_reached_him() -> None:
    """The Kepala Dinas writes before anything is laid before him; the server is away, and the cycle is cancelled."""
    office = requested()
    post = OddPost(office.clock, mails=list(office.post.mails), delivered=list(office.post.delivered))
    office.post = post
    post.breaks[office.person("kadis").addresses[0]] = [PostUnavailable("the server is away")] * 3
    office.answers("kadis", None, "Kapan laporannya sampai kepada saya?")
    found = to_cancel(office.clerk.books, CYCLE)
    assert "kadis" in found.written_to
    assert cancel_cycle(office.clerk.books, office.clerk.maker, CYCLE, REASON, "operator", office.clock())
    office.days_pass(2)
    told = office.letter("kadis", "cycle_cancelled")
    assert "Yang telah Bapak/Ibu kirimkan tetap kami simpan" in " ".join(told.text.split())
    assert len(office.letters_to("kadis", "cycle_cancelled")) == 1


def test_whom_the_end_of_a_cycle_did_not_reach_is_told_to_operator_and_planning() -> None:
    """What was refused of the cycle before is asked for no more, and nobody need care."""
    office = requested()
    post = OddPost(office.clock, mails=list(office.post.mails), delivered=list(office.post.delivered))
    office.post = post
    post.breaks[office.person("kabid-capil").addresses[0]] = [
        Refused(permanent=True, code=550, reply="5.1.1 no such user", command="RCPT")
    ]
    assert cancel_cycle(office.clerk.books, office.clerk.maker, CYCLE, REASON, "operator", office.clock())
    office.works()
    assert office.letters_to("kabid-capil", "cycle_cancelled") == []
    for person in ("operator", "perencanaan"):
        (told,) = office.letters_to(person, "undelivered")
        assert office.person("kabid-capil").addresses[0] in told.text


def test_a_cancelled_cycle_is_opened_anew_under_a_key_of_its_own() -> None:
    """Its letters leave although those of the first had the same errand; a form of the first does not count in it."""
    office = requested()
    books = office.clerk.books
    _, former = office.letter("kabid-dafduk", "request").file(".xlsx")
    assert cancel_cycle(books, office.clerk.maker, CYCLE, REASON, "operator", office.clock())
    anew = open_by_hand(books, office.clerk.maker, CYCLE, office.clock())
    assert anew == f"{CYCLE}-ulang-1"
    office.days_pass(3)
    assert len(office.letters_to("kabid-dafduk", "request")) == 2
    assert f"/{anew.upper()}]" in office.letter("kabid-dafduk", "request").subject
    office.answers("kabid-dafduk", None, "Terlampir.", ("form.xlsx", former))
    cycle = office.ledger.cycles.get(anew)
    assert cycle is not None
    assert cycle.unit("DAFDUK").submissions == ()
    told = office.letter("kabid-dafduk", "unreadable")
    assert "yang telah dibatalkan dan dibuka kembali" in " ".join(told.text.split())
    assert told.file(".xlsx") == office.letter("kabid-dafduk", "request").file(".xlsx")
    assert cancel_cycle(books, office.clerk.maker, CYCLE, "Lagi.", "operator", office.clock())
    withdrawn = office.ledger.cycles.get(anew)
    assert withdrawn is not None
    assert withdrawn.cancelled is not None


def test_a_ratified_cycle_is_not_cancelled() -> None:
    """Nothing is written, and nobody is told."""
    office = requested()
    cycle = office.ledger.cycles.get(CYCLE)
    assert cycle is not None
    office.ledger.commit(
        Changes(at=office.clock(), cycles=(CycleChange(before=cycle, after=replace(cycle, closed_at=office.clock())),))
    )
    assert not cancel_cycle(office.clerk.books, office.clerk.maker, CYCLE, REASON, "operator", office.clock())


def test_a_look_at_the_calendar_costs_the_same_after_a_thousand_days() -> None:
    """One question, for what was said of openings; nothing is asked of the cycles before one may be due."""
    office = requested()
    asked: list[str] = []
    event.listen(
        office.ledger.engine, "before_cursor_execute", lambda *told: asked.append(str(told[2]).partition(" ")[0])
    )
    counts = []
    for number in range(0, 1000, 50):
        asked.clear()
        assert due_cycles(office.clerk.books, wib(5, 4) + timedelta(days=number)) == ()
        counts.append(asked.count("SELECT"))
    assert set(counts) == {1}
