"""Story 33: Subbag Program reads once a day what came, and at once only what it has to decide or do."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.office import ToyOffice, requested, told_once
from tests.stories.form_life import filled, plain, sends, typed


@told_once
def a_day() -> ToyOffice:
    """Return the office on a day on which PIAK's form came and counts, and CAPIL's went back; two units are silent."""
    office = requested()
    office.sends_form("kabid-piak", "PIAK")
    request = office.letter("kabid-capil", "request")
    sends(office, "kabid-capil", request, filled(office, request, typed("IKU-03", "Realisasi", "sekitar 98")))
    return office


def test_a_day_of_forms_is_one_letter_the_next_morning() -> None:
    """What came, of whom, why it went back, who still owes his, and every figure of what counts."""
    office = a_day()
    assert not office.letters_to("perencanaan")
    office.days_pass(1)
    (told,) = office.letters_to("perencanaan")
    assert told.subject == "1 masuk, 1 dikembalikan, 2 belum - 8 Jan [DISDUKCAPIL-LKJIP/2025]"
    text = plain(told.text)
    assert "ringkasan sejak surat kami yang lalu; keadaan form sampai saat ini: " in text
    assert "saat ini: 1 masuk, 1 dikembalikan, 2 belum. Tidak ada yang menunggu keputusan" in text
    assert "PIAK: kiriman ke-1 dari Kepala Bidang PIAK dan Pemanfaatan Data diterima (7 Jan 11.30)" in text
    assert "CAPIL: kiriman ke-1 dari Kepala Bidang Pelayanan Pencatatan Sipil dikembalikan: IKU-03" in text
    assert "Bidang Pelayanan Pendaftaran Penduduk: belum mengirim form, batas 12 Jan 2026" in text
    assert "KEMBALIKAN PIAK" in text
    assert text.count("Realisasi:") >= 3


def test_an_answer_to_it_sends_a_form_back() -> None:
    """As an answer to the letter about that form did."""
    office = a_day()
    office.days_pass(1)
    office.answers("perencanaan", office.letter("perencanaan", "digest"), "KEMBALIKAN PIAK\nMohon dicek kembali.")
    assert office.unit("PIAK").state.value == "returned"


def test_on_a_day_with_nothing_new_there_is_no_letter() -> None:
    """Nor is anything told twice, whenever the machine starts anew."""
    office = a_day()
    office.days_pass(1)
    again = ToyOffice(ledger=office.ledger, post=office.post, clock=office.clock)
    again.days_pass(1)
    assert len(again.letters_to("perencanaan", "digest")) == 1


def test_what_the_last_form_brings_goes_with_the_draft() -> None:
    """The draft comes at once, and the next morning there is nothing left to tell."""
    office = a_day()
    office.days_pass(1)
    before = len(office.letters_to("perencanaan"))
    for unit, key in (("CAPIL", "kabid-capil"), ("SEKRETARIAT", "umum"), ("DAFDUK", "kabid-dafduk")):
        office.sends_form(key, unit)
    office.morning()
    draft = plain(office.letter("perencanaan", "draft").text)
    assert "CAPIL: kiriman ke-2" in draft
    assert "DAFDUK: kiriman ke-1" in draft
    assert "PIAK: kiriman ke-1" not in draft
    assert [one.kind for one in office.letters_to("perencanaan")[before:] if one.kind == "digest"] == []


def test_what_is_not_reminded_of_any_more_stands_in_one_letter_a_week() -> None:
    """Nobody answers, and each is reminded once: then all of it is named once a week, and the way to begin anew."""
    office = requested()
    office.has(office=replace(office.office, policy=replace(office.office.policy, most_per_debt=1)))
    office.days_pass(9)
    before = len(office.letters_to("perencanaan", "digest"))
    office.days_pass(5)
    (told,) = office.letters_to("perencanaan", "digest")[before:]
    text = plain(told.text)
    assert "Pengingat atas hal berikut sudah berakhir; kami menunggu, dan tidak mengingatkan lagi" in text
    for unit in ("Pelayanan Pencatatan Sipil", "Pelayanan Pendaftaran Penduduk"):
        assert f"Form isian data kinerja Bidang {unit} Tahun 2025; menunggu Kepala Bidang {unit}; batas waktu" in text
    assert re.search(r"PERPANJANG [A-Z]+ \d\d-\d\d-2026", text)
