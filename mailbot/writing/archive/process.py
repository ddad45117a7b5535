"""The evidence pack for SAKIP evaluation: who was asked, answered, returned, approved, and when (all rows)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailbot.core.calendar.clocks import visits
from mailbot.writing.archive.checking.agreement import LAID_OUT
from mailbot.writing.archive.printed import Table, short_day
from mailbot.writing.archive.words import verdict_rows
from mailbot.writing.values.clock_values import clock_hours, late_words, row_times, unit_times
from mailbot.writing.values.cycle_values import title

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from mailbot.core.model.cycle import UnitForm
    from mailbot.core.model.office import Office
    from mailbot.writing.archive.kept import Kept, KeptMessage
    from mailbot.writing.words.phrases import Phrases

_REMINDS = frozenset({"reminder", "reminder_today"})
_ANSWERED = frozenset({"form_accepted", "form_returned", "form_partial"})
"""Lines of the journal that say when a sender was told what became of his form."""
_SHORT = 16
_SHARES = {
    "asked": (20, 20, 13, 13, 11, 13, 9, 13, 13, 12),
    "sent": (20, 9, 13, 26, 20, 26, 14, 19),
    "decided": (13, 20, 24, 13, 16, 9, 20, 28, 19),
    "rows": (44, 18, 18, 18, 11, 11, 24),
    "times": (6, 50, 10, 20, 14, 12, 14, 24),
    "unit_times": (26, 15, 15, 15, 15, 15, 14, 22, 12, 12),
}


class _Process:
    """The tables of one cycle, while they are made."""

    def __init__(self, kept: Kept, office: Office, phrases: Phrases, words: Mapping[str, Any]) -> None:
        """Take what they are made of."""
        self.kept, self.office, self.phrases, self.words = kept, office, phrases, words
        self.people = {person.key: person for person in office.roster.people}
        self.units = {unit.key: unit.name for unit in office.roster.units}

    def moment(self, at: datetime | None) -> str:
        """Return a moment in the office's zone, short."""
        if at is None:
            return str(self.words["none"])
        return f"{short_day(at, self.office)} {self.office.calendar.local(at):%H.%M}"

    def punctual(self, at: datetime | None, due: datetime | None) -> str:
        """Say whether something was in time."""
        if at is None or due is None:
            return str(self.words["none"])
        return str(self.words["late"] if at > due else self.words["in_time"])

    def asked(self) -> Iterator[tuple[str, ...]]:
        """Yield who was asked, when, and how it went."""
        for form in self.kept.cycle.units:
            letters = [letter for letter in self.kept.letters if _of_unit(letter, form) and letter.left]
            requests = [letter for letter in letters if letter.name.startswith("request/")]
            first = next(iter(form.submissions), None)
            yield (
                self.units.get(form.unit, form.unit),
                self._named(requests[0].name.rsplit("/", 1)[-1]) if requests else self.words["none"],
                self.moment(requests[0].at if requests else None),
                self.moment(form.due_at),
                str(sum(letter.name.split("/", 1)[0] in _REMINDS for letter in letters)),
                self.moment(first.received_at if first else None),
                str(form.attempts),
                str(form.returned),
                self.moment(form.accepted_at),
                self.punctual(form.counting.received_at if form.counting else None, form.due_at),
            )

    def sent(self) -> Iterator[tuple[str, ...]]:
        """Yield every form that came, and what became of it."""
        became = {
            (event.unit, dict(event.detail).get("number", "")): self.words["states"][event.event]
            for event in self.kept.events
            if event.event in LAID_OUT
        }
        for form in self.kept.cycle.units:
            for one in form.submissions:
                told = self.words["states"]["form_accepted" if one.accepted else "form_returned"]
                yield (
                    self.units.get(form.unit, form.unit),
                    str(one.number),
                    self.moment(one.received_at),
                    one.sender,
                    self.phrases.word("proof", one.proof.value) if one.proof else self.words["none"],
                    one.file_name,
                    str(became.get((form.unit, str(one.number)), told)),
                    one.file_sha256[:_SHORT],
                )

    def decided(self) -> Iterator[tuple[str, ...]]:
        """Yield every decision."""
        rows = verdict_rows(self.kept.cycle.verdicts, self.office, self.phrases)
        for row, verdict in zip(rows, self.kept.cycle.verdicts, strict=True):
            yield (
                verdict.word,
                str(row["title"]),
                verdict.address,
                self.moment(verdict.given_at),
                str(row["step"]),
                str(verdict.draft_version),
                str(row["proof"]),
                _numbered(verdict.remarks) or self.words["none"],
                verdict.mail_sha256[:_SHORT],
            )

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Yield every round of every row of the SOP that was left behind."""
        for visit in visits(self.kept.cycle, self.now(), self.office.calendar):
            if visit.left_at is not None:
                yield (
                    self.office.sop.row(visit.step).title,
                    self.moment(visit.entered_at),
                    self.moment(visit.due_at),
                    self.moment(visit.left_at),
                    str(visit.spent.days),
                    clock_hours(visit.spent.hours),
                    late_words(visit.late, self.phrases),
                )

    def times(self) -> Iterator[tuple[str, ...]]:
        """Yield how long each row took, all its rounds together, against what the SOP gives it; then the sum."""
        for cells in row_times(self.kept.cycle, self.now(), self.office, self.phrases):
            yield tuple(map(str, cells))

    def unit_times(self) -> Iterator[tuple[str, ...]]:
        """Yield how the time of each unit's form went by, and who waited for whom."""
        answered = {
            (event.unit, int(dict(event.detail)["number"])): event.at
            for event in self.kept.events
            if event.event in _ANSWERED and "number" in dict(event.detail)
        }
        for cells in unit_times(self.kept.cycle, self.now(), self.office, self.phrases, answered):
            yield tuple(map(str, cells))

    def now(self) -> datetime:
        """Return up to when time is counted: the close, or the beginning of the row that still runs."""
        return self.kept.cycle.closed_at or self.kept.cycle.since

    def _named(self, key: str) -> str:
        """Return a person's post by his key, as far as the office knows it."""
        person = next((one for name, one in self.people.items() if name.casefold() == key), None)
        return title(person) if person is not None else key


def process_tables(kept: Kept, office: Office, phrases: Phrases, words: Mapping[str, Any]) -> tuple[Table, ...]:
    """Return the evidence pack as tables.

    Raises:
        KeyError: `archive.yaml` lacks a word.
    """
    made, process = _Process(kept, office, phrases, words), words["process"]
    rows = {
        "asked": made.asked(),
        "sent": made.sent(),
        "decided": made.decided(),
        "rows": made.rows(),
        "times": made.times(),
        "unit_times": made.unit_times(),
    }
    return tuple(
        Table(
            name=process["sheets"][code],
            headers=tuple(process["headers"][code]),
            rows=tuple(tuple(map(str, row)) for row in found),
            shares=_SHARES[code],
        )
        for code, found in rows.items()
    )


def _numbered(remarks: Sequence[str]) -> str:
    """Return remarks below each other, with numbers where there are several."""
    return (
        "\n".join(f"{number}. {one}" for number, one in enumerate(remarks, start=1))
        if remarks[1:]
        else "".join(remarks)
    )


def _of_unit(letter: KeptMessage, form: UnitForm) -> bool:
    """Say whether a letter is to or about a unit, by its key: kind, cycle, unit, ..."""
    return form.unit.casefold() in letter.name.casefold().split("/")[2:]
