"""The hard copy: one PDF ready to be printed, with separator pages and bookmarks, and the Daftar Isi Berkas (row 8)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mailbot.core.model.sop import Step
from mailbot.writing.archive.binder_pages import print_forms, print_letters, print_paper
from mailbot.writing.archive.printed import Table, date_words, print_table, short_day
from mailbot.writing.archive.process import process_tables
from mailbot.writing.archive.signed import counted
from mailbot.writing.print.flowing import Flow
from mailbot.writing.print.letters_wide import LACKED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from mailbot.core.model.office import Office
    from mailbot.writing.archive.kept import Kept, Laid
    from mailbot.writing.words.phrases import Phrases

    Part = tuple[str, int, bytes]
    """Title of a bookmark, how deep it stands, and the PDF."""
    Join = Callable[..., tuple[tuple[int, ...], bytes]]

_REGISTER = (5, 14, 50, 20, 18, 16, 32)
_WITH_JOURNAL = "history"
"""The folder to which the journal is added once all else is laid out."""
_ORDER = ("report", "cover", "decisions", "settled", "forms", "process", "letters")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that lies in the file: what it is called, its day, and its pages: ours, or a PDF that is bound in."""

    name: str
    day: str
    pdf: bytes = b""
    flow: Flow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bound:
    """Some sheets of the binder under one bookmark, ours or a PDF; and what the Daftar Isi Berkas says of them."""

    title: str
    depth: int
    pages: int
    flow: Flow | None = None
    pdf: bytes = b""
    listed: str = ""
    """What the register calls it; empty for a separator."""
    day: str = ""
    absent: bool = False
    """A sheet stands in its place, for it cannot be bound in."""


