"""What the toy office makes anew in every test, made once in a process: letters, drafts, forms read and forms filled.

All of it follows from state alone: the same letter at the same moment has the same bytes, as `tests/crash` holds.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any, TypeVar

from mailbot.clerk.composing import LetterMaker
from mailbot.clerk.desk.witnessing import witness_of
from mailbot.clerk.parts import Books
from mailbot.core.draft.document import Document
from mailbot.core.model.cycle import Cycle
from mailbot.core.model.form import ReadForm
from mailbot.core.model.letters import Letter
from mailbot.core.model.office import Office
from mailbot.reading.document.document import read_or_nothing
from mailbot.reading.workbook.answers import known_rows
from mailbot.reading.workbook.read_form import read_attached
from mailbot.reading.workbook.workbook import USUAL_LIMITS
from mailbot.rehearsal.filling import Script
from mailbot.rehearsal.filling import fill as fill_in
from mailbot.writing.archive.kept import Kept, Laid
from mailbot.writing.letters.letter import Written
from mailbot.writing.report.report import told_of

_MOST = 500
_MOST_ALIKE = 16
"""So many offices are looked through for one that is equal."""
Made = TypeVar("Made")


@dataclass(slots=True)
class Memory:
    """The things made last, by what they were made of."""

    made: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)
    """By the number of the office or script each is of, for those cannot be hashed."""
    numbers: OrderedDict[int, tuple[object, int]] = field(default_factory=OrderedDict)
    """`id` of an office or script -> that very one, which must not make room for another, and its number."""
    alike: OrderedDict[int, object] = field(default_factory=OrderedDict)
    """Number -> one of those which are equal: every test lays its own figures of the past beside the same office."""
    free: Iterator[int] = field(default_factory=count)

    def once(self, of: object, key: tuple[Hashable, ...], make: Callable[[], Made]) -> Made:
        """Return what was made of these before, else make it."""
        known = (self._number(of), *key)
        if known not in self.made:
            self.made[known] = make()
            if len(self.made) > _MOST:
                self.made.popitem(last=False)
        self.made.move_to_end(known)
        found: Made = self.made[known]
        return found

    def _number(self, of: object) -> int:
        """Return the number that equal offices and scripts have."""
        if id(of) not in self.numbers:
            number = next((number for number, one in reversed(self.alike.items()) if one == of), None)
            if number is None:
                number = next(self.free)
                self.alike[number] = of
                if len(self.alike) > _MOST_ALIKE:
                    self.alike.popitem(last=False)
            self.numbers[id(of)] = (of, number)
            if len(self.numbers) > _MOST:
                self.numbers.popitem(last=False)
        return self.numbers[id(of)][1]


_MEMORY = Memory()


def read_document(docx: bytes) -> Document:
    """Read one edited draft."""
    return _MEMORY.once(None, ("document", docx), lambda: read_or_nothing(docx, USUAL_LIMITS))


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberingLetterMaker(LetterMaker):
    """Makes each letter and each draft once in a process, whoever asks, where no PDF is made."""

    anew: frozenset[tuple[str, ...]] = frozenset()
    """What is made anew all the same, as `made` names it."""
    read_document: Callable[[bytes], Document] | None = read_document
    made: set[tuple[str, ...]] = field(default_factory=set)
    """The names of everything that was asked for here."""

    def letters(self, books: Books, wanted: Sequence[tuple[Letter, Cycle | None]], at: datetime) -> tuple[Written, ...]:
        """Make letters."""
        if self.pdf is not None:
            self.made.update(("letter", letter.key) for letter, _ in wanted)
            return LetterMaker.letters(self, books, wanted, at)
        return tuple(self._remembered(books, letter, cycle, at) for letter, cycle in wanted)

    def _remembered(self, books: Books, letter: Letter, cycle: Cycle | None, at: datetime) -> Written:
        """Make one letter."""
        name = ("letter", letter.key)
        self.made.add(name)

        def make() -> Written:
            return LetterMaker.letters(self, books, [(letter, cycle)], at)[0]

        if name in self.anew:
            return make()
        of = (self.secret, self.template_folders, letter, cycle, at, witness_of(books.ledger, letter))
        return _MEMORY.once(books.office, ("letter", *of), make)

    def draft(self, office: Office, cycle: Cycle, version: int) -> bytes:
        """Compile one version of the report."""
        name = ("draft", cycle.key, str(version))
        self.made.add(name)

        def make() -> bytes:
            return LetterMaker.draft(self, office, cycle, version)

        if name in self.anew:
            return make()
        return _MEMORY.once(office, ("draft", self.template_folders, cycle, version), make)

    def _plain_draft(self, office: Office, cycle: Cycle, version: int) -> bytes:
        """Compile one version of the report without the numbers of its pages."""

        def make() -> bytes:
            return LetterMaker._plain_draft(self, office, cycle, version)  # noqa: SLF001 - its own class's

        return _MEMORY.once(office, ("plain draft", self.template_folders, told_of(cycle, office), version), make)

    def archive(self, office: Office, kept: Kept) -> tuple[Laid, ...]:
        """Lay an archive out."""

        def make() -> tuple[Laid, ...]:
            return LetterMaker.archive(self, office, kept)

        of = (kept.cycle, kept.letters, kept.mails, kept.versions, kept.events, kept.held)
        return _MEMORY.once(office, ("archive", self.template_folders, *of), make)


def read_form(content: bytes, name: str, office: Office, secret: bytes) -> ReadForm:
    """Read one file as a form."""
    return _MEMORY.once(
        office, ("read", content, name, secret), lambda: read_attached(content, name, known_rows(office), secret).form
    )


def fill(form: bytes, script: Script, *, mistakes: int) -> bytes:
    """Fill a form as its Kepala Bidang would."""
    return _MEMORY.once(script, ("fill", form, mistakes), lambda: fill_in(form, script, mistakes=mistakes))
