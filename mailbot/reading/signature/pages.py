"""A PDF page by page against the document it should be: what it draws, what lies on it, what it says (rows 7 and 8)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pypdf.generic import ArrayObject, DictionaryObject

from mailbot.core.papers.checked import PaperFlaw, PaperReason
from mailbot.reading.signature.acting import acting
from mailbot.reading.signature.drawn import drawn_on, operations_of
from mailbot.reading.signature.places import Box
from mailbot.reading.signature.shapes import Shapes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PageObject, PdfReader

_LOOKS = (
    "/Resources",
    "/MediaBox",
    "/CropBox",
    "/TrimBox",
    "/BleedBox",
    "/ArtBox",
    "/Rotate",
    "/UserUnit",
    "/Group",
    "/AA",
)
_MOST_OF = 0.5
"""More pages than this share with other words: another document. A picture over this share of a page: a scan."""
_STAMP_SHARE = 0.25
"""A stamp that takes more of a page than this covers it, whatever stands below."""
_MARGIN = 1.0
"""Points by which boxes may touch: where text lies is known about as well."""


Known = frozenset[tuple[tuple[int, ...], bytes]]
"""Signatures by their ranges and bytes."""


@dataclass(frozen=True, slots=True)
class _Both:
    """One page, and the page it should be."""

    number: int
    theirs: PageObject
    ours: PageObject
    their_shapes: Shapes
    our_shapes: Shapes
    known: Known


def compared(
    theirs: PdfReader, ours: PdfReader, scanned: frozenset[int] = frozenset(), known: Known = frozenset()
) -> tuple[PaperReason, ...]:
    """Return all in which a PDF is not the document that it should be, its signatures' own fields left out.

    Args:
        theirs: what came back.
        ours: the document.
        scanned: numbers of pages that are pictures, and have to be recognised instead.
        known: the signatures that were looked into.
    """
    their_shapes, our_shapes = Shapes(theirs), Shapes(ours)
    does = tuple(acting(theirs, ours, their_shapes, our_shapes))
    if len(theirs.pages) != len(ours.pages):
        detail = f"{len(ours.pages)} {len(theirs.pages)}"
        return (PaperReason(flaw=PaperFlaw.PAGE_COUNT, detail=detail), *does)
    found: list[PaperReason] = []
    others = 0
    for number, (one, other) in enumerate(zip(theirs.pages, ours.pages, strict=True), start=1):
        on_page = () if number in scanned else tuple(_page(_Both(number, one, other, their_shapes, our_shapes, known)))
        others += any(reason.flaw is PaperFlaw.PAGE_TEXT for reason in on_page)
        found.extend(on_page)
        if others > len(ours.pages) * _MOST_OF:
            return (PaperReason(flaw=PaperFlaw.OTHER_TEXT),)
    return tuple(dict.fromkeys((*found, *does)))


def scanned_pages(theirs: PdfReader, ours: PdfReader | None) -> frozenset[int]:
    """Return the numbers of the pages that are pictures, whatever a program recognised below them.

    The document may itself show scanned pages: what is so in both is none.
    """
    shapes, our_shapes = Shapes(theirs), Shapes(ours) if ours is not None else None
    own = ours.pages if ours is not None and len(ours.pages) == len(theirs.pages) else ()
    return frozenset(
        number
        for number, page in enumerate(theirs.pages, start=1)
        if _is_picture(page, shapes)
        and not (own and our_shapes and _look(page, shapes) == _look(own[number - 1], our_shapes))
    )


def has_more_pictures(theirs: PdfReader, ours: PdfReader) -> bool:
    """Say whether a picture was put into it that the document does not have: a QR code, a drawn signature."""
    sides = ((theirs, Shapes(theirs)), (ours, Shapes(ours)))
    new, former = (
        Counter(one.look for page in pdf.pages for one in drawn_on(page, shapes) if one.kind == "picture")
        for pdf, shapes in sides
    )
    return bool(new - former)


def page_texts(pdf: PdfReader) -> tuple[str, ...]:
    """Return what each page says."""
    return tuple(page.extract_text() for page in pdf.pages)


def _is_picture(page: PageObject, shapes: Shapes) -> bool:
    """Say whether one picture takes most of a page."""
    whole = _box(page.mediabox)
    return any(one.kind == "picture" and _share(one.box, whole) > _MOST_OF for one in drawn_on(page, shapes))


def _page(both: _Both) -> Iterator[PaperReason]:
    """Give all in which one page is another."""
    if _look(both.theirs, both.their_shapes) != _look(both.ours, both.our_shapes):
        yield from _drawn(both)
    yield from _laid_on(both)


def _look(page: PageObject, shapes: Shapes) -> tuple[str, ...]:
    """Return the digests of what makes a page look as it does."""
    content = page.get_contents()
    data = content.get_data() if content is not None else b""
    return shapes.digest(data), *(shapes.digest(page.get(name)) for name in _LOOKS)


def _drawn(both: _Both) -> Iterator[PaperReason]:
    """Give what one page draws more, no longer, or elsewhere."""
    new, former = drawn_on(both.theirs, both.their_shapes), drawn_on(both.ours, both.our_shapes)
    known = Counter(one.look for one in former)
    if known - Counter(one.look for one in new):
        if _words(both.theirs) != _words(both.ours):
            yield PaperReason(flaw=PaperFlaw.PAGE_TEXT, page=both.number)
            return
        yield PaperReason(flaw=PaperFlaw.REMOVED, page=both.number)
    for name in _LOOKS[1:]:
        if both.their_shapes.digest(both.theirs.get(name)) != both.our_shapes.digest(both.ours.get(name)):
            yield PaperReason(flaw=PaperFlaw.REMOVED, page=both.number, detail=name.removeprefix("/"))
    if operations_of(both.theirs) != operations_of(both.ours):
        # What draws nothing may yet say how another program draws it: a person has to look.
        yield PaperReason(flaw=PaperFlaw.ADDED, page=both.number, detail="operators")
    texts = [one.box for one in former if one.kind == "text"]
    for one in new:
        if known[one.look]:
            known[one.look] -= 1
            continue
        flaw = PaperFlaw.COVERED if any(_meet(one.box, text) for text in texts) else PaperFlaw.ADDED
        yield PaperReason(flaw=flaw, page=both.number, detail=one.kind)


def _words(page: PageObject) -> list[str]:
    """Return the words of a page."""
    return page.extract_text().split()


def _laid_on(both: _Both) -> Iterator[PaperReason]:
    """Give the annotations that the document does not have; a signature's own field may be there, beside the words."""
    former = Counter(both.our_shapes.digest(one) for one in _annotations(both.ours))
    whole, texts = _box(both.theirs.mediabox), None
    for one in _annotations(both.theirs):
        digest = both.their_shapes.digest(one)
        if former[digest]:
            former[digest] -= 1
            continue
        if not _is_signature(one, both.known):
            yield PaperReason(
                flaw=PaperFlaw.ANNOTATION, page=both.number, detail=str(one.get("/Subtype", "")).strip("/")
            )
            continue
        if "/A" in one or "/AA" in one:
            yield PaperReason(flaw=PaperFlaw.ACTIVE, detail="A")
        box = _box(one.get("/Rect", (0, 0, 0, 0)))
        if _area(box) == 0:
            continue
        if texts is None:
            texts = [
                drawn.box
                for drawn in drawn_on(both.ours, both.our_shapes)
                if drawn.kind == "text" or (drawn.kind == "picture" and _share(drawn.box, whole) < _MOST_OF)
            ]
        if _share(box, whole) > _STAMP_SHARE:
            yield PaperReason(flaw=PaperFlaw.COVERED, page=both.number, detail="stamp")
        elif any(_meet(box, text) for text in texts):
            yield PaperReason(flaw=PaperFlaw.STAMP_ON_TEXT, page=both.number)
    if former.total():
        yield PaperReason(flaw=PaperFlaw.REMOVED, page=both.number, detail="link")