@dataclass(slots=True)
class Binder:
    """The binder of one cycle, while it is put together."""

    kept: Kept
    office: Office
    phrases: Phrases
    words: Mapping[str, Any]
    laid: Sequence[Laid]
    join: Join
    register: list[tuple[str, ...]] = field(default_factory=list)
    """Rows of the Daftar Isi Berkas."""
    sheets: int = 0
    """How many sheets are printed on one side."""

    def pdf(self) -> bytes:
        """Return the whole binder, its sheets numbered through; fills the register with the place of each item."""
        parts: list[_Bound] = []
        for number, code in enumerate(_ORDER, start=1):
            title, about = self.words["binder"]["parts"][code]
            flow = self._flow()
            flow.separator(self.words["binder"]["part"].format(number=number), title, about)
            parts.append(_Bound(title=title, depth=0, pages=1, flow=flow))
            parts += [self._bound(item, title) for item in self._items(code)]
        front = self._front(parts, 1)
        begins = len(front.pages)
        self.sheets = begins + sum(part.pages for part in parts)
        front = self._front(parts, begins)
        finished, first = [(self.words["binder"]["contents"][0], 0, front.pdf(self._numbered(0)))], begins
        for part in parts:
            finished.append((part.title, part.depth, part.flow.pdf(self._numbered(first)) if part.flow else part.pdf))
            first += part.pages
        return self.join(finished)[1]

    def _numbered(self, before: int) -> Callable[[int], str]:
        """Return what stands at the foot of the pages that so many sheets lie before."""
        return lambda page: str(self.words["binder"]["sheet"].format(number=before + page, count=self.sheets))

    def _items(self, code: str) -> Iterator[Item]:
        """Yield what lies in one part."""
        if code in {"report", "cover"}:
            paper = "report" if code == "report" else "cover_letter"
            pdfs = [file for file in self.laid if file.content.startswith(b"%PDF")]
            signed = [file for file in pdfs if file.kind == "signed" and counted(file.path, paper, self.phrases)]
            for file in signed[-1:] or [file for file in pdfs if file.kind == code]:
                yield Item(name=file.path.rpartition("/")[2], day=self._day_of(code), pdf=file.content)
        else:
            title = self.words["binder"]["parts"][code][0]
            yield Item(name=title, day=self._day_of(code), flow=self.pages(code))

    def _bound(self, item: Item, group: str) -> _Bound:
        """Return an item as it is bound in; what cannot be is replaced by a sheet that says so."""
        named = f"{group}: {item.name}" if item.name != group else group
        flow, counts = item.flow, bool(item.flow and item.flow.pages)
        if flow is None:
            (pages,), _ = self.join((("", 1, item.pdf),), count=True)
            if pages:
                return _Bound(title=item.name, depth=1, pages=pages, pdf=item.pdf, listed=named, day=item.day)
        if not counts:
            flow = self._flow()
            flow.heading(item.name)
            flow.paragraph(self.words["binder"]["absent"].format(name=item.name))
        sheets = len(flow.pages) if flow is not None else 0
        return _Bound(title=item.name, depth=1, pages=sheets, flow=flow, listed=named, day=item.day, absent=not counts)

    def _registered(self, parts: Sequence[_Bound], before: int) -> list[tuple[str, ...]]:
        """Return the rows of the Daftar Isi Berkas: what is printed with its sheets, then what is kept as files."""
        words, rows, first = self.words["register"], [], before + 1
        for part in parts:
            if part.listed:
                last = first + part.pages - 1
                at = words["at" if last > first else "at_one"].format(first=first, last=last)
                sheets = words["uncounted"] if part.absent else str(part.pages)
                rows.append(
                    (part.listed, part.day, sheets, words["on_paper"], words["elsewhere"] if part.absent else at)
                )
            first += part.pages
        for group, named in words["kept"].items():
            folder = f"{self.phrases.word('archive_folder', group)}/"
            count = sum(file.path.startswith(folder) for file in self.laid) + (group == _WITH_JOURNAL)
            how_many = words["files"].format(count=count)
            rows.append((named, self._today(), how_many, words["electronic"], words["folder"].format(name=folder[:-1])))
        code = self._classification()
        return [(str(number), code, *row) for number, row in enumerate(rows, start=1)]

    def pages(self, code: str) -> Flow:
        """Return the pages of one part that are ours to write."""
        flow = self._flow(landscape=code in {"process", "forms"})
        if code == "decisions":
            for kind in ("decisions", "remarks", "checks"):
                self._text(flow, kind)
        elif code == "settled":
            for file in self.laid:
                if file.kind == "paper" and file.path.endswith(self.phrases.word("archive_file", "settled")):
                    print_paper(flow, file.content.decode("utf-8"))
        elif code == "process":
            flow.heading(self.words["process"]["title"].format(period=self.phrases.period(self.kept.cycle.period)))
            for table in process_tables(self.kept, self.office, self.phrases, self.words):
                print_table(flow, table)
        elif code == "forms":
            print_forms(flow, self.kept, self.office, self.phrases, self.words)
        else:
            print_letters(flow, self.kept, self.office, self.words)
        return flow

    def _text(self, flow: Flow, kind: str) -> None:
        """Set a text of the archive down as it is."""
        for file in self.laid:
            if file.kind == kind:
                print_paper(flow, file.content.decode("utf-8"))

    def _front(self, parts: Sequence[_Bound], before: int) -> Flow:
        """Return the title page and the Daftar Isi Berkas, when so many sheets lie before the first part."""
        self.register = self._registered(parts, before)
        flow, words = self._flow(), self.words["binder"]
        period = self.phrases.period(self.kept.cycle.period)
        flow.separator("", words["title"].format(period=period.upper()), self.office.letterhead.agency_name)
        flow.paragraph(words["to_print"].format(sheets=self.sheets))
        flow.paragraph(words["proof"])
        if any(part.flow and part.flow.lacks for part in parts):
            flow.paragraph(words["lacked"].format(sign=LACKED))
        flow.page()
        flow.heading(self.words["register"]["title"])
        flow.facts(self.facts())
        flow.table(self.words["register"]["headers"], self.register, _REGISTER)
        return flow

    def facts(self) -> list[tuple[str, str]]:
        """Return what stands above the Daftar Isi Berkas: classification, retention, fate, number of sheets."""
        words, filing = self.words["register"], self.office.filing
        period = self.phrases.period(self.kept.cycle.period)
        closed, opened = self.kept.cycle.closed_at, short_day(self.kept.cycle.opened_at, self.office)

        since = words["since"].format(day=self.phrases.day(closed)) if closed else ""

        def years(count: int | None, since: str = "") -> str:
            return str(words["unset"] if count is None else words["years"].format(count=count, since=since))

        return [
            (words["classification"], self._classification()),
            (words["subject"], f"Laporan Kinerja (LKjIP) {self.office.letterhead.agency_name} {period}"),
            (words["unit"], filing.unit or self.office.profile.planning_unit or self.office.letterhead.agency_name),
            (
                words["period"],
                words["until"].format(
                    start=opened, end=short_day(closed, self.office) if closed else self.words["none"]
                ),
            ),
            (words["active"], years(filing.active_years, since)),
            (words["inactive"], years(filing.inactive_years)),
            (words["fate"], words["fates"].get(filing.fate, words["unset"])),
            (words["sheets"], str(self.sheets) if self.sheets else words["uncounted"]),
        ]

    def table(self) -> Table:
        """Return the Daftar Isi Berkas as a table."""
        words = self.words["register"]
        return Table(
            name=words["title"].title(),
            headers=tuple(words["headers"]),
            rows=tuple(self.register),
            shares=_REGISTER,
            notes=tuple(f"{label}: {value}" for label, value in self.facts()),
        )

    def _classification(self) -> str:
        """Return the classification code of the file."""
        return self.office.filing.classification or self.office.letter_numbers.classification

    def _flow(self, *, landscape: bool = False) -> Flow:
        """Begin pages of our own."""
        period = self.phrases.period(self.kept.cycle.period)
        return Flow(
            self.words["footer"].format(period=period, agency=self.office.letterhead.agency_short), landscape=landscape
        )

    def _day_of(self, code: str) -> str:
        """Return the day a part bears: the report's when it was ratified, the cover letter's own, else the last."""
        cycle = self.kept.cycle
        ratified = [word for word in cycle.verdicts if word.step is Step.RATIFY and word.approved]
        if code == "report" and ratified:
            return short_day(ratified[-1].given_at, self.office)
        if code == "cover" and cycle.delivery is not None and cycle.delivery.day is not None:
            return date_words(cycle.delivery.day)
        return self._today()

    def _today(self) -> str:
        """Return the day the cycle was closed, or its row entered."""
        return short_day(self.kept.cycle.closed_at or self.kept.cycle.since, self.office)
