"""Text and tables set down page after page: headings, paragraphs, facts, tables whose header stands on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.writing.print.letters_wide import width, wrapped
from mailbot.writing.print.pdf_file import A4, Page, pdf_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

_LEFT, _RIGHT, _TOP, _BOTTOM = 70.9, 51.0, 56.7, 56.7
"""Margins in points: 2.5 cm on the left, where it is punched, 1.8 on the right, 2 above and below."""
_BODY, _SMALL, _LEADING = 10.0, 8.0, 1.3
_PAD = 4.0
_HAIR = 0.1
"""So much more has a column than its longest word needs, lest the word be broken by what is lost in reckoning."""
_CELL = 8.5
_LONGEST_WHOLE = 18
"""A word of so many signs is not broken for want of room in its column; addresses and digests are."""


class Flow:
    """Pages that are filled from top to foot."""

    def __init__(self, footer: str, *, landscape: bool = False) -> None:
        """Begin without a page; the first thing that is set down begins one.

        Args:
            footer: stands at the foot of every page, on the left.
            landscape: pages lie on their side.
        """
        self.footer = footer
        self.size = (A4[1], A4[0]) if landscape else A4
        self.pages: list[Page] = []
        self.y = 0.0

    @property
    def lacks(self) -> bool:
        """Say whether a sign was set that stands for others, which the font lacks."""
        return any(page.lacks for page in self.pages)

    @property
    def room(self) -> float:
        """Return how wide a line may be."""
        return self.size[0] - _LEFT - _RIGHT

    def page(self) -> Page:
        """Begin a new page."""
        page = Page(*self.size)
        page.rule(_LEFT, _BOTTOM - 12, self.size[0] - _RIGHT)
        page.text(_LEFT, _BOTTOM - 23, self.footer, _SMALL)
        self.pages.append(page)
        self.y = self.size[1] - _TOP
        return page

    def heading(self, words: str, size: float = 14.0) -> None:
        """Set a heading; it never stands alone at the foot of a page."""
        lines = wrapped(words, size, self.room, bold=True)
        self._need(len(lines) * size * _LEADING + 90)
        self._lines(lines, size, bold=True)
        self.y -= 6

    def paragraph(self, words: str, size: float = _BODY, *, bold: bool = False, after: float = 6.0) -> None:
        """Set a paragraph, over several pages where it is long."""
        self._lines(wrapped(words, size, self.room, bold=bold), size, bold=bold)
        self.y -= after

    def facts(
        self, pairs: Sequence[tuple[str, str]], size: float = _BODY, *, bold: bool = True, after: float = 6.0
    ) -> None:
        """Set pairs of a label and what it says, the second aligned."""
        column = max((width(label, size, bold=bold) for label, _ in pairs), default=0) + 12
        for label, value in pairs:
            lines = wrapped(value, size, self.room - column)
            self._need(size * _LEADING)
            self.pages[-1].text(_LEFT, self.y - size, label, size, bold=bold)
            self._lines(lines, size, indent=column)
        self.y -= after

    def table(
        self,
        headers: Sequence[str],
        rows: Sequence[Sequence[str]],
        shares: Sequence[float],
        figures: Collection[int] = (),
    ) -> None:
        """Set a table; a row is never broken unless it is higher than a page, and the header is repeated.

        Args:
            headers: of the columns.
            rows: their cells.
            shares: how wide each column is beside the others.
            figures: which columns hold figures, and stand at the right.
        """
        widths = self._widths(headers, rows, shares)
        top = self._laid(headers, widths, bold=True)
        first = self._height(self._parts(self._laid(rows[0], widths))[0]) if rows else 0.0
        self._need(self._height(top) + max(first, 3 * _CELL * _LEADING))
        self._row(top, widths, figures, shaded=True)
        for row in rows:
            for part in self._parts(self._laid(row, widths)):
                if self.y - self._height(part) < _BOTTOM:
                    self.page()
                    self._row(top, widths, figures, shaded=True)
                self._row(part, widths, figures)
        self.y -= 10

    def at_right(self, lines: Sequence[str], size: float = _BODY) -> None:
        """Set lines in the right half, where a signature stands; they stay together on one page."""
        room = self.room / 2
        wanted = [part for line in lines for part in (wrapped(line, size, room) if line else [""])]
        self._need(len(wanted) * size * _LEADING)
        self._lines(wanted, size, indent=room)

    def separator(self, number: str, title: str, about: str) -> None:
        """Set a page that separates: a number, a title in the middle, and what follows."""
        page = self.page()
        middle = self.size[1] * 0.6
        page.text(_LEFT, middle + 60, number, 34, bold=True)
        page.rule(_LEFT, middle + 44, self.size[0] - _RIGHT, 1.2)
        self.y = middle + 34
        self._lines(wrapped(title, 22, self.room, bold=True), 22, bold=True)
        self.y -= 10
        self.paragraph(about, 11)

    def pdf(self, numbered: Callable[[int], str] = str) -> bytes:
        """Return the pages as a PDF, the number of each at its foot.

        Args:
            numbered: what stands at the foot of a page, the first of them being 1.
        """
        if not self.pages:
            self.page()
        finished = []
        for number, page in enumerate(map(numbered, range(1, len(self.pages) + 1))):
            drawn = Page(*self.size, drawn=list(self.pages[number].drawn))
            drawn.text(self.size[0] - _RIGHT - width(page, _SMALL), _BOTTOM - 23, page, _SMALL)
            finished.append(drawn)
        return pdf_of(finished)

    def _widths(self, headers: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float]) -> list[float]:
        """Return how wide each column is: by its share, but never narrower than its longest word of usual length."""
        least = [_longest(headers[place], [row[place] for row in rows]) for place in range(len(headers))]
        over = sum(least) / self.room
        least = [low / max(1.0, over) for low in least]
        wanted = [self.room * share / sum(shares) for share in shares]
        lacking = sum(max(0.0, low - want) for low, want in zip(least, wanted, strict=True))
        spare = sum(max(0.0, want - low) for low, want in zip(least, wanted, strict=True)) or 1.0
        taken = min(1.0, lacking / spare)
        return [max(low, want - (want - low) * taken) for low, want in zip(least, wanted, strict=True)]

    def _need(self, height: float) -> None:
        """Begin a new page unless so much room is left."""
        if not self.pages or self.y - height < _BOTTOM:
            self.page()

    def _lines(self, lines: Sequence[str], size: float, *, bold: bool = False, indent: float = 0.0) -> None:
        """Set lines below each other."""
        for line in lines:
            self._need(size * _LEADING)
            self.pages[-1].text(_LEFT + indent, self.y - size, line, size, bold=bold)
            self.y -= size * _LEADING

    @staticmethod
    def _laid(cells: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> list[list[str]]:
        """Return the lines of each cell of a row."""
        return [wrapped(cell, _CELL, room - 2 * _PAD, bold=bold) for cell, room in zip(cells, widths, strict=True)]

    @staticmethod
    def _height(cells: Sequence[Sequence[str]]) -> float:
        """Return how high a row is."""
        return max(len(lines) for lines in cells) * _CELL * _LEADING + 2 * _PAD

    def _parts(self, cells: list[list[str]]) -> list[list[list[str]]]:
        """Return a row in parts that fit on a page each."""
        most = int((self.size[1] - _TOP - _BOTTOM) / (_CELL * _LEADING)) - 8
        highest = max(len(lines) for lines in cells)
        return [[lines[start : start + most] for lines in cells] for start in range(0, highest, most)]

    def _row(
        self,
        cells: Sequence[Sequence[str]],
        widths: Sequence[float],
        figures: Collection[int] = (),
        *,
        shaded: bool = False,
    ) -> None:
        """Set one row, a rule below it."""
        height, page, x = self._height(cells), self.pages[-1], _LEFT
        if shaded:
            page.shade(_LEFT, self.y - height, self.room, height)
        for column, (lines, room) in enumerate(zip(cells, widths, strict=True)):
            for place, line in enumerate(lines, start=1):
                free = room - 2 * _PAD - width(line, _CELL, bold=shaded) if column in figures else 0.0
                page.text(x + _PAD + free, self.y - _PAD - place * _CELL * _LEADING + 2, line, _CELL, bold=shaded)
            x += room
        self.y -= height
        page.rule(_LEFT, self.y, _LEFT + self.room, 0.4)


def _longest(header: str, cells: Sequence[str]) -> float:
    """Return how much room the longest word of a column needs; very long ones may be broken."""
    words = {word for cell in cells for word in cell.split() if len(word) <= _LONGEST_WHOLE}
    inside = max((width(word, _CELL) for word in words), default=0.0)
    return max(inside, *(width(word, _CELL, bold=True) for word in f"{header} ".split(" "))) + 2 * _PAD + _HAIR
