"""The papers of a cycle that are slow to make: the draft it wants (SOP row 6), the archive of a closed one (row 8)."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.composing import MACHINERY
from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.desk.draft_examining import Prepared, as_of
from mailbot.clerk.desk.looking_into import Looked, kept_file
from mailbot.clerk.desk.remembering import remembering
from mailbot.core.draft.document import Examined
from mailbot.core.draft.draft_facts import DraftCompiled
from mailbot.core.model.sop import Step
from mailbot.core.procedure.addressing import line
from mailbot.errors import ReadingStalled, TemplateProblem
from mailbot.ledger.files_and_notes import ARCHIVED, PAPERS
from mailbot.ledger.journal import canonical
from mailbot.ledger.values import Changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path

    from mailbot.clerk.parts import Books, MailReader, MakesLetters
    from mailbot.core.draft.versions import Draft
    from mailbot.core.model.cycle import Cycle
    from mailbot.ledger.ledger import Ledger
    from mailbot.writing.archive.archive import Kept, KeptLine

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
ARCHIVED_EVENT = "archived"
"""Under which event the journal tells of an archive."""


def draft_one(books: Books, maker: MakesLetters) -> bool:
    """Compile one wanted draft; return whether there was one. A cycle whose draft cannot be made holds up no other.

    Raises:
        TemplateProblem: none of those that are wanted can be made.
    """
    wanting = tuple(cycle for cycle in books.ledger.cycles.open() if _wants_draft(cycle))
    return _first_that_can(partial(_compile, books, maker), wanting)


def _first_that_can(does: Callable[[Cycle], None], cycles: Iterable[Cycle]) -> bool:
    """Do it for the first cycle for which it can be done; False if there is none to do it for.

    Raises:
        TemplateProblem, OSError, ReadingStalled: as the last one, where it can be done for none.
    """
    failed: TemplateProblem | OSError | ReadingStalled | None = None
    for cycle in cycles:
        try:
            does(cycle)
        except (TemplateProblem, OSError, ReadingStalled) as problem:
            failed = problem
        else:
            return True
    if failed is not None:
        raise failed
    return False


def _compile(books: Books, maker: MakesLetters, wanting: Cycle) -> None:
    """Compile the draft of a cycle.

    A crash in between leaves a file nobody refers to; the next pass compiles the same bytes again.
    """
    files, draft = books.ledger.files, wanting.draft
    if draft is None:
        return
    at = books.clock()
    made = _made(books, maker, wanting, draft, at)
    docx_sha256 = files.keep(made.docx, DOCX, at)
    pdf = maker.as_pdf(made.docx) if docx_sha256 != draft.docx_sha256 or not draft.pdf_sha256 else None
    fact = DraftCompiled(
        at=at,
        version=made.version,
        docx_sha256=docx_sha256,
        pdf_sha256=files.keep(pdf, PDF, at) if pdf else draft.pdf_sha256,
        examined=made.examined,
    )
    write_down(books, maker, lambda: Decision(beside=Changes(at=at), facts=((wanting.key, fact),)))


def _made(books: Books, maker: MakesLetters, wanting: Cycle, draft: Draft, at: datetime) -> Prepared:
    """Make the version that a cycle wants: compiled, stamped for who signs now, or as its author has edited it."""
    office = remembering(books, {wanting.key: wanting.period}).office
    cycle, read = as_of(wanting, at), books.ledger.files.read
    if draft.renew:
        return maker.renewed(office, cycle, read(draft.docx_sha256) if draft.docx_sha256 else b"")
    if draft.grown_from:
        return maker.resigned(office, cycle, read(draft.grown_from))
    if not draft.docx_sha256:
        return Prepared(docx=maker.draft(office, cycle, draft.version), version=draft.version, examined=Examined())
    docx = read(draft.docx_sha256)
    return Prepared(docx=docx, version=draft.version, examined=maker.standing(office, cycle, docx))


def _wants_draft(cycle: Cycle) -> bool:
    """Say whether a cycle waits for its draft to be compiled, or compiled anew to see whether it has changed."""
    if cycle.draft is None or cycle.step not in {Step.DRAFT, Step.REVIEW}:
        return False
    return cycle.draft.compiled_at is None or (cycle.draft.renew and cycle.step is Step.DRAFT)


def archive_one(books: Books, maker: MakesLetters, reader: MailReader) -> bool:
    """Archive one closed cycle that has no archive yet and no letter waiting; return whether there was one.

    The journal says so before the files are laid down, lest the archive lack its own line; a crash in between writes
    them again.

    Raises:
        TemplateProblem: the archive's words are missing or broken.
        OSError: the archive's folder cannot be written.
        ReadingStalled: a file could not be looked into, for the machine is too busy.
    """
    ledger = books.ledger
    waiting = map(ledger.cycles.get, (key for key in ledger.cycles.unarchived() if not ledger.letters.unsent(key)))

    def does(cycle: Cycle) -> None:
        archive(books, maker, reader, cycle, seals=True)
        ledger.notes.write(ARCHIVED + cycle.key, books.clock().isoformat())

    return _first_that_can(does, (cycle for cycle in waiting if cycle is not None))


def is_archived(ledger: Ledger, cycle: Cycle) -> bool:
    """Say whether the archive of a closed cycle was written: what lies in its place is not to be replaced."""
    return bool(ledger.notes.read(ARCHIVED + cycle.key))


def archive(books: Books, maker: MakesLetters, reader: MailReader, cycle: Cycle, *, seals: bool = False) -> Path:
    """Write the archive of a cycle as it stands, closed or not; writing it again replaces it.

    What is made for it is made once for a closed cycle, and kept: a configuration that has changed since then changes
    nothing in it.

    Args:
        books: where everything is kept.
        maker: lays the archive out.
        reader: looks into mails and files for numbers like a NIK.
        cycle: the cycle.
        seals: the journal tells of this archive: of how many lines of the cycle, and over which files. Where it has
            told of one before, it tells of every later one that differs.

    Returns:
        The archive's folder.

    Raises:
        TemplateProblem: the archive's words are missing or broken.
        OSError: the archive's folder cannot be written.
        ReadingStalled: a file could not be looked into, for the machine is too busy.
    """
    books = remembering(books, {cycle.key: cycle.period})
    kept = _kept_of(books, reader, cycle, seals=seals)
    return maker.archive(books.office, replace(kept, made=_papers_of(books, maker, kept)))


def _papers_of(books: Books, maker: MakesLetters, kept: Kept) -> tuple[tuple[str, bytes], ...]:
    """Return the papers of an archive that no mail has brought or carried: those of a closed cycle as first made."""
    files, notes, cycle = books.ledger.files, books.ledger.notes, kept.cycle
    name = PAPERS + cycle.key
    noted = notes.read(name) if cycle.closed else ""
    if noted:
        return tuple((code, files.read(sha256)) for code, sha256 in json.loads(noted).items())
    made = maker.papers(books.office, kept)
    if cycle.closed:
        at = books.clock()
        named = {code: files.keep(content, "application/octet-stream", at) for code, content in made}
        notes.write(name, json.dumps(named))
    return made


def _sealed(books: Books, cycle: str, files: str, *, seals: bool) -> tuple[KeptLine, ...]:
    """Tell the journal of an archive, unless it has told of just this one, and return the whole journal.

    Args:
        books: where the journal is.
        cycle: the cycle's key.
        files: one digest over all files of the archive.
        seals: the journal is to tell of it, whether it has told of one before or not.
    """
    from mailbot.writing.archive.archive import KeptLine  # noqa: PLC0415 - a quiet pass writes nothing

    ledger = books.ledger
    own = ledger.journal.read(cycle)
    told = [dict(entry.line.detail).get("files", "") for entry in own if entry.line.event == ARCHIVED_EVENT]
    if (seals or told) and told[-1:] != [files]:
        at = books.clock()
        last = own[-1].number if own else 0
        seal = line(at, ARCHIVED_EVENT, cycle=cycle, files=files, lines=str(len(own)), to=str(last))
        ledger.commit(Changes(at=at, journal=((cycle, seal),)))
    return tuple(
        KeptLine(
            number=entry.number,
            cycle=entry.cycle,
            canonical=canonical(entry.number, entry.cycle, entry.line),
            hash=entry.hash,
            salt=entry.salt,
        )
        for entry in ledger.journal.read()
    )


def _kept_of(books: Books, reader: MailReader, cycle: Cycle, *, seals: bool) -> Kept:
    """Gather everything that is kept of a cycle: letters that left, mails that came, files, and the whole journal."""
    from mailbot.writing.archive.archive import Kept, KeptMessage  # noqa: PLC0415 - a quiet pass writes nothing

    ledger = books.ledger

    looked = Looked(reader)
    forms = {sent.file_sha256: sent.file_name for form in cycle.units for sent in form.submissions}
    held = frozenset(
        sha256 for sha256, name in forms.items() if looked.holds_nik(kept_file(sha256, name, ledger.files.read(sha256)))
    )
    letters = tuple(
        KeptMessage(name=letter.key, at=letter.sent_at, raw=ledger.letters.raw(letter.key))
        for letter in ledger.letters.of_cycle(cycle.key)
        if letter.sent_at is not None and letter.kind not in MACHINERY
    )
    mails = tuple(
        KeptMessage(name=mail.outcome.value if mail.outcome else "", at=mail.received_at, raw=raw)
        for mail in ledger.inbox.of_cycle(cycle.key)
        for raw in dict.fromkeys((ledger.inbox.raw(mail.id), ledger.inbox.to_read(mail)))
    )
    return Kept(
        cycle=cycle,
        letters=letters,
        mails=mails,
        journal=lambda files: _sealed(books, cycle.key, files, seals=seals),
        files=ledger.files.read,
        holds_back=lambda message: looked.holds_back(message.raw, message.at),
        held=held,
    )
