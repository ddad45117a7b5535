"""Why somebody got a letter: a sentence for every kind, how things stood when it left, and what is an estimate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from mailbot.core.codes.languages import Language
from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import Cycle
from mailbot.core.model.letters import LetterKind
from mailbot.errors import TemplateProblem
from mailbot.settings.packaged import templates_folder
from mailbot.writing.plan.planned import Coming, Planner
from mailbot.writing.plan.why import Reasons, SentLetter
from mailbot.writing.words.templates import in_language
from tests.core.play import Play, collecting, reviewing
from tests.core.small_forms import faulty
from tests.offices.small import OFFICE, wib

FOLDERS = (templates_folder(),)
REASONS = Reasons(OFFICE, FOLDERS)
ENGLISH = Reasons(OFFICE, in_language(FOLDERS, Language.ENGLISH))


def _sent(kind: LetterKind, at: datetime, person: str = "kabid-capil", unit: str = "CAPIL") -> SentLetter:
    """Return a letter of a kind."""
    return SentLetter(kind=kind.value, person=person, unit=unit, at=at)


@pytest.mark.parametrize("kind", LetterKind)
@pytest.mark.parametrize("cycle", [None, collecting().cycle, reviewing().cycle])
def test_every_kind_of_letter_has_its_sentence(kind: LetterKind, cycle: Cycle | None) -> None:
    """In every row and outside of every cycle: one sentence that ends, with nothing left to be filled in."""
    for reasons, receives, because in (
        (REASONS, "kabid-capil menerima ", " karena "),
        (ENGLISH, "kabid-capil received this ", " because "),
    ):
        sentence = reasons.sentence(_sent(kind, wib(14)), cycle)
        assert sentence.startswith(receives)
        assert (sentence[-1], sentence.count("{"), because in sentence) == (".", 0, True)


def test_a_reminder_says_what_was_asked_when_until_when_and_how_it_stood() -> None:
    """Nothing came; then a form went back: each as it was when the letter left."""
    play = collecting()
    before = wib(9, 7.5)
    nothing = REASONS.because(_sent(LetterKind.REMINDER, before), play.cycle)
    assert nothing == (
        "form Bidang Pelayanan Pencatatan Sipil Tahun 2025 diminta pada 7 Januari 2026, batas waktunya Senin, "
        "12 Januari 2026 pukul 16.00 WIB, dan sampai surat ini berangkat belum ada form yang masuk"
    )
    play.at = wib(9, 9)
    play.sends("CAPIL", faulty("CAPIL"))
    returned = REASONS.because(_sent(LetterKind.REMINDER_TODAY, wib(12)), play.cycle)
    assert returned.endswith("dan form yang masuk pada 9 Januari 2026 dikembalikan dan perbaikannya belum diterima")
    assert REASONS.because(_sent(LetterKind.REMINDER, before), play.cycle) == nothing


def test_a_letter_of_a_row_that_is_over_tells_of_that_row() -> None:
    """The reminder of row 6b speaks of the review, also once the report is ratified."""
    play = reviewing()
    reminded = play.cycle.since + timedelta(hours=1)
    letter = _sent(LetterKind.REMINDER, reminded, "sekretaris", "")
    before = REASONS.because(letter, play.cycle)
    play.at = reminded + timedelta(hours=2)
    play.says("sekretaris", Word.SETUJU)
    assert before.startswith("reviu draf laporan kinerja diminta pada ")
    assert REASONS.because(letter, play.cycle) == before


def test_a_kind_without_a_sentence_is_a_fault_of_the_words() -> None:
    """It is named; who is on the list no more is named by his key."""
    with pytest.raises(TemplateProblem, match=r"why\.yaml says nothing of letters of the kind letter_of_tomorrow"):
        REASONS.letter("letter_of_tomorrow")
    assert REASONS.who("kabid-lama") == "kabid-lama"


def test_what_comes_every_working_day_is_one_line_of_a_plan() -> None:
    """And what comes once a week is a line each time."""
    play = Play().opens()
    mail = Coming(at=wib(5, 7.5), letter=play.letter(LetterKind.DATA_NEEDS), cycle=play.cycle)
    planner = Planner(office=OFFICE, folders=FOLDERS, names={})
    daily = [replace(mail, at=wib(day, 7.5)) for day in (5, 6, 7, 8, 9, 12)]
    plan = planner.plan("nobody", daily, [], 45)
    assert (plan.lines, plan.daily) == ((), ("sekretaris: surat kebutuhan data, setiap hari kerja",))
    weekly = [replace(mail, at=wib(day, 7.5)) for day in (5, 12, 19, 26, 27)]
    assert len(planner.plan("nobody", weekly, [], 45).lines) == len(weekly)


def test_a_mail_whose_date_hangs_on_a_day_that_is_not_decreed_is_marked() -> None:
    """Between the opening and its deadline lies an estimated day; one before it is not marked."""
    play = Play().opens()
    cycle = play.cycle
    letters = [play.letter(LetterKind.DATA_NEEDS)]
    calendar = replace(OFFICE.calendar, estimated=frozenset({date(2026, 1, 8)}))
    planner = Planner(office=replace(OFFICE, calendar=calendar), folders=FOLDERS, names={date(2026, 1, 16): "Libur"})
    early = Coming(at=wib(5, 7.5), letter=letters[0], cycle=cycle)
    late = replace(early, at=wib(19, 7.5))
    plan = planner.plan("nobody", [early, late], [cycle], 45)
    assert [line.estimate for line in plan.lines] == [False, True]
    assert plan.days_off == ("Jumat, 16 Januari 2026: Libur",)
    assert plan.totals == (("sekretaris", 2),)
    assert plan.ends == ("2025: masih pada tahap penyampaian kebutuhan data kepada Sekretaris",)
