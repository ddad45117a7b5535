"""What a PDF does, encloses or hides that the document does not: scripts, actions, files, layers (rows 7 and 8)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from pypdf.generic import DictionaryObject

from mailbot.core.papers.checked import PaperFlaw, PaperReason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PdfReader

    from mailbot.reading.signature.shapes import Shapes

_ACTS = ("/OpenAction", "/AA", "/OCProperties", "/Collection", "/AF", "/Requirements")
_NAMED_ACTS = ("/JavaScript", "/EmbeddedFiles")
_MOST_BOOKMARKS = 20_000


def acting(theirs: PdfReader, ours: PdfReader, their_shapes: Shapes, our_shapes: Shapes) -> Iterator[PaperReason]:
    """Give what a PDF does, holds or hides that the document does not."""
    sides = ((theirs, their_shapes), (ours, our_shapes))
    for name in _ACTS:
        new, former = (shapes.digest(pdf.root_object.get(name)) for pdf, shapes in sides)
        if new != former:
            yield PaperReason(flaw=PaperFlaw.ACTIVE, detail=name.removeprefix("/"))
    for name in _NAMED_ACTS:
        new, former = (shapes.digest(_below(pdf, "/Names", name)) for pdf, shapes in sides)
        if new != former:
            yield PaperReason(flaw=PaperFlaw.ACTIVE, detail=name.removeprefix("/"))
    if _below(theirs, "/AcroForm", "/XFA") is not None:
        yield PaperReason(flaw=PaperFlaw.ACTIVE, detail="XFA")
    if Counter(_of_bookmarks(theirs, their_shapes)) - Counter(_of_bookmarks(ours, our_shapes)):
        yield PaperReason(flaw=PaperFlaw.ACTIVE, detail="Outlines")


def _of_bookmarks(pdf: PdfReader, shapes: Shapes) -> Iterator[str]:
    """Give what bookmarks do, other than to lead to a page.

    Raises:
        ValueError: there are more than anybody reads.
    """
    waiting, seen = [_below(pdf, "/Outlines", "/First")], 0
    while waiting:
        one = waiting.pop()
        one = one.get_object() if one is not None else None
        if not isinstance(one, DictionaryObject):
            continue
        seen += 1
        if seen > _MOST_BOOKMARKS:
            raise ValueError("bookmarks without end")
        does = one.get("/A")
        does = does.get_object() if does is not None else None
        if does is not None and not (isinstance(does, DictionaryObject) and _leads_to_a_page(does)):
            yield shapes.digest(does)
        waiting += [one.get("/Next"), one.get("/First")]


def _leads_to_a_page(does: DictionaryObject) -> bool:
    """Say whether an action leads to a page of the same document, and nothing comes behind it."""
    return does.get("/S") == "/GoTo" and "/Next" not in does


def _below(pdf: PdfReader, name: str, inner: str) -> Any:  # noqa: ANN401 - whatever a PDF holds
    """Return an entry of a dictionary of the catalogue."""
    of = pdf.root_object.get(name)
    of = of.get_object() if of is not None else None
    return of.get(inner) if isinstance(of, DictionaryObject) else None
