"""Step 7 of the walk: the letters a decision means become finished bytes before anything is written down."""

from __future__ import annotations

from bisect import bisect_right, insort
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.clerk.desk.source_mail import with_source
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

    from mailbot.clerk.parts import Books, MailReader, MakesLetters
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import About, Answers
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
_COURTESIES = frozenset(
    {
        LetterKind.STATUS,
        LetterKind.GUIDE,
        LetterKind.FORM_AGAIN,
        LetterKind.DRAFT_AGAIN,
        LetterKind.ORIGIN,
        LetterKind.UNPLACED,
    }
)
"""Answers that tell of no result, and that one more mail brings again: above the day's fill they are not written."""
FRUITLESS_IN_A_ROW = 3
"""After so many to one address in a day, with no other answer between them, silence (F25)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """Letters made, and what is written down with them."""

    outgoing: tuple[Outgoing, ...]
    journal: tuple[tuple[str, JournalLine], ...]
    """A line for each answer that was withheld or put off, and for each matter that waits for the morning mail."""
    notes: tuple[tuple[str, str], ...] = ()


def compose_all(
    books: Books, maker: MakesLetters, letters: Iterable[Letter], cycles: dict[str, Cycle], at: datetime
) -> Composed:
    """Make every letter that is not in the outbox yet.

    Raises:
        TemplateProblem: the words or documents of one cannot be made; none is.
    """
    leaving: list[Letter] = []
    journal: list[tuple[str, JournalLine]] = []
    notes: list[tuple[str, str]] = []
    allowance, day = _Allowance(books, at), DayOfTheOperator(books, at)
    for letter in unwritten(books.ledger, letters):
        letter = where_it_arrives(books, letter, at)  # noqa: PLW2901 - the same letter
        if not day.takes(letter):
            journal.append(("", matter_line(at, cause_of(letter), detail_of(letter))))
            notes.append((waiting_note(letter.key), at.isoformat()))
        elif letter.answers is None:
            leaving.append(letter)
        else:
            answer, noted = allowance.paced(letter, letter.answers)
            leaving.extend(answer)
            journal.extend((letter.cycle, one) for one in noted)
    made = maker.letters(books, [(letter, cycles.get(letter.cycle)) for letter in leaving], at)
    outgoing = tuple(_outgoing(letter, written, at) for letter, written in zip(leaving, made, strict=True))
    return Composed(outgoing=outgoing, journal=tuple(journal), notes=tuple(notes))


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
        proved=letter.answers is not None and letter.answers.proved,
        asks=letter.asks,
        number=letter.number,
        answers_mail=letter.answers_mail,
    )


class _Allowance:
    """How many answers of one day are spent, by address and in all; what one decision adds is counted with them.

    Answers to proved and to unproved mail are counted apart: who forges mail uses up nothing of whoever it names.
    """

    def __init__(self, books: Books, at: datetime) -> None:
        """Take the ledger, and the moment; nothing is asked before there is an answer."""
        self._pacing, self._letters, self._at = books.pacing, books.ledger.letters, at
        self._due: dict[bool, list[tuple[datetime, str]]] = {}

    def paced(self, letter: Letter, answers: Answers) -> tuple[tuple[Letter, ...], tuple[JournalLine, ...]]:
        """Return an answer as it may leave, and what is written down of one that is put off or withheld.

        What somebody is owed leaves on a later day where this one's fill is spent. Of mail that is not proved that goes
        for one day more and no longer: nobody must be able to fill somebody's weeks to come.
        """
        at, proved = self._at, answers.proved
        detail = {"letter": letter.key, "address": letter.address}
        free = self._free_at(letter.address, proved=proved)
        may_wait = letter.kind not in _COURTESIES and (proved or free <= at + _A_DAY)
        if self._leads_nowhere(letter, proved=proved) or (free > at and not may_wait):
            return (), (line(at, "answer_withheld", unit=letter.unit, **detail),)
        insort(self._answers(proved=proved), (free, letter.address))
        if free == at:
            return (letter,), ()
        noted = line(at, "answer_put_off", unit=letter.unit, until=free.isoformat(), **detail)
        return (replace(letter, send_after=max(free, letter.send_after or free)),), (noted,)

    def _answers(self, *, proved: bool) -> list[tuple[datetime, str]]:
        """Return the moments of the answers of the last day and of those put off, with their addresses, in order."""
        if proved not in self._due:
            self._due[proved] = sorted(self._letters.answers_due(self._at - _A_DAY, proved=proved))
        return self._due[proved]

    def _free_at(self, address: str, *, proved: bool) -> datetime:
        """Return the first moment from now on before which a day has room for one more answer, to him and in all."""
        in_all = [due for due, _ in self._answers(proved=proved)]
        to_him = [due for due, whose in self._answers(proved=proved) if whose == address]
        later = (due + _A_DAY for due in in_all)
        return next(
            moment
            for moment in (self._at, *later)
            if moment >= self._at
            and _in_the_day_before(to_him, moment) < self._pacing.answers_per_day
            and _in_the_day_before(in_all, moment) < self._pacing.answers_in_all_per_day
        )

    def _leads_nowhere(self, letter: Letter, *, proved: bool) -> bool:
        """Say whether an address has had nothing but fruitless answers lately: two robots facing each other stop here.

        A word we know, or a form, is answered as before, and the row of fruitless ones is over.
        """
        if letter.kind not in FRUITLESS:
            return False
        latest = self._letters.latest_answers(letter.address, self._at - _A_DAY, FRUITLESS_IN_A_ROW, proved=proved)
        return len(latest) == FRUITLESS_IN_A_ROW and all(kind in FRUITLESS for kind in latest)


def _in_the_day_before(moments: Sequence[datetime], moment: datetime) -> int:
    """Return how many moments, in order, lie in the twenty-four hours up to one."""
    return bisect_right(moments, moment) - bisect_right(moments, moment - _A_DAY)


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
    reader: MailReader | None = None
    """Looks into a kept mail before it is passed on; None: none is."""

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

        letter, mail = with_source(books, self.reader, letter)
        enclosures = enclose(
            letter,
            cycle,
            books.office,
            files=books.ledger.files.read,
            secret=self.secret,
            template_folders=self.template_folders,
            cover=cover,
            mail=mail,
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
        """Compile one version of the report as DOCX, its lists with the page numbers that a PDF of it shows."""
        from mailbot.writing.report.report import write_report  # noqa: PLC0415 - a quiet pass writes nothing
        from mailbot.writing.word.page_numbers import paged  # noqa: PLC0415 - a quiet pass writes nothing

        docx = write_report(cycle, office, version=version, template_folders=self.template_folders)
        return paged(docx, self.as_pdf)

    def as_pdf(self, docx: bytes) -> bytes | None:
        """Make a PDF of a Word file, if this machine can."""
        return self.pdf.convert(docx) if self.pdf is not None else None

    def papers(self, office: Office, kept: Kept) -> tuple[tuple[str, bytes], ...]:
        """Make the papers of an archive that no mail has brought or carried."""
        from mailbot.writing.archive.archive import make_papers  # noqa: PLC0415 - a quiet pass writes nothing

        return make_papers(kept, office, self.template_folders)

    def archive(self, office: Office, kept: Kept) -> Path:
        """Write the archive of a cycle, and return its folder."""
        from mailbot.writing.archive.archive import write_archive  # noqa: PLC0415 - a quiet pass writes nothing

        return write_archive(self.archive_folder, kept, office, self.template_folders)
