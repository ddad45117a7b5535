"""What the files of one mail say together, and whether that stands against a consent (SOP rows 6b and 7)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.remarks.remark import Marked, RemarkSource
from mailbot.core.remarks.returned import ReturnedFile, ReturnedKind
from mailbot.core.remarks.untracked import untracked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailbot.core.remarks.remark import Remark

_TO_BE_SEEN = frozenset({RemarkSource.PHOTOGRAPH, RemarkSource.SCAN})
"""What is written there nobody knows before a person has looked."""


_TEXTS = frozenset({ReturnedKind.DOCX, ReturnedKind.TEXT})


def his_own(back: ReturnedFile, sent: ReturnedFile | None) -> ReturnedFile:
    """Return a file with what its sender has marked or changed himself: what stood in the draft that he got is not his.

    Args:
        back: the file that came back.
        sent: the draft as he got it, read in the same way; None: it cannot be had.
    """
    if back.kind is not ReturnedKind.DOCX or sent is None:
        return back
    stood = {_as_written(one) for one in sent.marked.remarks}
    own = tuple(one for one in back.marked.remarks if _as_written(one) not in stood)
    silent = untracked(back.passages, sent.passages)
    changed = tuple(replace(one, file_sha256=back.file_sha256, file_name=back.file_name) for one in silent.remarks)
    marked = replace(back.marked, remarks=(*own, *changed), more=back.marked.more + silent.more)
    return replace(back, marked=marked, passages=())


def joined(files: Iterable[ReturnedFile]) -> Marked:
    """Return what all files say, in their order; what is marked as done is no remark any more."""
    files = tuple(files)
    return Marked(
        remarks=tuple(one for file in files for one in file.marked.remarks if not one.resolved),
        more=sum(file.marked.more for file in files),
        damaged=tuple(dict.fromkeys(name for file in files for name in file.marked.damaged)),
        unread_text=any(file.kind in _TEXTS and (file.unread or file.marked.damaged) for file in files),
    )


def says_nothing(file: ReturnedFile) -> bool:
    """Say whether nothing is marked in a file that was read to the end: it says what the draft says."""
    return not file.unread and not joined((file,)).remarks and not file.marked.damaged


def speaks(marked: Marked) -> bool:
    """Say whether a remark can be read in files, and not only be seen on a picture or a drawing."""
    return any(one.text.strip("\N{OBJECT REPLACEMENT CHARACTER} ") or one.former for one in marked.remarks)


def stands_against_consent(marked: Marked) -> bool:
    """Say whether files that came beside a consent say, or may say, that something is to be mended.

    A scan of a page that was signed by hand is none: it is shown to Subbag Program as it came. A text that nobody could
    read may say anything.
    """
    return marked.unread_text or any(one.source is not RemarkSource.SCAN for one in marked.remarks)


def to_be_seen(marked: Marked) -> bool:
    """Say whether a person has to look at what came, for nobody can read it."""
    return any(one.source in _TO_BE_SEEN for one in marked.remarks) or bool(marked.damaged)


def _as_written(remark: Remark) -> tuple[str, ...]:
    """Return what a remark is known by in another copy of the same document."""
    return (remark.source.value, remark.author, remark.written_at, remark.text, remark.former)
