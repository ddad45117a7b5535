"""Two versions of the draft: whether they are the same, and what changed from one to the other."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mailbot.core.draft.against_former import edits, loses, same
from mailbot.core.draft.document import BlockKind, Document, Edit, EditKind
from tests.core.draft.documents import block, cell, document

FORMER = document(
    block("Latar belakang.", heading="BAB I"),
    block("Analisis lama.", heading="BAB III"),
    (cell("67,50"), "mb:IKU-05:actual"),
    block("Versi 1", plain="Versi "),
)


def test_version_and_date_alone_make_no_new_version() -> None:
    """What we stamp is left out, pictures count."""
    stamped = document(*FORMER.blocks[:3], block("Versi 2", plain="Versi "))
    assert same(stamped, FORMER)
    assert not same(document(*FORMER.blocks[:3], block("Versi 2", plain="Versi"), pictures=("a",)), FORMER)
    assert not same(document(*FORMER.blocks[:3]), FORMER)


def test_what_changed_is_told_by_heading_and_code() -> None:
    """Figures first; a paragraph is new, gone or otherwise; a figure in a text is told once, as a figure."""
    new = document(
        block("Tambahan.", heading="BAB I"),
        block("Latar belakang.", heading="BAB I"),
        block("Analisis baru.", heading="BAB III"),
        (cell("69,50"), "mb:IKU-05:actual"),
        block("Versi 2", plain="Versi "),
        (cell("69,50"), "mb:IKU-05:actual"),
    )
    assert edits(new, FORMER) == (
        Edit(kind=EditKind.FIGURE, heading="Tabel 3.2", code="IKU-05", old="67,50", new="69,50"),
        Edit(kind=EditKind.ADDED, heading="BAB I", new="Tambahan."),
        Edit(kind=EditKind.CHANGED, heading="BAB III", old="Analisis lama.", new="Analisis baru."),
        Edit(kind=EditKind.ADDED, heading="Tabel 3.2", new="…"),
    )
    assert edits(document(*FORMER.blocks[1:2], (FORMER.blocks[2], "mb:IKU-05:actual"), FORMER.blocks[3]), FORMER) == (
        Edit(kind=EditKind.REMOVED, heading="BAB I", old="Latar belakang."),
    )
    assert loses(new, FORMER)
    dropped = [replace(one, kind=BlockKind.PARAGRAPH) for one in FORMER.blocks]
    assert edits(document(*dropped, block("Tambahan.", heading="BAB III")), FORMER) == (
        Edit(kind=EditKind.ADDED, heading="BAB III", new="Tambahan."),
    )
    more = (FORMER.blocks[2], "mb:IKU-05:actual"), FORMER.blocks[3], block("Tambahan.")
    assert not loses(document(*FORMER.blocks[:2], *more), FORMER)


def test_an_empty_figure_is_no_text() -> None:
    """An anchor that holds nothing takes no words away."""
    nothing = document((block("Isi", plain="Isi"), "mb:IKU-05:actual"))
    hollow = Document(blocks=nothing.blocks, figures=tuple(replace(one, text="") for one in nothing.figures))
    assert edits(hollow, document(block("Isi"))) == ()


def test_very_long_documents_are_compared_by_what_each_has() -> None:
    """A comparison of thousands of paragraphs must not hold up the office."""
    old = document(*(block(f"Butir {number}.") for number in range(6_001)))
    new = document(*old.blocks[1:], block("Baru."))
    assert edits(new, old) == (Edit(kind=EditKind.CHANGED, heading="BAB III", old="Butir 0.", new="Baru."),)


TEXTS = st.lists(st.text(alphabet="ab ", min_size=1, max_size=4), max_size=8)


@given(TEXTS, TEXTS)
def test_only_the_same_words_have_no_edits(first: list[str], second: list[str]) -> None:
    """Whatever differs is told, and nothing else is."""
    one, other = (document(*(block(text) for text in texts)) for texts in (first, second))
    assert same(one, other) == (not edits(one, other))
