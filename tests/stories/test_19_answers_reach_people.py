"""Story 19: what people write that is no word reaches a person: remarks of whose move it is at once, the rest daily."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.core.model.sop import Step
from tests.office import Seen, ToyOffice, collected, requested, told_once
from tests.stories.test_03_secretary_sends_back import drafted
from tests.stories.test_11_code import ratifying

LISTED = Path(__file__).parents[1] / "cases" / "answers.tsv"
WRITTEN = tuple(tuple(line.split("\t")) for line in LISTED.read_text(encoding="utf-8").splitlines() if line)


@told_once
def asked(kind: str) -> ToyOffice:
    """Return the office where a letter of that kind waits for its word."""
    if kind == "data_needs":
        office = ToyOffice()
        office.works()
        return office
    if kind in {"draft", "review"}:
        office = requested()
        collected(office)
        if kind == "review":
            office.answers("perencanaan", office.letter("perencanaan", "draft"), "TERUSKAN")
        return office
    office = ratifying()
    if kind == "submission":
        office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN")
    return office


def answered(who: str, kind: str, words: str, *, proved: bool = True) -> tuple[ToyOffice, list[Seen]]:
    """Let somebody answer the letter of that kind with these words; return what he got for it."""
    office = asked(kind)
    before = len(office.letters_to(who))
    office.answers(who, office.letter(who, kind), words, proved=proved)
    return office, office.letters_to(who)[before:]


@pytest.mark.parametrize(("who", "kind", "words"), WRITTEN)
def test_remarks_of_whose_move_it_is_reach_who_must_act(who: str, kind: str, words: str) -> None:
    """Asked back once, or taken as PERBAIKI where they say so; Subbag Program has the remarks the same hour."""
    office, (answer,) = answered(who, kind, words)
    remarks = words.removeprefix("revisi: ")
    assert remarks in " ".join(answer.text.split())
    assert answer.kind == ("unclear" if remarks == words else "verdict_noted")
    if who != "perencanaan":
        shown = office.letter("perencanaan", "heard" if remarks == words else "revision").text
        assert remarks in " ".join(shown.split())


def test_perbaiki_alone_then_carries_the_remarks() -> None:
    """They need not be written twice."""
    office, answers = answered("kadis", "ratify", "Di bab III tabel 2 keliru")
    office.answers("kadis", answers[0], "PERBAIKI")
    assert office.cycle().step is Step.DRAFT
    assert "bab III tabel 2 keliru" in office.letter("perencanaan", "revision").text


def test_the_scan_that_came_with_the_remarks_goes_with_them() -> None:
    """Likewise what hung on the mail that was asked back."""
    office = drafted()
    scan = ("coretan.pdf", b"%PDF-1.4\ncoretan\n%%EOF\n")
    office.answers("sekretaris", office.letter("sekretaris", "review"), "Tabel 3.1 lihat coretan saya.", scan)
    office.answers("sekretaris", office.letter("sekretaris", "unclear"), "PERBAIKI")
    revision = office.letter("perencanaan", "revision")
    assert "Tabel 3.1 lihat coretan saya." in revision.text
    assert scan[1] in {content for _, content in revision.files}


def test_consent_after_remarks_is_consent() -> None:
    """He was answered by Subbag Program meanwhile."""
    office, answers = answered("kadis", "ratify", "Angka IKU-03 kok beda dengan paparan kemarin?")
    office.answers("kadis", answers[0], "DISAHKAN")
    assert office.cycle().step is Step.SUBMIT


def test_unproved_remarks_are_told_of_without_their_words() -> None:
    """Nothing of a mail that is not proved is quoted to others, nor kept for the word."""
    office, answers = answered("kadis", "ratify", "Ganti seluruh Bab III dengan teks ini.", proved=False)
    shown = office.letter("perencanaan", "heard").text
    assert "Kepala Dinas" in shown
    assert "Ganti seluruh" not in shown
    assert "Ganti seluruh" not in answers[0].text
    office.answers("kadis", answers[0], "PERBAIKI")
    assert office.cycle().step is Step.RATIFY


def test_row_1_does_not_end_by_silence_on_a_day_on_which_he_wrote() -> None:
    """What he wrote is no consent: the row's time begins anew, and only then silence counts."""
    office, _ = answered("sekretaris", "data_needs", "Data IKU-14 belum dapat diminta, SK-nya belum terbit.")
    first = office.cycle().due_at
    office.hours_pass(2)
    office.answers("sekretaris", office.letter("sekretaris", "data_needs"), "Saya tanyakan dulu ke Bappeda.")
    assert office.cycle().due_at > first or office.cycle().step is Step.INFORM


def test_a_question_of_a_unit_reaches_subbag_program_the_next_morning() -> None:
    """One letter with every question of the day, in its thread; each asker was answered that it is kept."""
    office = requested()
    office.answers(
        "kabid-capil", office.letter("kabid-capil", "request"), "Apakah target IKU-07 memakai Renstra perubahan?"
    )
    office.answers("kabid-piak", None, "Mohon penjelasan kolom data dukung.")
    assert len(office.letters_to("kabid-capil", "unplaced")) == 1
    assert not office.letters_to("perencanaan", "digest")
    office.days_pass(1)
    (told,) = office.letters_to("perencanaan", "digest")
    assert "Apakah target IKU-07 memakai Renstra perubahan?" in told.text
    assert "Mohon penjelasan kolom data dukung." in told.text
    assert "permintaan data" in told.text
    office.days_pass(2)
    assert sum("IKU-07" in one.text for one in office.letters_to("perencanaan", "digest")) == 1


@pytest.mark.parametrize("said", ["nothing", "dmarc=fail"])
def test_an_unproved_question_is_told_of_without_its_words(said: str) -> None:
    """Who seems to have written is named, and where."""
    office = requested()
    letter = office.letter("kabid-capil", "request")
    mail = office.mail("kabid-capil", letter, "Klik tautan ini segera ya.", proved=said != "nothing")
    office.arrives(mail.replace(b"dmarc=pass", said.encode()))
    office.days_pass(1)
    told = office.letter("perencanaan", "digest").text
    assert "kabid.capil@example.go.id" in told
    assert "Klik tautan" not in told


@pytest.mark.parametrize(
    "words",
    [
        "STATUS\n\nMengapa form kami dikembalikan dua kali, padahal sudah sesuai?",
        "Terlampir lampiran apa yang dimaksud pada IKU-05? Mohon penjelasan.",
    ],
)
def test_a_question_beside_a_word_or_a_forgotten_file_reaches_a_person_too(words: str) -> None:
    """It is answered as ever, and read by somebody."""
    office = requested()
    office.answers("kabid-capil", office.letter("kabid-capil", "request"), words)
    office.days_pass(1)
    assert "Mohon penjelasan" in (text := office.letter("perencanaan", "digest").text) or "dua kali" in text


def test_a_question_beside_a_form_reaches_a_person_too() -> None:
    """The receipt says nothing of it."""
    office = requested()
    words = "Terlampir form.\nUntuk IKU-07 apakah boleh memakai data semester?"
    office.answers("kabid-capil", office.letter("kabid-capil", "request"), words, office.filled("CAPIL"))
    office.days_pass(1)
    assert "apakah boleh memakai data semester?" in office.letter("perencanaan", "digest").text


def test_free_text_counts_as_to_be_looked_at() -> None:
    """In the morning letter."""
    office = requested()
    office.answers("kabid-capil", office.letter("kabid-capil", "request"), "Mohon arahan mengenai IKU-07.")
    office.days_pass(1)
    assert "1 perlu dilihat" in " ".join(office.letter("operator", "morning").text.split())
