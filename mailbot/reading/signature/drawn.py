"""What a page draws, each thing with its place, so that one that was put on top is seen (rows 7 and 8)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pypdf.generic import ContentStream, IndirectObject

from mailbot.reading.signature.places import (
    SAME,
    Box,
    Matrix,
    around,
    corners,
    matrix_of,
    moved,
    rounded,
    times,
    unit,
)
from mailbot.reading.signature.shapes import Shapes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PageObject

_EVERYWHERE: Box = (-1e4, -1e4, 1e4, 1e4)
_DEEPEST = 8
_MOST_OPERATIONS = 400_000
_FILLS = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
_STROKES = frozenset({b"S", b"s"})
_LOOKS = frozenset(
    {
        *(b"g", b"rg", b"k", b"cs", b"sc", b"scn", b"G", b"RG", b"K", b"CS", b"SC", b"SCN"),
        *(b"Tr", b"Tc", b"Tw", b"Tz", b"Ts", b"w", b"J", b"j", b"M", b"d", b"ri", b"i"),
    }
)
"""What says how things look that are drawn afterwards."""
_GLYPH = 0.5
"""How wide a letter is, by its size: enough to say whether something lies on a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One thing that is drawn: text, a picture, a path, a shading."""

    kind: str
    box: Box
    look: str
    """Digest of all that makes it look as it does."""


@dataclass(frozen=True, slots=True)
class _State:
    """What `q` keeps and `Q` brings back."""

    matrix: Matrix = SAME
    looks: tuple[tuple[bytes, str], ...] = ()
    clips: tuple[Box, ...] = ()
    font: str = ""
    size: float = 0.0
    leading: float = 0.0


@dataclass(slots=True)
class _Reading:
    """One content stream while it is read."""

    shapes: Shapes
    resources: dict[str, Any]
    state: _State
    kept: list[_State] = field(default_factory=list)
    line: Matrix = SAME
    at: Matrix = SAME
    path: list[tuple[float, float]] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)
    clips: bool = False


def drawn_on(page: PageObject, shapes: Shapes) -> list[Drawn]:
    """Return what a page draws, annotations left out.

    Raises:
        ValueError: it draws more than is looked at.
    """
    content = page.get_contents()
    resources = _resolved(page.get("/Resources")) or {}
    if content is None:
        return []
    found: list[Drawn] = []
    for one in _read(content, _Reading(shapes, resources, _State()), page.pdf, 0):
        found.append(one)
        if len(found) > _MOST_OPERATIONS:
            raise ValueError("a page draws too much")
    return found


def operations_of(page: PageObject) -> list[str]:
    """Return what a page's content says, word for word; that it is kept apart as a whole changes nothing."""
    content = page.get_contents()
    if content is None:
        return []
    said = [f"{_plain(operands)} {operator!r}" for operands, operator in content.operations]
    while len(said) > 1 and said[0].strip() == "b'q'" and said[-1].strip() == "b'Q'":
        said = said[1:-1]
    return said


def _resolved(value: Any) -> Any:  # noqa: ANN401 - whatever a PDF holds
    """Return what a reference stands for."""
    return value.get_object() if isinstance(value, IndirectObject) else value


def _read(content: Any, its: _Reading, pdf: Any, depth: int) -> Iterator[Drawn]:  # noqa: ANN401 - whatever a PDF holds
    """Give what one content stream draws, with the forms that it draws."""
    stream = content if isinstance(content, ContentStream) else ContentStream(content, pdf)
    for operands, operator in stream.operations:
        yield from _one(operands, operator, its, pdf, depth)


def _one(operands: Any, operator: bytes, its: _Reading, pdf: Any, depth: int) -> Iterator[Drawn]:  # noqa: ANN401 - as above
    """Give what one operation draws; change the state by one that draws nothing."""
    match operator:
        case b"Tj" | b"TJ":
            yield _text(operands, its)
        case b"'" | b'"':
            _moves((), b"T*", its)
            yield _text(operands, its)
        case b"n" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"S" | b"s":
            yield from _painted(operator, its)
        case b"sh":
            shading = its.shapes.named(its.resources, "/Shading", operands)
            yield _thing("shade", _EVERYWHERE, its, shading)
        case b"BI" | b"INLINE IMAGE":
            look = hashlib.sha256(repr(operands).encode("utf-8", "replace")).hexdigest()
            yield _thing("picture", unit(its.state.matrix), its, look)
        case b"Do":
            yield from _object(operands, its, pdf, depth)
        case _:
            _goes_on(operands, operator, its)


def _goes_on(operands: Any, operator: bytes, its: _Reading) -> None:  # noqa: ANN401 - as above
    """Follow what says where and how the next thing is drawn."""
    match operator:
        case b"q":
            its.kept.append(its.state)
        case b"Q" if its.kept:
            its.state = its.kept.pop()
        case b"cm":
            its.state = replace(its.state, matrix=times(matrix_of(operands), its.state.matrix))
        case b"BT":
            its.line = its.at = SAME
        case b"Tf" | b"TL" | b"Td" | b"TD" | b"Tm" | b"T*":
            _moves(operands, operator, its)
        case b"m" | b"l" | b"c" | b"v" | b"y" | b"re" | b"h":
            _path(operands, operator, its)
        case b"W" | b"W*":
            its.clips = True
        case b"gs":
            its.state = _looking(its.state, b"gs", its.shapes.named(its.resources, "/ExtGState", operands))
        case b"BDC" | b"BMC":
            is_layer = operator == b"BDC" and operands[0] == "/OC"
            its.marked.append(its.shapes.named(its.resources, "/Properties", operands[1:]) if is_layer else "")
        case b"EMC" if its.marked:
            its.marked.pop()
        case _ if operator in _LOOKS:
            its.state = _looking(its.state, operator, _plain(operands))
        case _:
            pass  # what neither draws nor changes how things look


