"""A finished report as whoever gets it can read it: paragraphs and tables in their order, each with its figures."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree
from pypdf import PdfReader

if TYPE_CHECKING:
    from collections.abc import Iterator

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_CAPTION = re.compile(r"(Tabel|Gambar) (L?\d+(?:\.\d+)?)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One figure with the words behind it."""

    tag: str
    """`mb:CODE:FIELD`."""
    text: str
    before: str
    after: str

    @property
    def code(self) -> str:
        """Return what the figure is of."""
        return self.tag.split(":")[1]

    @property
    def field(self) -> str:
        """Return which figure of it this is."""
        return self.tag.split(":", 2)[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, or one row of a table."""

    style: str
    text: str
    figures: tuple[Said, ...] = ()
    cells: tuple[str, ...] = ()
    """Of a row; empty for a paragraph."""
    drawn: bool = False
    breaks: int = 0
    """How many page breaks it holds."""

    @property
    def caption(self) -> tuple[str, str] | None:
        """Return kind and number where this is a caption."""
        found = _CAPTION.match(self.text) if self.style.startswith(("Judul", "Caption")) else None
        return (found[1], found[2]) if found else None

    @property
    def level(self) -> int:
        """Return how deep a heading this is; 0: none."""
        return int(self.style[-1]) if self.style.startswith("Heading") else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One chart: its categories, and what it shows of each series without its workbook and in it."""

    categories: tuple[str, ...]
    shown: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]
    workbook: tuple[str, ...]
    """Every value of the workbook in the order of its cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A report read back."""

    blocks: tuple[Block, ...]
    pictures: tuple[Picture, ...] = ()
    headers: tuple[str, ...] = field(default=())

    @property
    def text(self) -> str:
        """Return everything it says, a paragraph or row a line."""
        return "\n".join([*(block.text for block in self.blocks), *self.headers])

    @property
    def figures(self) -> Iterator[Said]:
        """Yield every figure."""
        for block in self.blocks:
            yield from block.figures

    def under(self, heading: str) -> Iterator[tuple[str, tuple[Block, ...]]]:
        """Yield the blocks below each heading that begins so, with the next higher heading's text, to the next one."""
        parents: dict[int, str] = {}
        for place, block in enumerate(self.blocks):
            if not block.level:
                continue
            parents[block.level] = block.text
            if block.text.startswith(heading):
                rest = self.blocks[place + 1 :]
                end = next((at for at, one in enumerate(rest) if 0 < one.level <= block.level), len(rest))
                yield parents.get(block.level - 1, ""), rest[:end]


def read(docx: bytes) -> Finished:
    """Read a report."""
    with zipfile.ZipFile(io.BytesIO(docx)) as packed:
        names = packed.namelist()
        body = etree.fromstring(packed.read("word/document.xml")).find(f"{_W}body")
        charts = sorted(
            (name for name in names if re.fullmatch(r"word/charts/chart\d+\.xml", name)),
            key=lambda name: int(re.sub(r"\D", "", name)),
        )
        pictures = tuple(_picture(packed, name) for name in charts)
        stories = [name for name in names if re.fullmatch(r"word/(header|footer)\d*\.xml", name)]
        headers = tuple(said(etree.fromstring(packed.read(name))) for name in stories)
    assert body is not None
    return Finished(blocks=tuple(_blocks(body)), pictures=pictures, headers=headers)


def _blocks(parent: etree._Element) -> Iterator[Block]:
    """Yield paragraphs and rows in their order, those inside block-level controls included."""
    for element in parent:
        if element.tag == f"{_W}p":
            yield _paragraph(element)
        elif element.tag == f"{_W}tbl":
            for row in element.iterfind(f"{_W}tr"):
                cells = tuple(said(cell) for cell in row.iterfind(f"{_W}tc"))
                yield Block(style="", text=" | ".join(cells), figures=tuple(_figures(row)), cells=cells)
        elif element.tag == f"{_W}sdt":
            content = element.find(f"{_W}sdtContent")
            yield from _blocks(content) if content is not None else ()


