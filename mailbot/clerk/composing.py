"""Step 7 of the walk: the letters a decision means become finished bytes before anything is written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.clerk.matters import DayOfTheOperator, cause_of, detail_of, matter_line, waiting_note
from mailbot.clerk.readdressing import where_it_arrives
from mailbot.core.model.letters import Letter, LetterKind, letter_key
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import holder, line
from mailbot.ledger.values import Outgoing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from mailbot.clerk.parts import Books, MakesLetters
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import About
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import JournalLine
    from mailbot.ledger.ledger import Ledger
    from mailbot.writing.archive.archive import Kept
    from mailbot.writing.enclose import Cover
    from mailbot.writing.letters.letter import Written
    from mailbot.writing.word.pdf import PdfMaker

_A_DAY = timedelta(days=1)
FRUITLESS = frozenset(
    {LetterKind.UNPLACED, LetterKind.UNCLEAR, LetterKind.OUT_OF_TURN, LetterKind.NOT_YOURS, LetterKind.NO_LONGER}
)
"""Answers to a mail that moved nothing and asked nothing we know: all that a robot without a sign brings about."""
FRUITLESS_IN_A_ROW = 3
"""After so many to one address in a day, with no other answer between them, silence (F25)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """Letters made, and what is written down with them."""

    outgoing: tuple[Outgoing, ...]
    journal: tuple[tuple[str, JournalLine], ...]
    """A line for each answer that was withheld, and for each matter that waits for the morning mail."""
    notes: tuple[tuple[str, str], ...] = ()


def compose_all(
    books: Books, maker: MakesLetters, letters: Iterable[Letter], cycles: dict[str, Cycle], at: datetime
) -> Composed:
    """Make every letter that is not in the outbox yet.

    Raises:
        TemplateProblem: the words or documents of one cannot be made; none is.
    """
    leaving: list[Letter] = []
    withheld: list[tuple[str, JournalLine]] = []
    notes: list[tuple[str, str]] = []
    allowance, day = _Allowance(books), DayOfTheOperator(books, at)
    for letter in unwritten(books.ledger, letters):
        letter = where_it_arrives(books, letter, at)  # noqa: PLW2901 - the same letter
        if not day.takes(letter):
            withheld.append(("", matter_line(at, cause_of(letter), detail_of(letter))))
            notes.append((waiting_note(letter.key), at.isoformat()))
        elif letter.answers is not None and (
            _leads_nowhere(books.ledger, letter, at) or not allowance.takes(letter, at)
        ):
            detail = {"letter": letter.key, "address": letter.address}
            withheld.append((letter.cycle, line(at, "answer_withheld", unit=letter.unit, **detail)))
        else:
            leaving.append(letter)
    made = maker.letters(books, [(letter, cycles.get(letter.cycle)) for letter in leaving], at)
    outgoing = tuple(_outgoing(letter, written, at) for letter, written in zip(leaving, made, strict=True))
    return Composed(outgoing=outgoing, journal=tuple(withheld), notes=tuple(notes))


def _outgoing(letter: Letter, written: Written, at: datetime) -> Outgoing:
    """Return a finished letter as the outbox takes it."""
    return Outgoing(
        key=letter.key,
        kind=letter.kind.value,
        person=letter.to,
        address=letter.address,
        message_id=written.message_id,
        raw=written.raw,
        due_at=letter.send_after or at,
        cycle=letter.cycle,
        unit=letter.unit,
        is_answer=letter.answers is not None,
        asks=letter.asks,
        number=letter.number,
        answers_mail=letter.answers_mail,
    )


class _Allowance:
    """How many answers of one day are spent, by address and in all; what one decision adds is counted with them."""

    def __init__(self, books: Books) -> None:
        self._pacing = books.pacing
        self._letters = books.ledger.letters
        self._by_address: dict[str, int] = {}
        self._in_all = 0

    def takes(self, letter: Letter, at: datetime) -> bool:
        """Say whether one more answer may be written, and count it if so."""
        if letter.address not in self._by_address:
            self._by_address[letter.address], in_all = self._letters.answers_since(letter.address, at - _A_DAY)
            self._in_all = max(self._in_all, in_all)
        spent = self._by_address[letter.address]
        if spent >= self._pacing.answers_per_day or self._in_all >= self._pacing.answers_in_all_per_day:
            return False
        self._by_address[letter.address] = spent + 1
        self._in_all += 1
        return True


