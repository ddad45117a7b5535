"""The questions of `init`: an answer that is none is said to be so and asked for again; what was typed is kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mailbot.core.codes.languages import Language
from mailbot.settings.blank.answers import Answers
from mailbot.settings.blank.questions import asked
from mailbot.settings.loading import load
from mailbot.settings.packaged import init
from mailbot.settings.sayings.catalogue import in_words
from mailbot.settings.sayings.said import Said

USUAL = {
    "ask_agency": "Dinas Contoh Kota Contoh",
    "ask_address_line": "Jalan Contoh 1",
    "ask_mailbox": "lkjip@dinas.contoh.test",
}
TODAY = date(2026, 11, 30)


def interview(**typed: tuple[str, ...]) -> tuple[Answers, list[str]]:
    """Answer the questions, some of them several times, and give what was said of the answers."""
    left = {question: list(answers) for question, answers in typed.items()}
    told: list[Said] = []

    def ask(question: str, usual: str) -> str:
        answers = left.get(question)
        return answers.pop(0) if answers else usual or USUAL.get(question, "")

    answers = asked(ask, told.append, TODAY)
    assert not any(left.values())
    return answers, [in_words(said, Language.INDONESIAN) for said in told]


def test_what_is_usual_is_an_answer() -> None:
    """The year that ends next, and a day after it, never today: letters would leave at once."""
    answers, told = interview()
    assert told == []
    assert (answers.year, answers.starts_on) == (2026, date(2027, 1, 5))
    assert (answers.imap, answers.smtp) == ("imap.dinas.contoh.test", "smtp.dinas.contoh.test")


@pytest.mark.parametrize(
    ("typed", "day"),
    [("2027-02-04", 4), ("4/2/2027", 4), ("04-02-2027", 4), ("4.2.2027", 4), ("2027-2-4", 4), (" 11 / 02 / 2027 ", 11)],
)
def test_a_day_may_be_written_as_people_write_it(typed: str, day: int) -> None:
    """Day, month, year, as on paper; or as in YAML."""
    answers, told = interview(ask_starts_on=(typed,))
    assert (answers.starts_on, told) == (date(2027, 2, day), [])


@pytest.mark.parametrize(
    ("question", "wrong", "right", "said"),
    [
        ("ask_agency", "  ", "Dinas Contoh Kota Contoh", "Jawaban ini diperlukan"),
        ("ask_zone", "Balikpapan", "wita", "WIB, WITA, atau WIT"),
        ("ask_mailbox", "lkjip dinas.test", "lkjip@dinas.test", "tanpa spasi"),
        ("ask_mailbox", "", "lkjip@dinas.test", "Jawaban ini diperlukan"),
        ("ask_imap", "https://mail.contoh.test", "mail.contoh.test:993", "Port dalam"),
        ("ask_smtp", "mail contoh", "mail.contoh.test", "nama server"),
        ("ask_smtp", "mail.contoh.test:lima", "mail.contoh.test:587", "bukan angka"),
        ("ask_units", "Sekretariat, Bidang Satu", "Sekretariat; Bidang Satu", "titik koma"),
        ("ask_year", "TW IV 2026", "2026", "empat angka"),
        ("ask_year", "26", "2026", "empat angka"),
        ("ask_starts_on", "31/02/2027", "2027-03-02", "31/02/2027"),
        ("ask_starts_on", "awal Maret", "2027-03-02", "awal Maret"),
    ],
)
def test_an_answer_that_is_none_is_asked_for_again(question: str, wrong: str, right: str, said: str) -> None:
    """One sentence that says why, and the same question; what was answered before it stays."""
    answers, told = interview(**{question: (wrong, right)})
    assert len(told) == 1
    assert said in told[0]
    assert answers.agency == "Dinas Contoh Kota Contoh"


def test_a_mistyped_answer_is_gone_back_on() -> None:
    """Also by more than one question, and at the first, where there is nowhere to go; what is usual follows."""
    answers, told = interview(
        ask_agency=("<", "Dinas Keliru Kota Contoh", "Dinas Contoh Kota Contoh"),
        ask_short=("<", "DC"),
        ask_mailbox=("lkjip@keliru.test", "lkjip@dinas.test"),
        ask_imap=("<", "mail.dinas.test:143"),
    )
    assert told == []
    assert (answers.agency, answers.short, answers.mailbox) == ("Dinas Contoh Kota Contoh", "DC", "lkjip@dinas.test")
    assert (answers.imap, answers.smtp) == ("mail.dinas.test:143", "smtp.dinas.test")


def test_a_port_is_written_beside_its_server_with_what_it_speaks(tmp_path: Path) -> None:
    """What is read back is what was answered."""
    answers, _ = interview(ask_imap=("mail.dinas.test:143",), ask_smtp=("mail.dinas.test:2465",))
    init(tmp_path / "kantor", answers)
    settings = load(tmp_path / "kantor", {})
    assert (settings.imap.host, settings.imap.port, settings.imap.security) == ("mail.dinas.test", 143, "starttls")
    assert (settings.smtp.host, settings.smtp.port, settings.smtp.security) == ("mail.dinas.test", 2465, "tls")


def test_one_unit_whose_name_holds_a_comma_ends_in_a_semicolon() -> None:
    """Nothing else could tell it from two units."""
    answers, told = interview(ask_units=("Bidang Sosial, Tenaga Kerja dan Transmigrasi;",))
    assert (answers.units, told) == (("Bidang Sosial, Tenaga Kerja dan Transmigrasi",), [])


@pytest.mark.parametrize("typed", ["wita", " WITA ", "Asia/Makassar", "asia/makassar"])
def test_a_zone_is_known_by_its_label_and_by_its_name(typed: str) -> None:
    """An office's machine may be set to either."""
    assert interview(ask_zone=(typed,))[0].zone == "WITA"
