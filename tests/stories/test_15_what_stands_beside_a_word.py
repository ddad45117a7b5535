"""Story 15: what stands beside an approving word and is not understood is asked about once (SOP rows 1, 6 to 8)."""

from __future__ import annotations

import re

import pytest

from mailbot.core.model.sop import Step
from tests.office import Seen, ToyOffice, collected, told_once
from tests.stories.test_03_secretary_sends_back import drafted, edits
from tests.stories.test_11_code import ratifying
from tests.stories.verbatim import reads


def code_in(letter: Seen) -> str:
    """Return the code that a letter asks for beside BENAR."""
    (code,) = re.findall(r"^ +BENAR (\d{6})$", letter.text, re.MULTILINE)
    return str(code)


def words_given(office: ToyOffice) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return who said which word about the draft, with what was kept beside it."""
    of_draft = {Step.REVIEW, Step.RATIFY}
    return [(one.person, one.word, one.remarks) for one in office.cycle().verdicts if one.step in of_draft]


def test_benar_in_answer_to_the_question_lets_the_word_count() -> None:
    """His line is repeated to him; what he said is kept with the word, and the journal names both mails."""
    office = ratifying()
    before = words_given(office)
    ratify = office.letter("kadis", "ratify")
    office.answers("kadis", ratify, "DISAHKAN\n\nSampulnya ganti warna biru.\n\nTerima kasih.")
    asked = office.letter("kadis", "doubted")
    # It is made from the mail it asks about, and so from the report that was laid before him.
    reference = asked.text.split("Rujukan: ")[1].strip()
    reads(
        asked,
        "Mohon penegasan: apakah tetap DISAHKAN?",
        f"""
        Yth. Bapak/Ibu Kepala Dinas Kependudukan dan Pencatatan Sipil Kota
        Probolinggo

        Dengan hormat,

        Terima kasih atas balasan Bapak/Ibu mengenai Laporan Kinerja Tahun 2025
        versi 1. Kami membaca DISAHKAN, dan kalimat berikut:

        1. Sampulnya ganti warna biru.

        Apabila jawaban tersebut tetap berlaku dan kalimat itu tidak mengubahnya,
        mohon berkenan membalas pesan ini dengan satu kata:

            BENAR

        Apabila ada yang perlu disesuaikan, mohon membalas dengan kata berikut,
        disertai catatannya:

            PERBAIKI

        Sebelum ada penegasan, belum ada yang kami catat sebagai keputusan.

        Demikian disampaikan, atas perhatian dan perkenan Bapak/Ibu kami ucapkan
        terima kasih.

        Sub Bagian Perencanaan dan Keuangan

        Pesan ini disusun dan dikirim secara otomatis; balasan Bapak/Ibu dibaca oleh
        sistem dan dapat dilihat oleh petugas kami.
        Narahubung: Sub Bagian Perencanaan dan Keuangan, telepon (0335) 4438894
        Rujukan: {reference}
        """,
    )
    assert (office.cycle().step, words_given(office)) == (Step.RATIFY, before)
    office.answers("kadis", asked, "Benar pak.\n\nTerima kasih")
    assert office.cycle().step is Step.SUBMIT
    assert words_given(office) == [*before, ("kadis", "DISAHKAN", ("Sampulnya ganti warna biru.",))]
    assert len(office.letters_to("kadis", "verdict_noted")) == 1
    events = [
        one.line.event for one in office.ledger.journal.read() if one.line.event in {"word_doubted", "benar_returned"}
    ]
    assert events == ["word_doubted", "benar_returned"]


def test_a_second_thought_in_answer_to_the_question_is_a_refusal() -> None:
    """PERBAIKI with its remarks takes the draft back, as if it had come at first."""
    office = ratifying()
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN\n\nTabel 3.2 tidak sesuai dengan PK.")
    office.answers("kadis", office.letter("kadis", "doubted"), "PERBAIKI\nTabel 3.2")
    assert words_given(office)[-1] == ("kadis", "PERBAIKI", ("Tabel 3.2",))
    assert office.cycle().step is Step.DRAFT


def test_an_unproved_mail_is_asked_for_the_code_and_none_of_its_words_is_repeated() -> None:
    """One answer brings both: BENAR and the code."""
    office = ratifying()
    ratify = office.letter("kadis", "ratify")
    office.answers("kadis", ratify, "DISAHKAN\n\nKlik https://jahat.example.com", proved=False)
    assert office.letters_to("kadis", "doubted") == []
    asked = office.letter("kadis", "challenge")
    assert "jahat" not in asked.text
    assert f"BENAR {code_in(asked)}" in asked.text
    office.answers("kadis", asked, f"BENAR {code_in(asked)}", proved=False)
    assert words_given(office)[-1][:2] == ("kadis", "DISAHKAN")
    assert office.cycle().step is Step.SUBMIT


def test_the_code_alone_proves_who_wrote_and_not_what_he_meant() -> None:
    """Then his line is repeated to him, and BENAR is asked for."""
    office = ratifying()
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN\nTahan dulu.", proved=False)
    asked = office.letter("kadis", "challenge")
    office.answers("kadis", asked, code_in(asked), proved=False)
    assert office.cycle().step is Step.RATIFY
    assert "1. Tahan dulu." in office.letter("kadis", "doubted").text


@pytest.mark.parametrize("proved", [True, False])
def test_benar_to_no_question_counts_for_nothing(*, proved: bool) -> None:
    """Whoever says it into the blue is told to answer the letter that asks."""
    office = ratifying()
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN\nTahan dulu.")
    office.answers("kadis", None, "BENAR", proved=proved)
    assert office.cycle().step is Step.RATIFY
    assert "balasan langsung pada surat kami yang menanyakannya" in " ".join(
        office.letter("kadis", "unclear").text.split()
    )


def test_an_unproved_benar_is_asked_for_its_code() -> None:
    """Whoever can answer in the thread need not be the Kepala Dinas."""
    office = ratifying()
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN\nSampulnya ganti warna biru.")
    office.answers("kadis", office.letter("kadis", "doubted"), "BENAR", proved=False)
    assert office.cycle().step is Step.RATIFY
    asked = office.letter("kadis", "challenge")
    office.answers("kadis", asked, f"BENAR\n{code_in(asked)}", proved=False)
    assert office.cycle().step is Step.SUBMIT


def test_benar_of_somebody_else_counts_for_nothing() -> None:
    """The Sekretaris forwards the question to himself and answers it: it is not his."""
    office = ratifying()
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN\nSampulnya ganti warna biru.")
    office.answers("sekretaris", office.letter("kadis", "doubted"), "BENAR")
    assert office.cycle().step is Step.RATIFY


def test_benar_to_the_question_of_a_former_version_is_answered_as_such() -> None:
    """The draft was sent back and came again: what was asked about the first version lets nothing count any more."""
    office = drafted()
    review = office.letter("sekretaris", "review")
    office.answers("sekretaris", review, "SETUJU\n\nSampulnya ganti warna biru.")
    asked = office.letter("sekretaris", "doubted")
    office.answers("sekretaris", review, "PERBAIKI\nTabel 3.2")
    edits(office)
    assert office.cycle().step is Step.REVIEW
    office.answers("sekretaris", asked, "BENAR")
    assert office.cycle().step is Step.REVIEW
    assert "versi" in office.letter("sekretaris", "out_of_turn").text


MOTTO = "Hormat saya,\nSekretaris Dinas\nProbolinggo Kota Bersolek, warganya guyub rukun"


def confirms(office: ToyOffice, letter: str, word: str, footer: str) -> None:
    """Let the Sekretaris say a word above his footer, and BENAR where he is asked about it."""
    asked = len(office.letters_to("sekretaris", "doubted"))
    office.answers("sekretaris", office.letter("sekretaris", letter), f"{word}\n\n{footer}")
    assert len(office.letters_to("sekretaris", "doubted")) == asked + 1
    office.answers("sekretaris", office.letter("sekretaris", "doubted"), "BENAR")


@told_once
def twice_confirmed(footer: str = MOTTO) -> ToyOffice:
    """Return the office with the second draft before the Sekretaris, who was asked about his footer in two matters."""
    office = ToyOffice()
    office.works()
    confirms(office, "data_needs", "SETUJU", footer)
    office.morning()
    collected(office)
    office.answers("perencanaan", office.letter("perencanaan", "draft"), "TERUSKAN")
    confirms(office, "review", "SETUJU", footer)
    assert office.cycle().step is Step.RATIFY
    office.answers("kadis", office.letter("kadis", "ratify"), "PERBAIKI: Sampul belum mencantumkan tahun.")
    edits(office)
    assert office.cycle().step is Step.REVIEW
    return office


def test_what_stands_under_all_of_his_mails_is_asked_about_in_two_matters_and_then_passed_over() -> None:
    """The third time the word counts at once, and the letter that notes it names the lines that were not read."""
    office = twice_confirmed()
    office.answers("sekretaris", office.letter("sekretaris", "review"), f"SETUJU\n\n{MOTTO}")
    assert office.cycle().step is Step.RATIFY
    noted = office.letter("sekretaris", "verdict_noted").text
    assert "tidak kami baca sebagai bagian dari jawaban" in " ".join(noted.split())
    assert "1. Probolinggo Kota Bersolek, warganya guyub rukun" in noted


@pytest.mark.parametrize(
    "words",
    [
        f"SETUJU\n\n{MOTTO}\nkecuali lampiran II",
        f"SETUJU\nProbolinggo Kota Bersolek, warganya guyub rukun\n\n{MOTTO}",
        "SETUJU\n\nHormat saya,\nSekretaris Dinas\nProbolinggo Kota Bersolek",
    ],
    ids=["a line more", "above the sign-off", "another line"],
)
def test_another_block_is_no_footer_of_his(words: str) -> None:
    """It is the same block, below the sign-off, or it is asked about."""
    office = twice_confirmed()
    office.answers("sekretaris", office.letter("sekretaris", "review"), words)
    assert office.cycle().step is Step.REVIEW


def test_an_unproved_mail_has_no_footer() -> None:
    """Whoever knows what stands under his mails is not he."""
    office = twice_confirmed()
    office.answers("sekretaris", office.letter("sekretaris", "review"), f"SETUJU\n\n{MOTTO}", proved=False)
    assert "BENAR" in office.letter("sekretaris", "challenge").text


def test_salah_to_the_letter_that_noted_his_word_ends_his_footers() -> None:
    """From then on he is asked again."""
    office = twice_confirmed()
    office.answers("sekretaris", office.letter("sekretaris", "verdict_noted"), "SALAH")
    office.answers("sekretaris", office.letter("sekretaris", "review"), f"SETUJU\n\n{MOTTO}")
    assert office.cycle().step is Step.REVIEW


@pytest.mark.parametrize(
    "line",
    [
        "Mohon laporan dirapikan",
        "Rapat 12-01",
        *(
            pytest.param(line, marks=pytest.mark.sweep)
            for line in ("Kecuali lampiran II", "Masih kurang satu tabel", "Sudah lihat?")
        ),
    ],
)
def test_a_line_that_reserves_asks_or_names_a_day_never_becomes_a_footer(line: str) -> None:
    """However often it was confirmed."""
    office = twice_confirmed(f"Hormat saya,\nSekretaris Dinas\n{line}")
    office.answers(
        "sekretaris", office.letter("sekretaris", "review"), f"SETUJU\n\nHormat saya,\nSekretaris Dinas\n{line}"
    )
    assert office.cycle().step is Step.REVIEW


def test_with_an_ordinary_footer_a_decision_costs_one_mail_each_way_and_one_that_notes_it() -> None:
    """Greeting, thanks, name, address, motto, a gateway's banner and the small print: the word counts at once."""
    office = drafted()
    words = (
        "[EKSTERNAL] Surel ini berasal dari luar organisasi.\n\nAssalamualaikum wr. wb.\n\nSETUJU, terima kasih.\n\n"
        "Hormat saya,\nSekretaris Dinas\nDinas Kependudukan dan Pencatatan Sipil Kota Probolinggo\n"
        "Jl. Mastrip No. 03 Telp. (0335) 4438894\n#BanggaMelayaniBangsa\n\n"
        "Surel ini bersifat rahasia dan hanya ditujukan kepada penerima yang dimaksud.\n\nDikirim dari iPhone saya"
    )
    before = len(office.letters_to("sekretaris"))
    office.answers("sekretaris", office.letter("sekretaris", "review"), words)
    assert office.cycle().step is Step.RATIFY
    assert [letter.kind for letter in office.letters_to("sekretaris")[before:]] == ["verdict_noted"]