def _looking(state: _State, operator: bytes, look: str) -> _State:
    """Return the state with one property of what comes changed: a colour takes the place of its colour space."""
    of = {b"g": b"fill", b"rg": b"fill", b"k": b"fill", b"sc": b"fill", b"scn": b"fill"}
    of |= {b"G": b"line", b"RG": b"line", b"K": b"line", b"SC": b"line", b"SCN": b"line"}
    name = of.get(operator, operator)
    return replace(state, looks=(*((key, value) for key, value in state.looks if key != name), (name, look)))


def _moves(operands: Any, operator: bytes, its: _Reading) -> None:  # noqa: ANN401 - whatever a PDF holds
    """Follow where the next text stands, and how large."""
    if operator == b"Tf":
        font = its.shapes.named(its.resources, "/Font", operands)
        its.state = replace(its.state, font=font, size=float(operands[1]))
        return
    if operator == b"TL":
        its.state = replace(its.state, leading=float(operands[0]))
        return
    if operator == b"Tm":
        its.line = its.at = matrix_of(operands)
        return
    if operator == b"TD":
        its.state = replace(its.state, leading=-float(operands[1]))
    right, up = (0.0, -its.state.leading) if operator == b"T*" else (float(operands[0]), float(operands[1]))
    its.line = its.at = times((1.0, 0.0, 0.0, 1.0, right, up), its.line)


def _text(operands: Any, its: _Reading) -> Drawn:  # noqa: ANN401 - whatever a PDF holds
    """Return one piece of text, about as wide as it is."""
    shown = operands[-1]
    parts = shown if isinstance(shown, list) else [shown]
    letters = sum(len(part) for part in parts if isinstance(part, str | bytes))
    size = its.state.size or 1.0
    width = letters * size * _GLYPH
    place = times(its.at, its.state.matrix)
    box = corners(((0.0, -0.2 * size), (width, 0.8 * size)), place)
    its.at = times((1.0, 0.0, 0.0, 1.0, width, 0.0), its.at)
    return _thing("text", box, its, f"{its.state.font} {size:.3f} {_plain(parts)}")


def _path(operands: Any, operator: bytes, its: _Reading) -> None:  # noqa: ANN401 - whatever a PDF holds
    """Add to the path that is being made."""
    its.made.append(f"{operator!r}{_plain(operands)}")
    numbers = [float(number) for number in operands]
    if operator == b"re":
        left, bottom, width, height = numbers
        numbers = [left, bottom, left + width, bottom + height]
    points = zip(numbers[::2], numbers[1::2], strict=False)
    its.path.extend(moved(point, its.state.matrix) for point in points)


def _painted(operator: bytes, its: _Reading) -> Iterator[Drawn]:
    """Give what the path becomes: filled, drawn along, or the edge of what comes."""
    box = around(its.path)
    if operator in _FILLS | _STROKES and its.path:
        kind = "fill" if operator in _FILLS else "line"
        yield _thing(kind, box, its, f"{operator!r}{''.join(its.made)}")
    if its.clips and its.path:
        its.state = replace(its.state, clips=(*its.state.clips, rounded(box)))
    its.path, its.made, its.clips = [], [], False


def _object(operands: Any, its: _Reading, pdf: Any, depth: int) -> Iterator[Drawn]:  # noqa: ANN401 - whatever a PDF holds
    """Give a picture, or what a form draws."""
    one = _resolved((_resolved(its.resources.get("/XObject")) or {}).get(operands[0]))
    if one is None:
        return
    if one.get("/Subtype") != "/Form":
        yield _thing("picture", unit(its.state.matrix), its, its.shapes.digest(one))
        return
    if depth >= _DEEPEST:
        raise ValueError("forms within forms")
    matrix = matrix_of(one["/Matrix"]) if "/Matrix" in one else SAME
    state = replace(its.state, matrix=times(matrix, its.state.matrix))
    if "/Group" in one or "/OC" in one:
        state = _looking(state, b"group", its.shapes.digest([one.get("/Group"), one.get("/OC")]))
    inner = _Reading(its.shapes, _resolved(one.get("/Resources")) or its.resources, state, marked=list(its.marked))
    yield from _read(one, inner, pdf, depth + 1)


def _thing(kind: str, box: Box, its: _Reading, look: str) -> Drawn:
    """Return one thing that is drawn, with all that makes it look so."""
    of = (kind, rounded(box), look, sorted(its.state.looks), its.state.clips, [one for one in its.marked if one])
    return Drawn(kind=kind, box=box, look=hashlib.sha256(repr(of).encode("utf-8", "replace")).hexdigest())


def _plain(operands: Any) -> str:  # noqa: ANN401 - whatever a PDF holds
    """Return operands as text that is equal where they are; 1 and 1.0 are one number."""
    parts = []
    for one in operands:
        if isinstance(one, str | bytes):
            parts.append(repr(one))
        elif isinstance(one, list):
            parts.append(f"[{_plain(one)}]")
        else:
            try:
                parts.append(f"{float(one):.3f}")
            except (TypeError, ValueError):
                parts.append(repr(one))
    return " ".join(parts)
