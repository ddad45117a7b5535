"""The hard copy: one PDF ready to be printed, with separator pages and bookmarks, and the Daftar Isi Berkas (row 8)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mailbot.writing.archive.binder_pages import print_forms, print_letters, print_plain
from mailbot.writing.archive.printed import Table, print_table, short_day
from mailbot.writing.archive.process import process_tables
from mailbot.writing.archive.signed import counted
from mailbot.writing.print.flowing import Flow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from mailbot.core.model.office import Office
    from mailbot.writing.archive.kept import Kept, Laid
    from mailbot.writing.words.phrases import Phrases

    Part = tuple[str, int, bytes]
    """Title of a bookmark, how deep it stands, and the PDF."""
    Join = Callable[..., tuple[tuple[int, ...], bytes]]

_REGISTER = (5, 14, 62, 16, 12, 14, 24)
_ORDER = ("report", "cover", "decisions", "settled", "forms", "process", "letters")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that lies in the file: what it is called, its day, its pages; a PDF that is bound in, or none."""

    name: str
    day: str
    pdf: bytes = b""
    part: str = ""


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
        """Return the whole binder; fills the register with the sheets of each item."""
        parts: list[Part] = []
        for number, code in enumerate(_ORDER, start=1):
            title, about = self.words["binder"]["parts"][code]
            flow = self._flow()
            flow.separator(self.words["binder"]["part"].format(number=number), title, about)
            parts.append((title, 0, flow.pdf()))
            parts += [self._bound(item, title) for item in self._items(code)]
        front = self._front()
        pages, whole = self.join((front, *parts))
        self.sheets = sum(pages)
        # The first pages say how many sheets there are: they are set anew, and are as many as before.
        return self.join((self._front(), *parts))[1] if whole else b""

    def _items(self, code: str) -> Iterator[Item]:
        """Yield what lies in one part."""
        if code in {"report", "cover"}:
            paper = "report" if code == "report" else "cover_letter"
            pdfs = [file for file in self.laid if file.content.startswith(b"%PDF")]
            signed = [file for file in pdfs if file.kind == "signed" and counted(file.path, paper, self.phrases)]
            for file in signed[-1:] or [file for file in pdfs if file.kind == code]:
                yield Item(name=file.path.rpartition("/")[2], day=self._today(), pdf=file.content, part=code)
        else:
            title = self.words["binder"]["parts"][code][0]
            yield Item(name=title, day=self._today(), pdf=self.pages(code), part=code)

    def _bound(self, item: Item, group: str) -> Part:
        """Return an item as it is bound in, and enter it in the register; what cannot be is replaced by a sheet."""
        (pages,), _ = self.join((("", 1, item.pdf),), count=True)
        words, pdf = self.words["register"], item.pdf
        if not pages:
            flow = self._flow()
            flow.heading(item.name)
            flow.paragraph(self.words["binder"]["absent"].format(name=item.name))
            pdf = flow.pdf()
        self.register.append(
            (
                str(len(self.register) + 1),
                self._classification(),
                f"{group}: {item.name}" if item.name != group else group,
                item.day,
                str(pages) if pages else words["uncounted"],
                words["on_paper"],
                "" if pages else words["elsewhere"],
            )
        )
        return (item.name, 1, pdf)

    def pages(self, code: str) -> bytes:
        """Return the pages of one part that are ours to write."""
        flow = self._flow(landscape=code in {"process", "forms"})
        if code == "decisions":
            for kind in ("decisions", "remarks", "checks"):
                self._text(flow, kind)
        elif code == "settled":
            for file in self.laid:
                if file.kind == "paper" and file.path.endswith(self.phrases.word("archive_file", "settled")):
                    print_plain(flow, file.content.decode("utf-8"))
        elif code == "process":
            flow.heading(self.words["process"]["title"].format(period=self.phrases.period(self.kept.cycle.period)))
            for table in process_tables(self.kept, self.office, self.phrases, self.words):
                print_table(flow, table)
        elif code == "forms":
            print_forms(flow, self.kept, self.office, self.phrases, self.words)
        else:
            print_letters(flow, self.kept, self.office, self.words)
        return flow.pdf()

    def _text(self, flow: Flow, kind: str) -> None:
        """Set a text of the archive down as it is."""
        for file in self.laid:
            if file.kind == kind:
                print_plain(flow, file.content.decode("utf-8"))

    def _front(self) -> Part:
        """Return the title page and the Daftar Isi Berkas."""
        flow, words = self._flow(), self.words["binder"]
        period = self.phrases.period(self.kept.cycle.period)
        flow.separator("", words["title"].format(period=period.upper()), self.office.letterhead.agency_name)
        flow.paragraph(words["to_print"].format(sheets=self.sheets))
        flow.paragraph(words["proof"])
        flow.page()
        flow.heading(self.words["register"]["title"])
        flow.facts(self.facts())
        flow.table(self.words["register"]["headers"], self.register, _REGISTER)
        return (self.words["binder"]["contents"][0], 0, flow.pdf())

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
            name=words["title"].title(), headers=tuple(words["headers"]), rows=tuple(self.register), shares=_REGISTER
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

    def _today(self) -> str:
        """Return the day the cycle was closed, or its row entered."""
        return short_day(self.kept.cycle.closed_at or self.kept.cycle.since, self.office)
