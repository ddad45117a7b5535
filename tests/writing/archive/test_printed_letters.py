"""The letters and mails in the binder: whole paragraphs, what somebody typed, and nothing of what he quotes (row 8)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mailbot.core.model.office import Office
from mailbot.writing.archive.binder_pages import print_letters, print_paper
from mailbot.writing.archive.kept import KeptMessage
from mailbot.writing.print.flowing import Flow
from mailbot.writing.words.templates import find_template, read_words
from tests.writing.archive.closed_cycle import AT, kept
from tests.writing.print.test_flowing import words_of

HEAD = "Subject: Re: Mohon pengesahan\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
ANNOUNCED = "Pada Sen, 5 Jan 2026 08.00 Dinas Kependudukan dan Pencatatan Sipil Kota\r\n<lkjip@example.go.id> menulis:"


@pytest.mark.parametrize(
    ("typed", "printed", "left_out"),
    [
        (f"DISAHKAN\r\n{ANNOUNCED}\r\n> Mohon pengesahan", "DISAHKAN", "menulis"),
        (f"DISAHKAN\r\n\r\n{ANNOUNCED}\r\n\r\n> Mohon\r\n\r\nKepala Dinas", "DISAHKAN Kepala Dinas", "menulis"),
        ("PERBAIKI\r\nCatatan:\r\n1. Tabel 3", "PERBAIKI Catatan: 1. Tabel 3", ">"),
        ("> semua dikutip", "", "dikutip"),
    ],
)
def test_a_mail_is_printed_as_it_was_typed(
    typed: str, printed: str, left_out: str, office: Office, folders: tuple[Path, ...]
) -> None:
    """The word stands there, be it right above the line that announces the quotation."""
    mail = KeptMessage(name="verdict", at=AT, raw=f"{HEAD}{typed}\r\n".encode())
    flow = Flow("x")
    words = read_words(find_template(folders, "archive.yaml"))
    print_letters(flow, replace(kept(), letters=(), mails=(mail,)), office, words)
    _, _, below = words_of(flow.pdf(lambda _: ""))[0].partition("1. Re: Mohon pengesahan ")
    assert (below.strip(), left_out in below) == (printed, False)


def test_a_letter_of_ours_is_printed_in_whole_paragraphs(office: Office, folders: tuple[Path, ...]) -> None:
    """A line that was wrapped for a mail program fills the page's width; items and short lines stay by themselves."""
    said = (
        "satu " * 14 + "lima\r\nenam tujuh\r\n\r\n1. " + "butir " * 12 + "dua\r\n2. tiga\r\nVersi: 2\r\nBerkas: a\r\n"
    )
    letter = KeptMessage(name="review/2025/2", at=AT, raw=f"{HEAD}{said}".encode())
    flow = Flow("x")
    words = read_words(find_template(folders, "archive.yaml"))
    print_letters(flow, replace(kept(), letters=(letter,), mails=()), office, words)
    drawn = b"\n".join(flow.pages[0].drawn)
    for line in (b"lima enam tujuh)", b"butir dua)", b"(2. tiga)", b"(Versi: 2)", b"(Berkas: a)"):
        assert line in drawn


def test_a_text_of_the_archive_is_printed_with_its_labels_aligned() -> None:
    """A title, a sentence of two lines, an item with what is said of it, and a line without a label."""
    flow = Flow("x")
    print_paper(
        flow,
        "JUDUL\nDinas\nKota.\n\n1. SETUJU - Sekretaris\n   Tahap         : reviu\n   Naskah: versi 2\n   SHA-256 ab\n",
    )
    drawn = b"\n".join(flow.pages[0].drawn)
    for line in (b"(JUDUL)", b"(Dinas Kota.)", b"(1. SETUJU - Sekretaris)", b"(SHA-256 ab)"):
        assert line in drawn
    places = {line.split(b" Td ")[1]: float(line.split()[4]) for line in drawn.split(b"\n") if b" Td " in line}
    assert places[b"(reviu) Tj ET"] == places[b"(versi 2) Tj ET"] > places[b"(Tahap) Tj ET"]
