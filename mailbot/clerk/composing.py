"""Step 7 of the walk: the letters a decision means become finished bytes before anything is written down."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.desk.allowance import Allowance
from mailbot.clerk.desk.draft_examining import Examiner
from mailbot.clerk.desk.source_mail import with_source
from mailbot.clerk.desk.untold import with_news
from mailbot.clerk.desk.witnessing import joined_here, witness_of
from mailbot.clerk.matters import DayOfTheOperator, cause_of, detail_of, matter_line, waiting_note
from mailbot.clerk.readdressing import where_it_arrives
from mailbot.core.model.letters import EnclosureKind, Letter, LetterKind, letter_key
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import holder, line
from mailbot.ledger.values import Outgoing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from mailbot.clerk.desk.draft_examining import Prepared
    from mailbot.clerk.parts import Books, MailReader, MakesLetters
    from mailbot.core.draft.document import Document, Edit, Examined
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import About
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import JournalLine
    from mailbot.ledger.ledger import Ledger
    from mailbot.writing.archive.kept import Kept, Laid
    from mailbot.writing.covers import Cover
    from mailbot.writing.letters.letter import Written
    from mailbot.writing.word.pdf import PdfMaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """Letters made, and what is written down with them."""

    outgoing: tuple[Outgoing, ...]
    journal: tuple[tuple[str, JournalLine], ...]
    """A line for each letter of a cycle with the digest of its bytes, for each answer that was withheld or put off, and
    for each matter that waits for the morning mail.
    """
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
    allowance, day = Allowance(books, at), DayOfTheOperator(books, at)
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
    journal.extend((one.cycle, _told(one, at)) for one in outgoing if one.cycle and one.kind not in MACHINERY)
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


def _told(one: Outgoing, at: datetime) -> JournalLine:
    """Return the journal's line about a letter, so that its archived bytes can be held against it."""
    sha256 = hashlib.sha256(one.raw).hexdigest()
    return line(at, "letter_written", unit=one.unit, letter=one.key, sent=sha256)


MACHINERY = frozenset({LetterKind.MORNING.value, LetterKind.ALARM.value, LetterKind.SET_ASIDE.value})
"""Letters to the operator about the machine, which are no part of a cycle's record."""
_BEFORE_SUPERIORS = frozenset({LetterKind.REVIEW, LetterKind.RATIFY})


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
    """Return those letters that were never in the outbox, or withdrawn: what was told once is not told again."""
    return tuple(
        letter
        for letter in letters
        if ((known := ledger.letters.by_key(letter.key)) is None or known.withdrawn)
        and not (cause_of(letter) and ledger.notes.read(waiting_note(letter.key)))
    )


def _version(cycle: Cycle) -> int:
    """Return the number of the present version of a cycle's draft."""
    return cycle.draft.version if cycle.draft is not None else 0