def _leads_nowhere(ledger: Ledger, letter: Letter, at: datetime) -> bool:
    """Say whether an address has had nothing but fruitless answers lately: two robots facing each other stop here.

    A word we know, or a form, is answered as before, and the row of fruitless ones is over.
    """
    if letter.kind not in FRUITLESS:
        return False
    latest = ledger.letters.latest_answers(letter.address, at - _A_DAY, FRUITLESS_IN_A_ROW)
    return len(latest) == FRUITLESS_IN_A_ROW and all(kind in FRUITLESS for kind in latest)


def to_operator(office: Office, at: datetime, about: About, *parts: object) -> tuple[Letter, ...]:
    """Make a letter outside every cycle to whoever is the operator then; none, if nobody holds that post.

    `parts` make its key, after the kind.
    """
    operator = holder(Role.OPERATOR, office, at)
    if operator is None:
        return ()
    key = letter_key(about.letter_kind, *parts)
    return (Letter(key=key, about=about, to=operator.key, address=operator.addresses[0]),)


def unwritten(ledger: Ledger, letters: Iterable[Letter]) -> tuple[Letter, ...]:
    """Return those letters that were never in the outbox: what was told once is not told again."""
    return tuple(
        letter
        for letter in letters
        if ledger.letters.by_key(letter.key) is None
        and not (cause_of(letter) and ledger.notes.read(waiting_note(letter.key)))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterMaker:
    """The room `writing` as the clerk uses it; tests and simulation give the clerk plainer ones."""

    secret: bytes
    """The office's: Message-IDs, codes and the stamps of forms are made from it."""
    template_folders: tuple[Path, ...]
    """The office's own first."""
    archive_folder: Path
    """A folder for each cycle is made in it."""
    pdf: PdfMaker | None = None
    """None: this machine makes no PDF."""

    def letters(self, books: Books, wanted: Sequence[tuple[Letter, Cycle | None]], at: datetime) -> tuple[Written, ...]:
        """Make letters, with the files they enclose; the PDFs of all of them are made together."""
        from mailbot.writing.enclose import write_covers  # noqa: PLC0415 - a quiet pass writes nothing

        covers = write_covers(wanted, books.office, template_folders=self.template_folders, pdf=self.pdf)
        return tuple(
            self._letter(books, letter, cycle, cover, at) for (letter, cycle), cover in zip(wanted, covers, strict=True)
        )

    def _letter(self, books: Books, letter: Letter, cycle: Cycle | None, cover: Cover | None, at: datetime) -> Written:
        """Make one letter."""
        from mailbot.writing.enclose import enclose  # noqa: PLC0415 - a quiet pass writes nothing
        from mailbot.writing.letters.letter import write_letter  # noqa: PLC0415 - a quiet pass writes nothing

        enclosures = enclose(
            letter,
            cycle,
            books.office,
            files=books.ledger.files.read,
            secret=self.secret,
            template_folders=self.template_folders,
            cover=cover,
        )
        return write_letter(
            letter,
            cycle,
            books.office,
            enclosures=enclosures,
            secret=self.secret,
            written_at=at,
            template_folders=self.template_folders,
        )

    def draft(self, office: Office, cycle: Cycle, version: int) -> bytes:
        """Compile one version of the report as DOCX."""
        from mailbot.writing.report.report import write_report  # noqa: PLC0415 - a quiet pass writes nothing

        return write_report(cycle, office, version=version, template_folders=self.template_folders)

    def as_pdf(self, docx: bytes) -> bytes | None:
        """Make a PDF of a Word file, if this machine can."""
        return self.pdf.convert(docx) if self.pdf is not None else None

    def papers(self, office: Office, cycle: Cycle) -> tuple[tuple[str, bytes], ...]:
        """Make the papers of an archive that no mail has brought or carried."""
        from mailbot.writing.archive.archive import make_papers  # noqa: PLC0415 - a quiet pass writes nothing

        return make_papers(cycle, office, self.template_folders)

    def archive(self, office: Office, kept: Kept) -> Path:
        """Write the archive of a cycle, and return its folder."""
        from mailbot.writing.archive.archive import write_archive  # noqa: PLC0415 - a quiet pass writes nothing

        return write_archive(self.archive_folder, kept, office, self.template_folders)