def _paragraph(element: etree._Element) -> Block:
    """Read one paragraph."""
    style = element.find(f"{_W}pPr/{_W}pStyle")
    return Block(
        style="" if style is None else style.get(f"{_W}val", ""),
        text=said(element),
        figures=tuple(_figures(element)),
        drawn=element.find(f".//{_W}drawing") is not None,
        breaks=sum(one.get(f"{_W}type") == "page" for one in element.iter(f"{_W}br")),
    )


_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}noBreakHyphen": "-"}
_SAID = (f"{_W}t", *_SIGNS)
_INVISIBLE = str.maketrans({"\u00ad": None, "\u200b": None, "\u00a0": " ", "\u2011": "-"})
"""What a typesetter puts into words, which says nothing."""


def _says(node: etree._Element) -> str:
    """Return what one text or sign says."""
    return _SIGNS.get(str(node.tag), (node.text or "").translate(_INVISIBLE))


def said(element: etree._Element) -> str:
    """Return what an element says."""
    return "".join(_says(node) for node in element.iter(*_SAID))


def _figures(element: etree._Element) -> Iterator[Said]:
    """Yield the figures of a paragraph or row with the words around them."""
    pieces: list[tuple[str, str]] = []
    last: etree._Element | None = None
    for node in element.iter(*_SAID):
        control = next(node.iterancestors(f"{_W}sdt"), None)
        if pieces and control is not None and control is last:
            pieces[-1] = (pieces[-1][0] + _says(node), pieces[-1][1])
        else:
            pieces.append((_says(node), _tag_of(control)))
        last = control
    for place, (text, tag) in enumerate(pieces):
        if tag.startswith("mb:"):
            before = "".join(words for words, _ in pieces[:place])
            after = "".join(words for words, _ in pieces[place + 1 :])
            yield Said(tag=tag, text=text, before=before, after=after)


def _tag_of(control: etree._Element | None) -> str:
    """Return the tag of a control, empty where there is none."""
    tag = None if control is None else control.find(f"{_W}sdtPr/{_W}tag")
    return "" if tag is None else str(tag.get(f"{_W}val", ""))


def _picture(packed: zipfile.ZipFile, name: str) -> Picture:
    """Read one chart and the workbook inside it."""
    root = etree.fromstring(packed.read(name))
    series = list(root.iter(f"{_CHART}ser"))
    relations = packed.read(name.replace("charts/", "charts/_rels/") + ".rels").decode()
    target = re.search(r'Target="\.\./(embeddings/[^"]+)"', relations)
    assert target is not None
    with zipfile.ZipFile(io.BytesIO(packed.read(f"word/{target[1]}"))) as workbook:
        sheet = workbook.read("xl/worksheets/sheet1.xml").decode()
    return Picture(
        categories=tuple(one.text or "" for one in series[0].iterfind(f"{_CHART}cat//{_CHART}v")),
        shown=tuple(tuple(one.text or "" for one in each.iterfind(f"{_CHART}val//{_CHART}v")) for each in series),
        labels=tuple(
            one.text or ""
            for one in root.iterfind(f".//{_CHART}dLbl//{{http://schemas.openxmlformats.org/drawingml/2006/main}}t")
        ),
        workbook=tuple(re.findall(r"<v>([^<]+)</v>", sheet)),
    )


_FEWEST_WORDS = 12
"""So many words a page has at least, its running head and number among them."""


def empty_pages(pdf: bytes) -> list[int]:
    """Return the numbers of the pages of a PDF that say next to nothing and show no picture, the cover left out."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    sparse = [at for at, page in enumerate(pages, start=1) if len(page.extract_text().split()) < _FEWEST_WORDS]
    return [number for number in sparse if number > 1]


def figures_not_in(pdf: bytes, finished: Finished) -> list[str]:
    """Return the figures that a PDF does not say as often as the Word file does, blanks and breaks left out."""
    plain = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
    plain = plain.translate(_INVISIBLE)
    printed = Counter("".join(figure.text.split()) for figure in finished.figures)
    return [text for text, times in printed.items() if plain.count(text) < times]
