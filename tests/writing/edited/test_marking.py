"""What is new in a version, marked: accepted it is the new version, rejected the words of the former one."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from mailbot.core.draft.document import ChangeKind
from mailbot.reading.document.document import read_document
from mailbot.reading.workbook.workbook import USUAL_LIMITS
from mailbot.writing.edited.accepting import accepted
from mailbot.writing.edited.marking import marked_up
from mailbot.writing.edited.word_parts import local, with_stories_changed
from tests.writing.edited.small_documents import docx, figure, paragraph, run, table

AT = datetime(2026, 1, 7, 9, 30, tzinfo=UTC)
AUTHOR = "Dinas Contoh"


def marked(new: bytes, former: bytes) -> bytes:
    """Return a version marked against another."""
    return marked_up(new, former, author=AUTHOR, at=AT)


def rejected(content: bytes) -> bytes:
    """Return a file with every insertion undone and every deletion taken back: what stood there before."""

    def undo(root: etree._Element) -> bool:
        swaps = {"ins": "del", "del": "ins"}
        for element in list(root.iter("*")):
            if local(element) in swaps:
                element.tag = str(element.tag).replace(f"}}{local(element)}", f"}}{swaps[local(element)]}")
            elif local(element) == "delText":
                element.tag = str(element.tag).replace("delText", "t")
        return True

    return accepted(with_stories_changed(content, undo))


def texts(content: bytes) -> list[str]:
    """Return the words of every block."""
    return [block.text for block in read_document(content, USUAL_LIMITS).blocks]


def test_what_is_new_is_marked_word_by_word_with_author_and_moment() -> None:
    """Only the words that changed are, within their anchors too."""
    former = docx(
        paragraph(run("Capaian "), figure("mb:A:b", "67,50"), run(" persen, lama.")), paragraph(run("Akhir."))
    )
    new = docx(
        paragraph(run("Capaian "), figure("mb:A:b", "69,50"), run(" persen, baru.")),
        paragraph(run("Tambahan.")),
        paragraph(run("Akhir.")),
    )
    made = marked(new, former)
    read = read_document(made, USUAL_LIMITS)
    assert [(one.kind, one.words) for one in read.changes] == [
        (ChangeKind.DELETED, "67,50"),
        (ChangeKind.INSERTED, "69,50"),
        (ChangeKind.DELETED, "lama"),
        (ChangeKind.INSERTED, "baru"),
        (ChangeKind.INSERTED, "Tambahan.¶"),
    ]
    assert {(one.author, one.at) for one in read.changes} == {(AUTHOR, "2026-01-07T09:30:00Z")}
    assert (texts(accepted(made)), texts(rejected(made))) == (texts(new), texts(former))
    assert made == marked(new, former)


def test_rows_come_and_go_and_tables_too() -> None:
    """A row that is new is one; a whole table that is gone stands there as deleted."""
    former = docx(
        table((run("Kode"), run("Nilai")), (run("A"), run("1")), (run("B"), run("2"))),
        paragraph(run("Antara.")),
        table((run("Hilang"), run("semua"))),
    )
    new = docx(
        table((run("Kode"), run("Nilai")), (run("B"), run("22")), (run("C"), run("3"))), paragraph(run("Antara."))
    )
    made = marked(new, former)
    assert (texts(accepted(made)), texts(rejected(made))) == (texts(new), texts(former))


def test_the_same_version_has_no_mark() -> None:
    """Nothing is new in it."""
    content = docx(paragraph(run("Isi.")), table((run("A"),)))
    assert not read_document(marked(content, content), USUAL_LIMITS).changes


def test_a_file_that_is_no_document_is_left_as_it_is() -> None:
    """There is nothing to hold it against."""
    content = docx(paragraph(run("Isi.")))
    broken = docx(parts={"word/document.xml": b"<w:document"})
    assert marked(content, broken) == content


WORDS = st.lists(st.sampled_from(["satu", "dua", "tiga", ",", " "]), min_size=1, max_size=6).map("".join)
PIECES = st.lists(
    st.one_of(
        st.lists(WORDS, min_size=1, max_size=3).map(lambda words: paragraph(*map(run, words))),
        st.lists(st.tuples(WORDS.map(run), WORDS.map(run)), min_size=1, max_size=3).map(lambda rows: table(*rows)),
    ),
    max_size=5,
)


@given(PIECES, PIECES)
def test_accepting_gives_the_new_words_and_rejecting_the_former_ones(new: list[str], former: list[str]) -> None:
    """Whatever the two versions are."""
    fresh, old = docx(*new, paragraph(run("Tutup."))), docx(*former, paragraph(run("Tutup.")))
    made = marked(fresh, old)
    folded = [["".join(t.split()) for t in texts(one)] for one in (accepted(made), rejected(made), fresh, old)]
    assert "".join(folded[0]) == "".join(folded[2])
    assert "".join(folded[1]) == "".join(folded[3])
