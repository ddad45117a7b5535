"""Printed pages of our own: nothing is cut off, tables go on over pages, the same words give the same bytes."""

from __future__ import annotations

import io
import re
from typing import Any

from pypdf import PdfReader

from mailbot.clerk.desk.witnessing import joined_here
from mailbot.reading.files.joining import Part, joined, pages_of
from mailbot.writing.print.flowing import Flow
from mailbot.writing.print.letters_wide import shown, width, wrapped

LONG = "Meningkatnya kualitas pelayanan administrasi kependudukan di seluruh kecamatan " * 12


def flow(rows: int) -> Flow:
    """Return pages with a heading, a paragraph and a table."""
    made = Flow("Berkas – DISDUKCAPIL")
    made.heading("Daftar")
    made.paragraph(LONG)
    made.facts([("Unit", "PIAK"), ("Uraian", LONG)])
    made.table(
        ["No.", "Uraian", "Jumlah (lembar)"],
        [(str(n), LONG if n == 3 else "uraian", "1") for n in range(rows)],
        (1, 8, 1),
    )
    return made


def words_of(pdf: bytes) -> list[str]:
    """Return the words of each page."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def titles(outline: Any) -> Any:  # noqa: ANN401 - bookmarks, and lists of those below them
    """Return the titles of bookmarks."""
    return [titles(one) if isinstance(one, list) else one.title for one in outline]


def test_a_table_goes_on_over_pages_under_its_header() -> None:
    """Every row is there once, and every page of the table says what its columns are."""
    pages = words_of(flow(120).pdf())
    assert len(pages) > 2
    assert all(page.endswith(f" {number}") for number, page in enumerate(pages, start=1))
    assert all("Uraian" in page for page in pages)
    whole = " ".join(pages)
    assert [number for number in range(120) if f" {number} uraian" not in whole] == [3]
    assert whole.count("Meningkatnya") == 36


def test_a_row_higher_than_a_page_is_set_in_parts() -> None:
    """A remark of several pages is printed to its end."""
    made = Flow("x")
    made.table(["Catatan"], [(" ".join(f"kata{n}" for n in range(4000)),)], (1,))
    whole = " ".join(words_of(made.pdf()))
    assert all(f"kata{n} " in f"{whole} " for n in range(4000))


def test_columns_are_as_wide_as_their_usual_words_and_figures_stand_at_the_right() -> None:
    """No reply word is broken for want of room; an address is, after its sign; too many columns stay on the page."""
    made = Flow("x")
    made.table(
        ["Keputusan", "Alamat", "Rp"],
        [("TERUSKAN", "perencanaan.disdukcapil@example.go.id", "1"), ("BATAL", "a", "1.000")],
        (1, 9, 1),
        figures={2},
    )
    assert "TERUSKAN" in words_of(made.pdf())[0]
    places = [
        float(found[1])
        for found in re.finditer(rb"([\d.]+) [\d.]+ Td \((?:1|1\.000)\) Tj", b"\n".join(made.pages[0].drawn))
    ]
    assert places[0] > places[1]
    assert wrapped("perencanaan.disdukcapil@example.go.id", 8.5, 110)[0] == "perencanaan.disdukcapil@"
    made.table(["x" * 18] * 9, [("y" * 18,) * 9], (1,) * 9)
    drawn = [float(found[1]) for found in re.finditer(rb"([\d.]+) [\d.]+ Td", b"\n".join(made.pages[-1].drawn))]
    assert max(drawn) < made.size[0] - 51


def test_no_line_is_wider_than_its_column() -> None:
    """A word that is longer than a line is broken where it must be, and nothing of it is lost."""
    for text in ("a" * 300, LONG, "IKU-01 " + "x" * 80, "", "satu\ndua"):
        lines = wrapped(text, 9, 120)
        assert all(width(line, 9) <= 120 for line in lines)
        assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_sign_that_the_font_lacks_is_shown_as_one_it_has() -> None:
    """Marks fall away, signs are shown by their like, a row of what has none as one sign; a bracket breaks no page."""
    assert shown("“Čáķ” – 漢字 ő\x07") == "“Cák” – ¤ o"
    assert shown("Setuju 👍🏽 ✓ a→b ≥ 98%\t\uf0b7 Đ e\u00adn\u200bd") == "Setuju ¤ v a->b >= 98% • D end"
    made = Flow("(kaki) \\")
    made.paragraph("a (b) \\ c")
    assert not made.lacks
    made.paragraph("漢")
    assert ("a (b) \\ c" in words_of(made.pdf())[0], made.lacks) == (True, True)


def test_the_same_pages_are_the_same_bytes() -> None:
    """Also once joined: there is no moment and no chance in them."""
    one, other = flow(30).pdf(), flow(30).pdf()
    assert one == other
    parts = [Part("Satu", 0, one), Part("Dua", 1, other)]
    assert joined(parts) == joined(parts)


def test_pdfs_are_joined_with_bookmarks_and_what_is_none_is_left_out() -> None:
    """A locked, cut or empty file stops no other; its pages are said to be none."""
    one = flow(3).pdf()
    parts = [("Satu", 0, one), ("Rusak", 1, one[:200]), ("Kosong", 1, b""), ("Dua", 1, one)]
    pages, whole = joined_here(parts)
    assert pages == (1, 0, 0, 1)
    reader = PdfReader(io.BytesIO(whole))
    assert len(reader.pages) == 2
    assert titles(reader.outline) == ["Satu", ["Dua"]]
    assert joined_here(parts, count=True) == (pages, b"")
    assert joined([Part("Rusak", 0, b"x")]) == b""
    assert pages_of([]) == ()
