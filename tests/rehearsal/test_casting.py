"""Who takes which cycle how: dealt by a seed, everything once before it comes again, the same every time."""

from __future__ import annotations

import io
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from mailbot.core.model.people import Role
from mailbot.rehearsal.cast import read_script
from mailbot.rehearsal.filling import Script
from mailbot.rehearsal.habits import answers_well, only_reads
from mailbot.rehearsal.keyboard import Got
from mailbot.rehearsal.staff import number_asked
from mailbot.rehearsal.whole_year.casting import Casting
from mailbot.rehearsal.whole_year.colleague import cycle_in
from mailbot.rehearsal.whole_year.mail_in_memory import MailInMemory
from mailbot.rehearsal.whole_year.temper import UNIT_TEMPERS
from mailbot.settings.loading import load
from mailbot.settings.packaged import sample_folder
from mailbot.writing.words.templates import shipped_templates

NOW = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
OFFICE = load(sample_folder(), {}).office()


def casting(seed: int = 1, *, calm: bool = False) -> Casting:
    """Return the cast of the sample office."""
    scripts = {plan.key: Script(words={}) for plan in OFFICE.cycles}
    post = MailInMemory((), lambda: NOW)
    return Casting(
        office=OFFICE, post=post, now=lambda: NOW, cycles=OFFICE.cycles, scripts=scripts, seed=seed, calm=calm
    )


def ways(cast: Casting) -> dict[tuple[str, str], str]:
    """Return by person and cycle the name of the habit with which it is taken."""
    return {
        (one.person.key, plan.key): one.taking(plan.key.casefold()).habit.__name__
        for one in cast.colleagues()
        for plan in OFFICE.cycles
    }


def test_two_casts_of_one_seed_are_the_same_and_of_another_are_not() -> None:
    """Two rehearsals of an office tell the same story."""
    assert ways(casting()) == ways(casting())
    assert ways(casting()) != ways(casting(seed=2))


def test_every_habit_is_there_once_before_one_comes_again() -> None:
    """Eight forms in two cycles: seven habits, and one of them twice; nobody forwards who has nobody below."""
    heads = {one.key for one in OFFICE.roster.people if one.role is Role.DIVISION_HEAD}
    taken = Counter(way for (person, _), way in ways(casting()).items() if person in heads)
    assert set(taken) <= {head.__name__ for head, _ in UNIT_TEMPERS}
    assert max(count for way, count in taken.items() if way != answers_well.__name__) <= 2
    assert len(taken) >= len(UNIT_TEMPERS) - 1


def test_in_calm_weather_everybody_answers_at_once() -> None:
    """No form is late or wrong, no draft comes back, and no copy is filled by two."""
    roles = {one.key: one.role for one in OFFICE.roster.people}
    found = {(roles[person], way) for (person, _), way in ways(casting(calm=True)).items()}
    assert {way for role, way in found if role is Role.DIVISION_HEAD} == {answers_well.__name__}
    assert {way for role, way in found if role is Role.SECTION_HEAD} == {only_reads.__name__}
    assert {way for role, way in found if role is Role.SECRETARY} == {"agrees"}
    assert {way for role, way in found if role is Role.AGENCY_HEAD} == {"ratifies_once"}


@pytest.mark.parametrize(
    ("subject", "cycle"),
    [
        ("Permintaan Data - PIAK - batas 12 Jan [DISDUKCAPIL-LKJIP/2026-TW1]", "2026-tw1"),
        ("Fwd: Re: Permintaan Data [DISDUKCAPIL-LKJIP/2025]", "2025"),
        ("Ringkasan harian [DISDUKCAPIL-LKJIP]", ""),
    ],
)
def test_a_mail_is_about_the_cycle_that_its_subject_ends_with(subject: str, cycle: str) -> None:
    """Also an answer's, and what was forwarded; a digest over all cycles is about none."""
    assert cycle_in(subject) == cycle


def test_the_register_goes_on_from_cycle_to_cycle() -> None:
    """One number is given once: mailbot asks back what was used before."""
    planning = next(one for one in casting().colleagues() if one.person.role is Role.PLANNING)
    numbers = [planning.taking(plan.key).register_number for plan in OFFICE.cycles]
    assert len(set(numbers)) == len(numbers) == 2


def test_a_letter_without_a_gap_asks_for_no_number() -> None:
    """Whoever reads it gives none."""
    got = Got(subject="", sender="", message_id="", references="", text="NOMOR 900/1\n", files=(), raw=b"")
    assert number_asked(got) == ""


def test_the_same_is_written_twice_with_the_same_bytes() -> None:
    """Files in a mail, and the mail: chance and the moment of the machine leave no trace."""
    workbook = Workbook()
    saved = io.BytesIO()
    workbook.save(saved)
    got = Got(
        subject="Permintaan [X/2025]", sender="a@x.id", message_id="<1@x>", references="", text="", files=(), raw=b""
    )
    written = []
    for _ in range(2):
        cast = casting()
        cast.post = MailInMemory(("a@x.id",), lambda: NOW)
        head = next(one for one in cast.colleagues() if one.person.role is Role.DIVISION_HEAD)
        member = head.taking("2025")
        head.keyboard.answer(got, "Terlampir.", ("form.xlsx", member.saving(saved.getvalue())))
        written.append(cast.post.inboxes["a@x.id"][0].raw)
        workbook.properties.modified = NOW.replace(tzinfo=None)
        saved = io.BytesIO()
        workbook.save(saved)
    assert written[0] == written[1]
    assert b"Authentication-Results: mail.example.go.id; dmarc=pass" in written[0]


def test_an_office_may_have_some_words_of_its_own(tmp_path: Path) -> None:
    """Whatever its file does not say is said as it came, in the report as well."""
    (tmp_path / "rehearsal.yaml").write_text("balasan:\n  setuju: Setuju, terima kasih\n", encoding="utf-8")
    script = read_script((tmp_path, shipped_templates()))
    assert (script.reply("setuju"), script.reply("disahkan")) == ("Setuju, terima kasih", "DISAHKAN")
    assert script.words["laporan"]["kepala"] == "Laporan Gladi Pelaporan Kinerja"
