"""Story 21: forged mail silences nobody, and what somebody is owed leaves on a later day, and is never dropped."""

from __future__ import annotations

from datetime import timedelta

from mailbot.core.model.sop import Step
from tests.office import Seen, ToyOffice, requested
from tests.stories.test_11_code import ratifying

DAY = timedelta(days=1)


def flooded(office: ToyOffice, key: str, letter: Seen, words: str, times: int, *, proved: bool = False) -> None:
    """Let mails in somebody's name come, each another one."""
    for number in range(times):
        office.answers(key, letter, f"{words}\n\n-- \nTiket {number}", proved=proved)


def events(office: ToyOffice, event: str) -> list[str]:
    """Return the kinds of the letters that the journal names beside an event."""
    entries = (entry.line for entry in office.ledger.journal.read() if entry.line.event == event)
    return [dict(line.detail)["letter"].split("/", 1)[0] for line in entries]


def test_forged_mail_uses_up_nothing_of_whoever_it_names() -> None:
    """Ten and more in the name of the Kepala Dinas: his own word is noted, and he hears of it on that day."""
    office = ratifying()
    flooded(office, "kadis", office.letter("kadis", "ratify"), "DISAHKAN", 14)
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN")
    assert office.cycle().step is Step.SUBMIT
    assert len(office.letters_to("kadis", "verdict_noted")) == 1


def test_forged_chatter_does_not_end_the_answers_to_proved_mail() -> None:
    """Three answers in a row that led nowhere are silence for mail of that kind alone."""
    office = requested()
    request = office.letter("kabid-piak", "request")
    flooded(office, "kabid-piak", request, "Halo, apa kabar?", 4)
    before = len(office.letters_to("kabid-piak", "unplaced"))
    office.answers("kabid-piak", request, "Mohon penjelasan tentang kolom ketiga.")
    assert len(office.letters_to("kabid-piak", "unplaced")) == before + 1


def test_a_forged_flood_of_all_addresses_leaves_the_answers_of_all_proved_mail() -> None:
    """The budget of all addresses together is one of two as well."""
    office = requested()
    office.has(pacing=office.clerk.books.pacing.but(answers_in_all_per_day=2))
    flooded(office, "kabid-piak", office.letter("kabid-piak", "request"), "STATUS", 3)
    office.answers("kabid-dafduk", office.letter("kabid-dafduk", "request"), "Terlampir.", office.filled("DAFDUK"))
    assert len(office.letters_to("kabid-dafduk", "receipt")) == 1


def test_what_is_owed_above_the_days_fill_leaves_the_next_day() -> None:
    """The receipt of a proved form is put off while its sender's fill is spent, and written down as such."""
    office = requested()
    office.has(pacing=office.clerk.books.pacing.but(answers_per_day=2))
    request = office.letter("kabid-dafduk", "request")
    flooded(office, "kabid-dafduk", request, "STATUS", 3, proved=True)
    office.answers("kabid-dafduk", request, "Terlampir.", office.filled("DAFDUK"))
    assert events(office, "answer_withheld") == ["status"]
    assert events(office, "answer_put_off") == ["receipt"]
    assert office.letters_to("kabid-dafduk", "receipt") == []
    office.hours_pass(25)
    assert len(office.letters_to("kabid-dafduk", "receipt")) == 1


def test_a_word_counts_at_once_though_its_answer_is_put_off() -> None:
    """One answer a day: the question first, and what his plain word came to the day after."""
    office = ratifying()
    office.has(pacing=office.clerk.books.pacing.but(answers_per_day=1))
    office.hours_pass(25)
    ratify = office.letter("kadis", "ratify")
    for words in ("DISAHKAN, tapi tolong tunda dulu", "DISAHKAN"):
        office.answers("kadis", ratify, words)
    assert office.cycle().step is Step.SUBMIT
    assert (len(office.letters_to("kadis", "doubted")), len(office.letters_to("kadis", "verdict_noted"))) == (1, 0)
    office.hours_pass(25)
    assert len(office.letters_to("kadis", "verdict_noted")) == 1


def test_what_is_not_proved_is_put_off_for_one_day_and_no_longer() -> None:
    """Whoever forges forty words fills today and tomorrow; what is beyond is named to the operator."""
    office = ratifying()
    office.has(pacing=office.clerk.books.pacing.but(answers_per_day=3))
    flooded(office, "kadis", office.letter("kadis", "ratify"), "DISAHKAN", 9)
    assert (len(events(office, "answer_put_off")), len(events(office, "answer_withheld"))) == (3, 3)
    assert len(office.letters_to("kadis", "challenge")) == 3
    office.hours_pass(25)
    assert len(office.letters_to("kadis", "challenge")) == 6
    assert any("Tidak dijawab lagi: " in letter.text for letter in office.letters_to("operator", "morning"))
