"""The comments of a Word file: what each says, who answers whom, and what is marked as done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.remarks.remark import OBJECT
from mailbot.reading.document.styles import attribute, local

if TYPE_CHECKING:
    from lxml import etree

_GONE = frozenset({"del", "moveFrom"})
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OBJECTS = frozenset({"drawing", "pict", "object"})
_NO_TEXT = frozenset({"pPr", "rPr", "annotationRef", "instrText", "sdtPr"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment as its own part holds it."""

    id: str
    author: str
    at: str
    text: str
    paragraphs: tuple[str, ...] = ()
    """Ids of its paragraphs, by which another part says what it answers."""


def comments_in(root: etree._Element) -> tuple[Comment, ...]:
    """Return every comment of the part, in its order; one without an author is one all the same."""
    return tuple(
        Comment(
            id=attribute(one, "id"),
            author=attribute(one, "author").strip(),
            at=attribute(one, "date"),
            text=_said(one).strip(),
            paragraphs=tuple(key for line in one.iter("{*}p") if (key := attribute(line, "paraId"))),
        )
        for one in root.iter("{*}comment")
    )


@dataclass(frozen=True, slots=True)
class Threads:
    """Who answers whom, and what is done; by the ids of paragraphs."""

    known: bool = False
    """The file says it at all."""
    answers: tuple[tuple[str, str], ...] = ()
    done: frozenset[str] = frozenset()

    def parents(self, comments: tuple[Comment, ...]) -> dict[int, int]:
        """Return which comment each answers, by their places."""
        of = {key: place for place, one in reversed(list(enumerate(comments))) for key in one.paragraphs}
        told = ((of.get(own), of.get(to)) for own, to in self.answers)
        return {own: to for own, to in told if own is not None and to is not None and own != to}

    def resolved(self, comment: Comment) -> bool:
        """Say whether a comment is marked as done."""
        return bool(self.done.intersection(comment.paragraphs))


def threads_in(root: etree._Element) -> Threads:
    """Return what the part beside the comments says of them."""
    answers: list[tuple[str, str]] = []
    done: set[str] = set()
    for one in root.iter("{*}commentEx"):
        own, parent = attribute(one, "paraId"), attribute(one, "paraIdParent")
        if own and parent:
            answers.append((own, parent))
        if own and attribute(one, "done") in {"1", "true", "on"}:
            done.add(own)
    return Threads(known=True, answers=tuple(answers), done=frozenset(done))


def _said(parent: etree._Element) -> str:
    """Return the words below an element, a paragraph a line, as they read with every change accepted."""
    said: list[str] = []
    for child in parent:
        name = local(child)
        if name == "t":
            said.append(child.text or "")
        elif name in _SIGNS:
            said.append(_SIGNS[name])
        elif name in _OBJECTS:
            said.append(OBJECT)
        elif name not in _NO_TEXT and name not in _GONE:
            inner = _said(child)
            said.append(f"{inner}\n" if name == "p" else inner)
    return "".join(said)
