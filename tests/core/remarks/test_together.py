"""What the files of one mail say together; what is not their sender's own; what stands against a consent."""

from __future__ import annotations

import pytest

from mailbot.core.remarks.remark import OBJECT, Marked, Remark, RemarkSource
from mailbot.core.remarks.returned import Passage, ReturnedFile, ReturnedKind
from mailbot.core.remarks.together import his_own, joined, says_nothing, speaks, stands_against_consent, to_be_seen
from mailbot.core.remarks.untracked import untracked

COMMENT = Remark(source=RemarkSource.COMMENT, text="Cek.", author="Sekretaris", written_at="2026-01-07")
OLD = Remark(source=RemarkSource.COMMENT, text="Dari Kasubbag.", author="Kasubbag")
DRAWN = Remark(source=RemarkSource.ANNOTATION, text=OBJECT)
SCAN, PHOTO = Remark(source=RemarkSource.SCAN), Remark(source=RemarkSource.PHOTOGRAPH)


def passages(*texts: str) -> tuple[Passage, ...]:
    """Return passages under one heading."""
    return tuple(Passage(text=text, heading="BAB III") for text in texts)


def file(
    *remarks: Remark,
    name: str = "a.docx",
    texts: tuple[str, ...] = (),
    damaged: tuple[str, ...] = (),
    unread: bool = False,
) -> ReturnedFile:
    """Return a file with these remarks."""
    return ReturnedFile(
        kind=ReturnedKind.DOCX if name.endswith("docx") else ReturnedKind.PDF,
        file_sha256=name,
        file_name=name,
        marked=Marked(remarks=remarks, damaged=damaged),
        passages=passages(*texts),
        unread=unread,
    )


def test_what_stood_in_the_draft_is_not_his() -> None:
    """A comment of Subbag Program that was left in the draft comes back with his own, and is none of his."""
    sent = file(OLD, texts=("Satu.", "Dua."))
    assert his_own(file(OLD, COMMENT, texts=("Satu.", "Dua.")), sent).marked.remarks == (COMMENT,)
    assert his_own(file(COMMENT, OLD), None).marked.remarks == (COMMENT, OLD)
    assert his_own(file(COMMENT, name="a.pdf"), sent).marked.remarks == (COMMENT,)


def test_what_was_changed_without_tracking_is_a_remark() -> None:
    """Written anew, taken out, put in; each with its heading and its file."""
    back = his_own(file(texts=("Satu baru.", "Tiga.", "Empat.")), file(texts=("Satu.", "Dua.", "Tiga.")))
    found = [(one.source, one.text, one.former, one.heading, one.file_name) for one in back.marked.remarks]
    assert found == [
        (RemarkSource.REPLACED, "Satu baru.", "Satu.", "BAB III", "a.docx"),
        (RemarkSource.DELETED, "Dua.", "", "BAB III", "a.docx"),
        (RemarkSource.INSERTED, "Empat.", "", "BAB III", "a.docx"),
    ]
    assert not back.passages


def test_a_document_that_nobody_knows_differs_in_nothing() -> None:
    """Nothing is compared with nothing, and a long document is compared by what it has and the other has not."""
    assert untracked((), passages("x")) == untracked(passages("x"), ()) == Marked()
    long = tuple(str(number) for number in range(6_001))
    found = untracked(passages(*long, "baru"), passages(*long, "lama"))
    assert [(one.source, one.text) for one in found.remarks] == [
        (RemarkSource.DELETED, "lama"),
        (RemarkSource.INSERTED, "baru"),
    ]
    many = untracked(passages(*(f"{text}!" for text in long[:50])), passages(*long[:50]))
    assert (len(many.remarks), many.more) == (40, 10)


def test_files_are_joined_in_order_without_what_is_done() -> None:
    """What is marked as done is no remark any more; what could not be read is named once."""
    done = Remark(source=RemarkSource.COMMENT, text="Sudah.", resolved=True)
    both = joined((file(COMMENT, done, damaged=("x",)), file(DRAWN, name="b.pdf", damaged=("x", "y"))))
    assert both == Marked(remarks=(COMMENT, DRAWN), damaged=("x", "y"), unread_text=True)
    assert joined((file(damaged=("x",), name="b.pdf"),)) == Marked(damaged=("x",))
    assert stands_against_consent(joined((file(unread=True),)))
    assert says_nothing(file(done))
    assert not says_nothing(file(unread=True))
    assert not says_nothing(file(damaged=("x",)))


@pytest.mark.parametrize(
    ("remark", "reads", "against", "seen"),
    [
        (COMMENT, True, True, False),
        (DRAWN, False, True, False),
        (Remark(source=RemarkSource.DELETED, former="x"), True, True, False),
        (PHOTO, False, True, True),
        (SCAN, False, False, True),
    ],
)
def test_what_a_remark_is_worth_beside_a_word(remark: Remark, reads: bool, against: bool, seen: bool) -> None:  # noqa: FBT001 - the columns of a table
    """What can be read refuses by itself; a drawing or a photograph is asked about; a scan is shown."""
    marked = Marked(remarks=(remark,))
    assert (speaks(marked), stands_against_consent(marked), to_be_seen(marked)) == (reads, against, seen)
