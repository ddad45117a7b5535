"""A returned PDF: the annotations on its pages, with the words under them and the bookmark above (rows 6b and 7)."""

from __future__ import annotations

import io
import re
import resource
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any

from mailbot.core.remarks.remark import OBJECT, Marked, Remark, RemarkSource
from mailbot.core.remarks.returned import ReturnedFile, ReturnedKind
from mailbot.reading.files.damaged_pdf import damaged_pdf
from mailbot.reading.marks.pdf_words import Box, Words, words_on
from mailbot.reading.marks.remarks_of import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PdfReader

_CPU_SECONDS = 6.0
"""So much computing is spent on one file; what is not read by then is said to be unread."""
_PAGES = 500
_MOST_REMARKS = 200
_MOST_ON_A_PAGE, _MOST_LOOKED_AT = 500, 20_000
"""Annotations of a person, and all: a page of contents has a link in each line."""
_TEXT_MARKUP = frozenset({"/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Redact"})
_NOTES = frozenset({"/Text", "/FreeText", "/Caret", "/FileAttachment"})
_DRAWINGS = frozenset(
    {"/Ink", "/Stamp", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Sound", "/Movie", "/Screen", "/3D"}
)
_DONE = frozenset({"completed", "accepted", "rejected", "cancelled"})
_STRUCK = frozenset({"/StrikeOut", "/Redact"})
_DATE = re.compile(r"D?:?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?\s*(Z|[+-]\d\d)?'?(\d\d)?'?")
_TAG = re.compile(r"<[^<>]*>")
_LONGEST_HEADING = 240
_LOOKED_AT_FOR_TEXT = 20


@dataclass(slots=True)
class _Note:
    """One annotation as the file has it."""

    page: int
    kind: str
    text: str
    author: str
    at: str
    box: Box
    quads: tuple[Box, ...]
    key: int
    answers: int
    grouped: bool
    state: str
    words: str = ""
    """Of the page: those that it is about."""
    line: str = ""
    """Those of the line at its height."""


@dataclass(slots=True)
class _Reading:
    """One PDF as it is read."""

    reader: PdfReader
    until: float
    notes: list[_Note] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    more: int = 0
    """So many annotations stand on pages that have more than are looked at."""
    has_text: bool = False


def read_pdf(content: bytes) -> ReturnedFile:
    """Return what is marked in a PDF; never raises for anything the file holds, as far as Python can tell."""
    from pypdf import PdfReader  # noqa: PLC0415 - costs time and memory where no PDF comes

    damage = damaged_pdf()
    nothing = ReturnedFile(kind=ReturnedKind.PDF, file_sha256="", unread=True)
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return nothing
        pages = len(reader.pages)
    except damage:
        return nothing
    reading = _Reading(reader, _cpu_seconds() + _CPU_SECONDS)
    for number in range(min(pages, _PAGES)):
        if _cpu_seconds() > reading.until:
            reading.damaged.append(f"{number + 1}-{pages}")
            break
        try:
            _page(reading, number, damage)
        except damage:
            reading.damaged.append(str(number + 1))
    if pages > _PAGES:
        reading.damaged.append(f"{_PAGES + 1}-{pages}")
    headings = _Headings(reader, damage) if reading.notes else None
    done = frozenset(one.answers for one in reading.notes if one.answers and one.state.casefold() in _DONE)
    found = [_remark(note, parent, done, headings) for note, parent in _said(reading)]
    return ReturnedFile(
        kind=ReturnedKind.PDF,
        file_sha256="",
        marked=Marked(
            remarks=tuple(found[:_MOST_REMARKS]),
            more=max(0, len(found) - _MOST_REMARKS) + reading.more,
            damaged=tuple(reading.damaged),
        ),
        unread=pages == 0 or len(reading.damaged) == pages,
        scanned=pages > 0 and not reading.has_text and not reading.damaged,
    )


def _page(reading: _Reading, number: int, damage: tuple[type[Exception], ...]) -> None:
    """Read the annotations of one page, and whether any text is on it; raises what a damaged page raises."""
    page = reading.reader.pages[number]
    listed = page.get("/Annots")
    laid = list(listed.get_object() if listed is not None else ())
    made = [note for one in laid[:_MOST_LOOKED_AT] if (note := _note(one, number + 1)) is not None]
    notes = made[:_MOST_ON_A_PAGE]
    reading.more += len(made) - len(notes)
    if len(laid) > _MOST_LOOKED_AT:
        reading.damaged.append(str(number + 1))
    if notes or (number < _LOOKED_AT_FOR_TEXT and not reading.has_text):
        try:
            words = words_on(page)
        except damage:
            words = Words()
        reading.has_text = reading.has_text or bool(words)
        for note in notes:
            note.words, note.line = _words(note, words), words.near(note.box)
    reading.notes.extend(notes)


def _words(note: _Note, words: Words) -> str:
    """Return the words of the page that an annotation is about."""
    if note.kind in _TEXT_MARKUP:
        return words.under(note.quads or (note.box,))
    return words.near(note.box) if note.kind in _NOTES else words.within(note.box)


def _note(one: Any, page: int) -> _Note | None:  # noqa: ANN401 - whatever the file holds there
    """Return an annotation that a person made, None for links, fields of forms and the windows of notes."""
    its = one.get_object()
    kind = str(its.get("/Subtype", ""))
    if kind not in _TEXT_MARKUP | _NOTES | _DRAWINGS:
        return None
    flags = its.get("/F", 0)
    answers = its.raw_get("/IRT") if "/IRT" in its else None
    return _Note(
        page=page,
        kind=kind,
        text=_text(its.get("/Contents")) or _text(its.get("/OverlayText")) or _rich(its.get("/RC")),
        author=_text(its.get("/T")),
        at=_date(_text(its.get("/CreationDate")) or _text(its.get("/M"))),
        box=Box.of(_numbers(its.get("/Rect")), hidden=bool(isinstance(flags, int) and flags & 2)),
        quads=Box.quads(_numbers(its.get("/QuadPoints"))),
        key=getattr(one, "idnum", 0),
        answers=getattr(answers, "idnum", 0),
        grouped=str(its.get("/RT", "")) == "/Group",
        state=_text(its.get("/State")),
    )


def _said(reading: _Reading) -> Iterator[tuple[_Note, _Note | None]]:
    """Yield the annotations in the order of the pages, each answer behind what it answers, and with that."""
    notes = reading.notes
    of = {note.key: note for note in notes if note.key}
    told: list[_Note] = []
    answers: dict[int, list[_Note]] = {}
    for note in notes:
        first = _first(note, of)
        if first is note:
            told.append(note)
        elif note.grouped:
            first.text = first.text or note.text
            first.words = note.words if note.kind in _STRUCK else first.words or note.words
            first.kind = "/StrikeOut" if {first.kind, note.kind} & _STRUCK else first.kind
        elif note.text and not note.state:
            answers.setdefault(first.key, []).append(note)
    for note in sorted(told, key=lambda one: (one.page, -one.box.top, one.box.left)):
        yield note, None
        yield from ((one, of[one.answers]) for one in (answers.get(note.key, ()) if note.key else ()))


def _first(note: _Note, of: dict[int, _Note]) -> _Note:
    """Return the annotation that a chain of answers began with; of those in a ring each is its own."""
    first, seen = note, {note.key}
    while first.answers in of:
        if first.answers in seen:
            return note
        seen.add(first.answers)
        first = of[first.answers]
    return first


def _remark(note: _Note, parent: _Note | None, done: frozenset[int], headings: _Headings | None) -> Remark:
    """Return an annotation as a remark: what was struck out and nothing said is a deletion, else what it says."""
    text = note.text.strip()
    struck = note.kind in _STRUCK
    source = RemarkSource.REPLY if parent is not None else RemarkSource.ANNOTATION
    former, around = "", parent.text.strip() if parent is not None else note.words
    if struck and parent is None and note.words:
        source, former = (RemarkSource.REPLACED, note.words) if text else (RemarkSource.DELETED, "")
        text, around = text or note.words, note.line
    elif not text and note.kind in _DRAWINGS:
        text = OBJECT
    return Remark(
        source=source,
        text=shown(text),
        former=shown(former),
        author=shown(note.author.strip()),
        written_at=note.at,
        around=shown(around, _LONGEST_HEADING),
        heading=shown(headings.above(note) if headings is not None else "", _LONGEST_HEADING),
        page=note.page,
        resolved=note.key in done,
    )


class _Headings:
    """The bookmarks of a PDF, in the order of its pages."""

    def __init__(self, reader: PdfReader, damage: tuple[type[Exception], ...]) -> None:
        """Read them; none where they are damaged."""
        self._found: list[tuple[int, float, str]] = []
        try:
            self._read(reader, reader.outline)
        except damage:
            self._found = []
        self._found.sort(key=lambda heading: (heading[0], -heading[1]))

    def _read(self, reader: PdfReader, listed: list[Any]) -> None:
        """Read one level of bookmarks, and those below it."""
        for one in listed:
            if isinstance(one, list):
                self._read(reader, one)
            elif (number := reader.get_destination_page_number(one)) is not None:
                top = one.top
                height = float(top) if isinstance(top, (int, float)) else float("inf")
                self._found.append((number + 1, height, str(one.title or "")))

    def above(self, note: _Note) -> str:
        """Return the bookmark that an annotation stands under."""
        place = (note.page, -note.box.top)
        return next((text for page, top, text in reversed(self._found) if (page, -top) <= place), "")


def _text(value: Any) -> str:  # noqa: ANN401 - whatever the file holds there
    """Return a text of the file; bytes that are none are read as Latin."""
    value = value.get_object() if hasattr(value, "get_object") else value
    raw = value if isinstance(value, bytes) else getattr(value, "original_bytes", b"")
    if isinstance(value, bytes) or (raw and getattr(value, "autodetect_pdfdocencoding", False)):
        value = _decoded(raw, value)
    return "\n".join(str(value).replace("\r\n", "\n").replace("\r", "\n").split("\n")) if value is not None else ""


def _rich(value: Any) -> str:  # noqa: ANN401 - whatever the file holds there
    """Return what a text with looks of its own says (XHTML), where it is not said plainly as well."""
    value = value.get_object() if hasattr(value, "get_object") else value
    text = _decoded(value.get_data()) if hasattr(value, "get_data") else _text(value)
    return " ".join(unescape(_TAG.sub(" ", text)).split())


def _decoded(raw: bytes, else_as: Any = None) -> str:  # noqa: ANN401 - a text of the library
    """Return bytes as text: UTF-8 if they are that (some programs write it unannounced), else as read, or Latin."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return else_as if isinstance(else_as, str) else raw.decode("latin-1")


def _numbers(value: Any) -> list[float]:  # noqa: ANN401 - whatever the file holds there
    """Return a list of numbers of the file, none where it is no such list."""
    value = value.get_object() if hasattr(value, "get_object") else value
    try:
        return [float(one) for one in value or ()]
    except (TypeError, ValueError):
        return []


def _date(text: str) -> str:
    """Return a moment as PDF writes it in the usual form; as it is where it is none."""
    told = _DATE.fullmatch(text.strip())
    if told is None:
        return text.strip()
    year, month, day, hour, minute, second, zone, minutes = told.groups()
    zoned = "" if zone is None else "Z" if zone == "Z" else f"{zone}:{minutes or '00'}"
    return f"{year}-{month or '01'}-{day or '01'}T{hour or '00'}:{minute or '00'}:{second or '00'}{zoned}"


def _cpu_seconds() -> float:
    """Return the CPU time this process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