def _annotations(page: PageObject) -> list[DictionaryObject]:
    """Return what lies on a page."""
    laid = page.get("/Annots")
    laid = laid.get_object() if laid is not None else ()
    return [one for held in laid if isinstance(one := held.get_object(), DictionaryObject)]


def _is_signature(laid: DictionaryObject, known: Known) -> bool:
    """Say whether it is the field of a signature that was looked into."""
    of = laid
    while "/FT" not in of and "/Parent" in of:
        of = of["/Parent"].get_object()  # type: ignore[assignment]  # a field's parent is a field
    value = of.get("/V")
    value = value.get_object() if value is not None else None
    if laid.get("/Subtype") != "/Widget" or of.get("/FT") != "/Sig" or not isinstance(value, DictionaryObject):
        return False
    ends, held = value.get("/ByteRange"), value.get("/Contents")
    if not isinstance(ends, ArrayObject) or held is None:
        return False
    return (tuple(map(int, ends)), bytes(getattr(held, "original_bytes", held))) in known


def _box(rectangle: Any) -> Box:  # noqa: ANN401 - whatever a PDF holds
    """Return a rectangle with its corners in order."""
    numbers = [
        float(number) for number in (rectangle if isinstance(rectangle, ArrayObject | tuple) else list(rectangle))
    ]
    if len(numbers) != 4:  # noqa: PLR2004 - two corners
        raise ValueError("a rectangle has two corners")
    left, right = sorted((numbers[0], numbers[2]))
    bottom, top = sorted((numbers[1], numbers[3]))
    return left, bottom, right, top


def _area(box: Box) -> float:
    """Return how large a box is."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _share(box: Box, whole: Box) -> float:
    """Return how much of a page a box takes."""
    inside = max(box[0], whole[0]), max(box[1], whole[1]), min(box[2], whole[2]), min(box[3], whole[3])
    return _area(inside) / (_area(whole) or 1.0)


def _meet(one: Box, other: Box) -> bool:
    """Say whether two boxes lie on each other."""
    return (
        one[0] + _MARGIN < other[2]
        and other[0] + _MARGIN < one[2]
        and one[1] + _MARGIN < other[3]
        and other[1] + _MARGIN < one[3]
    )