def _read_here(docx: bytes) -> Document:
    """Read an edited draft in this very process."""
    from mailbot.reading.document.document import read_or_nothing  # noqa: PLC0415 - a quiet pass reads nothing
    from mailbot.reading.workbook.workbook import USUAL_LIMITS  # noqa: PLC0415 - as above

    return read_or_nothing(docx, USUAL_LIMITS)


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
    read_document: Callable[[bytes], Document] | None = None
    """Reads an edited draft, in the reader's own process; None: in this one."""
    join: Callable[..., tuple[tuple[int, ...], bytes]] | None = None
    """Joins PDFs, or counts their pages, in the reader's own process; None: in this one."""

    def letters(self, books: Books, wanted: Sequence[tuple[Letter, Cycle | None]], at: datetime) -> tuple[Written, ...]:
        """Make letters, with the files they enclose; the PDFs of all of them are made together."""
        from mailbot.writing.covers import write_covers  # noqa: PLC0415 - a quiet pass writes nothing

        covers = write_covers(wanted, books.office, template_folders=self.template_folders, pdf=self.pdf)
        return tuple(
            self._letter(books, letter, cycle, cover, at) for (letter, cycle), cover in zip(wanted, covers, strict=True)
        )

    def _letter(self, books: Books, letter: Letter, cycle: Cycle | None, cover: Cover | None, at: datetime) -> Written:
        """Make one letter."""
        from mailbot.writing.enclose import enclose  # noqa: PLC0415 - a quiet pass writes nothing
        from mailbot.writing.letters.letter import write_letter  # noqa: PLC0415 - a quiet pass writes nothing

        letter = with_news(books, self._with_standing(books, letter, cycle), cycle, at)
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
            edits=self._edits(books, letter),
            witness=witness_of(books.ledger, letter),
            secret=self.secret,
            written_at=at,
            template_folders=self.template_folders,
        )

    def _with_standing(self, books: Books, letter: Letter, cycle: Cycle | None) -> Letter:
        """Return a letter that lays an edited draft before a superior with where it disagrees with the data."""
        draft = cycle.draft if cycle is not None else None
        if cycle is None or draft is None or letter.kind not in _BEFORE_SUPERIORS:
            return letter
        if not draft.edited_by or not draft.docx_sha256:
            return letter
        return replace(letter, examined=self.standing(books.office, cycle, books.ledger.files.read(draft.docx_sha256)))

    def _edits(self, books: Books, letter: Letter) -> tuple[Edit, ...]:
        """Return what changed in the draft that a letter lays before somebody, since the version he got last."""
        compared = next((one for one in letter.enclosures if one.kind is EnclosureKind.COMPARED), None)
        if compared is None:
            return ()
        from mailbot.core.draft.against_former import edits  # noqa: PLC0415 - a quiet pass writes nothing

        read, files = self.read_document or _read_here, books.ledger.files.read
        return edits(read(files(compared.sha256)), read(files(compared.former)))

    def draft(self, office: Office, cycle: Cycle, version: int) -> bytes:
        """Compile one version of the report as DOCX, its lists with the page numbers that a PDF of it shows."""
        from mailbot.writing.word.page_numbers import paged  # noqa: PLC0415 - a quiet pass writes nothing

        return paged(self._plain_draft(office, cycle, version), self.as_pdf)

    def _plain_draft(self, office: Office, cycle: Cycle, version: int) -> bytes:
        """Compile one version of the report without the numbers of its pages."""
        from mailbot.writing.report.report import write_report  # noqa: PLC0415 - a quiet pass writes nothing

        return write_report(cycle, office, version=version, template_folders=self.template_folders)

    def cover_letter(self, office: Office, letter: Letter, cycle: Cycle) -> bytes:
        """Make the Surat Pengantar that a letter encloses, as DOCX."""
        from mailbot.writing.word.cover_letter import write_cover_letter  # noqa: PLC0415 - a quiet pass writes nothing

        return write_cover_letter(letter, cycle, office, template_folders=self.template_folders)

    def edited(self, office: Office, cycle: Cycle, docx: bytes, former: bytes) -> Prepared:
        """Make a version of a draft that somebody has edited."""
        return self._examiner(office, cycle).edited(docx, former, _version(cycle))

    def accepted(self, docx: bytes) -> bytes:
        """Make a draft in which all tracked changes are accepted."""
        from mailbot.writing.edited.accepting import accepted  # noqa: PLC0415 - a quiet pass writes nothing

        return accepted(docx)

    def standing(self, office: Office, cycle: Cycle, docx: bytes) -> Examined:
        """Say where the present version disagrees with the data by now."""
        return self._examiner(office, cycle).standing(docx, _version(cycle))

    def resigned(self, office: Office, cycle: Cycle, docx: bytes) -> Prepared:
        """Make the present version of a draft with nothing but our anchors stamped anew."""
        return self._examiner(office, cycle).stamped(docx, _version(cycle))

    def renewed(self, office: Office, cycle: Cycle, former: bytes) -> Prepared:
        """Make the report of today as the next version, or the present one where it says the same."""
        return self._examiner(office, cycle).renewed(former, _version(cycle))

    def _examiner(self, office: Office, cycle: Cycle) -> Examiner:
        """Return what looks into drafts of a cycle."""
        return Examiner(
            read=self.read_document or _read_here,
            today=partial(self._plain_draft, office, cycle),
            compiled=partial(self.draft, office, cycle),
        )

    def as_pdf(self, docx: bytes) -> bytes | None:
        """Make a PDF of a Word file, if this machine can."""
        return self.pdf.convert(docx) if self.pdf is not None else None

    def journal_path(self, office: Office) -> str:
        """Return where the journal lies in an archive."""
        from mailbot.writing.archive.archive import journal_path  # noqa: PLC0415 - a quiet pass writes nothing

        return journal_path(office, self.template_folders)

    def binder_path(self, office: Office) -> str:
        """Return where the binder lies in an archive that has one."""
        from mailbot.writing.archive.archive import binder_path  # noqa: PLC0415 - a quiet pass writes nothing

        return binder_path(office, self.template_folders)

    def archive(self, office: Office, kept: Kept) -> tuple[Laid, ...]:
        """Lay the archive of a cycle out."""
        from mailbot.writing.archive.archive import lay_out  # noqa: PLC0415 - a quiet pass writes nothing

        return lay_out(kept, office, self.template_folders, self.join or joined_here)

    def lay_down(self, name: str, files: dict[str, bytes], *, settled: bool) -> tuple[Path, Path | None]:
        """Write an archive into its folder."""
        from mailbot.writing.archive.laying import lay_down  # noqa: PLC0415 - a quiet pass writes nothing

        return lay_down(self.archive_folder, name, files, settled=settled)
