"""Other people's readers of comments and changes, over every case: what they see, ours sees too."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx_comments.manager import CommentManager
from docx_revisions import RevisionDocument

from mailbot.core.remarks.remark import RemarkSource
from tests.reading.marks.test_word_files import CASES

COMMENTS = frozenset({RemarkSource.COMMENT, RemarkSource.REPLY})
OTHERWISE = frozenset({"comment with a NIK", "comment that is a picture", "comment without author or date"})
"""One is masked, one is no words, and one comment without an author loses the libraries all of the file."""


MADE_ANEW = {"list of contents made anew": ["BAB I 1", "BAB I 2"]}
"""Changes that a program has made by itself, which are nobody's remark."""


def glued(text: str) -> str:
    """Return words without blanks: the libraries glue paragraphs together."""
    return "".join(text.split())


@pytest.mark.parametrize("name", [name for name in CASES if name not in OTHERWISE])
def test_libraries_see_nothing_that_is_missed(name: str) -> None:
    """Comments are the same, author and words; each change that a library knows is part of a remark of ours."""
    content, expected = CASES[name]
    comments = sorted((one.author, glued(one.text)) for one in expected if one.source in COMMENTS)
    listed = Document(io.BytesIO(content)).comments
    assert sorted((one.author, glued(one.text)) for one in listed) == comments
    threaded = CommentManager(Document(io.BytesIO(content))).list_comments() if comments else ()
    assert sorted((one.author, glued(one.text)) for one in threaded) == comments

    said = glued("".join(f"{one.text} {one.former}" for one in expected if one.source not in COMMENTS))
    known = RevisionDocument(io.BytesIO(content)).track_changes
    assert [one.text for one in known if glued(one.text) not in said] == MADE_ANEW.get(name, [])
