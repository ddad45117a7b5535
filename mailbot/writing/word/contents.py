"""The report's lists of contents, tables, pictures and annexes: real fields for Word that show what was found last."""

from __future__ import annotations

import re
import zipfile
import zlib
from copy import deepcopy
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from lxml import etree

from mailbot.writing.word.body import packed, parsed, qn
from mailbot.writing.word.fields import (
    bookmark,
    edge,
    field,
    fields_of,
    instruction,
    said_by,
    set_property,
    style_of,
    tab_run,
    text_run,
    verb,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

LISTS = {"contents": "[daftar isi]", "tables_list": "[daftar tabel]", "pictures_list": "[daftar gambar]"}
LISTS |= {"annexes_list": "[daftar lampiran]"}
"""Tag of the Word file -> the mark it is filled with: a paragraph that says only this becomes that list."""
TARGET, START, END = "_Toc", "_Awal", "_Ujung"
"""How the bookmarks begin: those an entry refers to, those where a section with its own page numbers begins, and those
of what stands last before a chapter."""
LAST_ENTRY = f"{END}000000"
"""The bookmark of what stands last in the lists."""
_WHAT = {"[daftar tabel]": "Tabel", "[daftar gambar]": "Gambar", "[daftar lampiran]": "Lampiran"}
_LEVELS = {"JudulDepan": 0, "JudulDaftar": 0, "Heading1": 0, "Heading2": 1, "Heading3": 2}
"""Style of a heading -> how far its entry is indented."""
_CHAPTER = "Heading1"
_CAPTIONS = ("JudulTabel", "JudulGambar", _CHAPTER)
_NUMBERED = re.compile(r"(tabel|gambar|lampiran) ((?:[\w]+\.)?)(\d+)(?=\W|$)", re.IGNORECASE)
_ROMAN = re.compile("[ivx]+")
_INDENT_TWIPS = 340
_ENTRIES, _REFERENCE, _COUNT = "TOC", "PAGEREF", "SEQ"
"""What the fields of a report do: list, refer to a page, count."""


def set_contents(root: _Element) -> None:
    """Number the captions by fields, and put each list in the place of its mark, as far as a body has such marks.

    The entries stand inside a TOC field, so Word can make them anew; each page number is a reference to a bookmark.
    """
    marks = {said_by(one).strip(): one for one in root.iter(qn("w:p")) if said_by(one).strip() in LISTS.values()}
    last = next(iter(marks.values()), None)
    if last is None:
        return
    numbers = iter(range(_free_number(root), 1 << 30))
    begun: set[tuple[str, str]] = set()
    captions = [(one, _number_by_field(one, begun)) for one in root.iter(qn("w:p")) if style_of(one) in _CAPTIONS]
    headings = [one for one in root.iter(qn("w:p")) if style_of(one) in _LEVELS]
    names = {one: f"{TARGET}{at:06d}" for at, one in enumerate(_targets(root, headings, captions), start=1)}
    for place, name in names.items():
        bookmark(place, name, next(numbers))
    _mark_starts(root, numbers)
    for heading in [one for one in headings if style_of(one) == _CHAPTER]:
        before = heading.getprevious()
        for last in [] if before is None else list(before.iter(qn("w:p")))[-1:]:
            bookmark(last, names[heading].replace(TARGET, END), next(numbers))
    for words, mark in marks.items():
        found = headings if words not in _WHAT else [one for one, label in captions if label == _WHAT[words]]
        last = _list(mark, words, [_entry(mark, one, names[one], words) for one in found])
    bookmark(last, LAST_ENTRY, next(numbers))


def with_plain_contents(docx: bytes) -> bytes:
    """Return a Word file whose lists are no fields any more, only their entries, and whose captions are plain text.

    LibreOffice shows a TOC field as it finds it, counts captions in its own way, and writes no roman page numbers. Any
    other number stays a field, which it works out anew, so that one file is made of a report whether its numbers are
    known or not. What is damaged is left as it is.
    """
    try:
        root = parsed(docx)
    except (zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, etree.XMLSyntaxError):
        return docx
    every = [runs for runs in fields_of(root) if verb(runs) in {_ENTRIES, _REFERENCE, _COUNT}]
    inner = {run for runs in every if verb(runs) != _ENTRIES for run in runs}
    for runs in every:
        is_open = verb(runs) == _REFERENCE and not _ROMAN.fullmatch(shown_by(runs).text or "")
        if is_open:
            shown_by(runs).text = ""
        for run in () if is_open else runs:
            parent = run.getparent()
            is_edge = run.find(qn("w:fldChar")) is not None or run.find(qn("w:instrText")) is not None
            if parent is not None and is_edge and (verb(runs) != _ENTRIES or run not in inner):
                parent.remove(run)
    return packed(docx, root) if every else docx


def shown_by(runs: list[_Element]) -> _Element:
    """Return the text element of what a reference shows."""
    return next(text for run in runs for text in run.findall(qn("w:t")))


def _free_number(root: _Element) -> int:
    """Return a number that no bookmark has."""
    return 1 + max((int(one.get(qn("w:id"), "0")) for one in root.iter(qn("w:bookmarkStart"))), default=0)


def _mark_starts(root: _Element, numbers: Iterator[int]) -> None:
    """Set a bookmark where each section with page numbers of its own begins."""
    body = root.find(qn("w:body"))
    first: _Element | None = None
    started = 0
    for child in () if body is None else body:
        if first is None:
            first = next(child.iter(qn("w:p")), None)
        properties = next(child.iter(qn("w:sectPr")), None)
        if properties is None:
            continue
        numbering = properties.find(qn("w:pgNumType"))
        if first is not None and numbering is not None and numbering.get(qn("w:start")):
            started += 1
            bookmark(first, f"{START}{started:03d}", next(numbers))
        first = None


def _targets(root: _Element, headings: list[_Element], captions: list[tuple[_Element, str]]) -> list[_Element]:
    """Return every paragraph that an entry refers to, in the order in which they stand."""
    wanted = {*headings, *(one for one, label in captions if label)}
    return [one for one in root.iter(qn("w:p")) if one in wanted]


def _number_by_field(caption: _Element, begun: set[tuple[str, str]]) -> str:
    """Let the number of a caption be a field that counts its kind; return that kind, empty where there is no number.

    The first of a chapter begins anew by its own number: LibreOffice knows no counting by headings.

    Args:
        caption: its paragraph.
        begun: kind and chapter of every number there was before; the caption's are added.
    """
    run = next((one for one in caption.iter(qn("w:r")) if one.find(qn("w:t")) is not None), None)
    text = None if run is None else run.find(qn("w:t"))
    found = None if text is None else _NUMBERED.match(text.text or "")
    if run is None or text is None or found is None:
        return ""
    kind, chapter = found[1].capitalize(), found[2]
    words = text.text or ""
    again = "" if (kind, chapter) in begun else rf" \r {found[3]}"
    begun.add((kind, chapter))
    counted = field(rf"SEQ {kind} \* ARABIC{again}", [text_run(found[3], run)])
    for one in reversed([*counted, text_run(words[found.end() :], run)]):
        run.addnext(one)
    text.text = words[: found.start(3)]
    text.set(qn("xml:space"), "preserve")
    return kind


def _list(mark: _Element, words: str, entries: list[_Element]) -> _Element:
    """Put a list in the place of its mark; where nothing is to be listed, a dash stands there. Return its last line."""
    parent = mark.getparent()
    if parent is None or not entries:
        for text in mark.iter(qn("w:t")):
            text.text = "-" if text.text else text.text
        return mark
    does = rf'TOC \h \z \c "{_WHAT[words]}"' if words in _WHAT else r'TOC \o "1-3" \h \z \u'
    for entry in entries:
        mark.addprevious(entry)
    first = next(child for child in entries[0] if child.tag != qn("w:pPr"))
    for run in (edge("begin", stale=True), instruction(f" {does} "), edge("separate")):
        first.addprevious(run)
    entries[-1].append(edge("end"))
    parent.remove(mark)
    return entries[-1]


def _entry(mark: _Element, place: _Element, name: str, words: str) -> _Element:
    """Return the line that leads to one place."""
    line, link = OxmlElement("w:p"), OxmlElement("w:hyperlink")
    own = mark.find(qn("w:pPr"))
    if own is not None:
        line.append(deepcopy(own))
        if words not in _WHAT:
            _set_level(line[0], _LEVELS.get(style_of(place), 0))
    link.set(qn("w:anchor"), name)
    link.set(qn("w:history"), "1")
    shown = text_run("")
    for run in (text_run(said_by(place)), tab_run(), *field(rf"PAGEREF {name} \h", [shown])):
        link.append(run)
    line.append(link)
    return line


def _set_level(properties: _Element, level: int) -> None:
    """Give a line the look of its level: Word's own style for it, so that Word makes it anew alike."""
    style = properties.find(qn("w:pStyle"))
    if style is not None and style.get(qn("w:val"), "").startswith(_ENTRIES):
        style.set(qn("w:val"), f"{_ENTRIES}{level + 1}")
        return
    indent = OxmlElement("w:ind")
    indent.set(qn("w:left"), str(level * _INDENT_TWIPS))
    set_property(properties, indent)
