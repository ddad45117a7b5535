"""The archive of a closed cycle: made once out of what is kept, sealed in the journal, laid down (SOP row 8).

Every byte of it is kept in the ledger with the first making. What is written later, wherever and however often, is
those bytes: a configuration that has changed since then changes nothing in it, and nothing is ever overwritten.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from mailbot.clerk.composing import MACHINERY
from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.desk.looking_into import Looked, kept_file
from mailbot.clerk.desk.remembering import remembering
from mailbot.clerk.papers import first_that_can
from mailbot.core.delivery.delivery_facts import ArchiveMade
from mailbot.core.procedure.addressing import line
from mailbot.ledger.files_and_notes import ARCHIVED, PAPERS
from mailbot.ledger.journal import FIRST, canonical
from mailbot.ledger.mapping import dump
from mailbot.ledger.values import Changes, KeptFile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mailbot.clerk.parts import Books, MailReader, MakesLetters
    from mailbot.core.model.cycle import Cycle
    from mailbot.ledger.journal import JournalEntry
    from mailbot.ledger.ledger import Ledger
    from mailbot.writing.archive.kept import Event, Kept, KeptLine, KeptMessage, KeptVersion, Laid
    from mailbot.writing.archive.laying import Whose

SEALED, MADE = "archived", "paper_made"
"""Under which events the journal tells of an archive, and of a paper that was made for it."""
_BORNE = frozenset({"letter", "mail", "form", "evidence", "report", "draft", "cover", "asked", "signed"})
"""Kinds of files that the journal tells of already, or that hang on what it tells of."""
_VERSIONS = ("docx", "pdf")
_PAGE = re.compile(rb"/Type\s*/Page\b")
"""One page in the binder, which is printed on one sheet."""
_MAILED_BYTES = 10_000_000
"""A larger binder is not mailed: it lies in the archive's folder."""


def archive_one(books: Books, maker: MakesLetters, reader: MailReader) -> bool:
    """Archive one closed cycle that has no archive yet and no letter waiting; return whether there was one.

    The journal says so before the files are laid down, lest the archive lack its own line; a crash in between writes
    the same files again.

    Raises:
        TemplateProblem: the archive's words are missing or broken.
        OSError: the archive's folder cannot be written.
        ReadingStalled: a file could not be looked into, for the machine is too busy.
    """
    ledger = books.ledger
    waiting = map(ledger.cycles.get, (key for key in ledger.cycles.unarchived() if not ledger.letters.unsent(key)))

    def does(cycle: Cycle) -> None:
        folder, _ = archive(books, maker, reader, cycle)
        made = _made(books, maker, cycle, folder)
        write_down(books, maker, lambda: Decision(beside=Changes(at=made.at), facts=((cycle.key, made),)))
        ledger.notes.write(ARCHIVED + cycle.archive_key, books.clock().isoformat())

    return first_that_can(does, (cycle for cycle in waiting if cycle is not None))


def _made(books: Books, maker: MakesLetters, cycle: Cycle, folder: Path) -> ArchiveMade:
    """Return that an archive was laid down, with the binder of it that is to be printed, if one was made."""
    binder = _list_of(books.ledger, cycle).get(maker.binder_path(books.office), "")
    content = books.ledger.files.read(binder) if binder else b""
    return ArchiveMade(
        at=books.clock(),
        folder=f"{folder.parent.name}/{folder.name}",
        binder_sha256=binder,
        sheets=len(_PAGE.findall(content)),
        enclosed=0 < len(content) <= _MAILED_BYTES,
    )


def is_archived(ledger: Ledger, cycle: Cycle) -> bool:
    """Say whether the archive of a closed cycle was made: what it holds is settled."""
    return bool(_list_of(ledger, cycle))


def archive(books: Books, maker: MakesLetters, reader: MailReader, cycle: Cycle) -> tuple[Path, Path | None]:
    """Write the archive of a cycle: of a closed one the same bytes as ever, of one that runs as it stands.

    Args:
        books: where everything is kept.
        maker: lays the archive out.
        reader: looks into mails and files for numbers like a NIK.
        cycle: the cycle; a closed one has no letter waiting.

    Returns:
        The archive's folder, and where something else that lay in its place is now, if something did.

    Raises:
        TemplateProblem: the archive's words are missing or broken.
        OSError: the archive's folder cannot be written.
        ReadingStalled: a file could not be looked into, for the machine is too busy.
    """
    name = cycle.archive_key
    if not cycle.closed:
        return maker.lay_down(name, _as_it_stands(books, maker, reader, cycle), settled=False)
    return maker.lay_down(name, archived_files(books, maker, reader, cycle), settled=True)


def archived_files(books: Books, maker: MakesLetters, reader: MailReader, cycle: Cycle) -> dict[str, bytes]:
    """Return every file of a closed cycle's archive by its path: made now, or as it was made.

    Raises:
        TemplateProblem, ReadingStalled: as `archive`.
    """
    ledger = books.ledger
    listed = _list_of(ledger, cycle)
    if not listed:
        _seal(books, maker, _laid(books, maker, reader, cycle), cycle)
        listed = _list_of(ledger, cycle)
    return {path: ledger.files.read(sha256) for path, sha256 in listed.items()}


def papers_now(books: Books, maker: MakesLetters, reader: MailReader, cycle: Cycle) -> dict[str, bytes]:
    """Return every file of an archive as it was made, or as it would be now; the journal is told of nothing.

    Raises:
        TemplateProblem, ReadingStalled: as `archive`.
    """
    if is_archived(books.ledger, cycle):
        return archived_files(books, maker, reader, cycle)
    return _as_it_stands(books, maker, reader, cycle)


def messages_of(ledger: Ledger, cycle: Cycle) -> tuple[tuple[KeptMessage, ...], tuple[KeptMessage, ...]]:
    """Return the letters of a cycle, whether they left or not, and the mails."""
    return tuple(_letters(ledger, cycle)), tuple(_mails(ledger, cycle))


def _list_of(ledger: Ledger, cycle: Cycle) -> dict[str, str]:
    """Return the paths of a closed cycle's archive with the digest of each file; empty where none was made yet."""
    noted = ledger.notes.read(PAPERS + cycle.archive_key) if cycle.closed else ""
    listed: dict[str, str] = json.loads(ledger.files.read(noted)) if noted and not noted.startswith("{") else {}
    return listed


def _laid(books: Books, maker: MakesLetters, reader: MailReader, cycle: Cycle) -> tuple[Laid, ...]:
    """Lay an archive out."""
    books = remembering(books, {cycle.key: cycle.period})
    return maker.archive(books.office, _kept_of(books, reader, cycle))


def _as_it_stands(books: Books, maker: MakesLetters, reader: MailReader, cycle: Cycle) -> dict[str, bytes]:
    """Return the files of a cycle that still runs; the journal is not told of it."""
    from mailbot.writing.archive.laying import sealed_files  # noqa: PLC0415 - a quiet pass writes nothing

    laid = _laid(books, maker, reader, cycle)
    return sealed_files(laid, _lines(books.ledger, cycle), maker.journal_path(books.office), _whose(books, cycle))


def _seal(books: Books, maker: MakesLetters, laid: tuple[Laid, ...], cycle: Cycle) -> None:
    """Tell the journal of an archive and of everything made for it, and keep every byte.

    After a crash on the way only what is not told yet is told: the last line about a paper is the one that holds.
    """
    from mailbot.writing.archive.checking.chain import numbers_digest  # noqa: PLC0415 - a quiet pass writes nothing
    from mailbot.writing.archive.laying import root, sealed_files  # noqa: PLC0415 - the same

    ledger, whose = books.ledger, _whose(books, cycle)
    at = books.clock()
    contents = tuple(_kept(one.content) for one in laid)
    own, sealed = ledger.journal.read(cycle.key), root(laid, whose)
    before = [one.number for one in own if one.line.event == SEALED and dict(one.line.detail).get("files") != sealed]
    since = [dict(one.line.detail) for one in own if one.line.event == MADE and one.number > max(before, default=0)]
    known = {detail["paper"]: detail["made"] for detail in since}
    made = {one.path: _sha256(one.content) for one in laid if one.kind not in _BORNE}
    new = [line(at, MADE, paper=path, made=sha256) for path, sha256 in made.items() if known.get(path) != sha256]
    ledger.commit(Changes(at=at, files=contents, journal=tuple((cycle.key, one) for one in new)))
    last = own[-1].line if own else None
    if new or last is None or last.event != SEALED or dict(last.detail).get("files") != sealed:
        numbers = [entry.number for entry in ledger.journal.read(cycle.key)]
        counted = {"lines": str(len(numbers)), "own": numbers_digest(numbers), "to": str(numbers[-1])}
        counted["bare"] = str(
            max((one.number for one in _lines(ledger, cycle)[1:] if not (one.salt or one.digest)), default=0)
        )
        seal = line(at, SEALED, cycle=cycle.key, files=sealed, **counted)
        ledger.commit(Changes(at=at, journal=((cycle.key, seal),)))
    files = sealed_files(laid, _lines(ledger, cycle), maker.journal_path(books.office), whose)
    listed = json.dumps({path: _sha256(content) for path, content in sorted(files.items())}).encode()
    note = (PAPERS + cycle.archive_key, _sha256(listed))
    ledger.commit(Changes(at=at, files=tuple(map(_kept, (*files.values(), listed))), notes=(note,)))


def _kept(content: bytes) -> KeptFile:
    """Return a file of an archive as the ledger keeps it."""
    return KeptFile(content=content, media_type="application/octet-stream")


def _sha256(content: bytes) -> str:
    """Return a digest in hex."""
    import hashlib  # noqa: PLC0415 - used here alone

    return hashlib.sha256(content).hexdigest()


def _whose(books: Books, cycle: Cycle) -> Whose:
    """Return whose archive it is, and what salts its digests."""
    from mailbot.writing.archive.laying import Whose  # noqa: PLC0415 - a quiet pass writes nothing

    def salt(path: str) -> str:
        return books.ledger.journal.salt(f"{cycle.key}/{path}")

    return Whose(cycle=cycle.key, office=books.office.letterhead.agency_name, salt=salt)


def _lines(ledger: Ledger, cycle: Cycle) -> tuple[KeptLine, ...]:
    """Return the journal from the line before the cycle's first to its last, that is to the seal if there is one."""
    from mailbot.writing.archive.kept import KeptLine  # noqa: PLC0415 - a quiet pass writes nothing

    own = ledger.journal.read(cycle.key)
    first = own[0].number if own else 1
    window = ledger.journal.between(first - 1, own[-1].number if own else 0)
    before = () if first > 1 else (KeptLine(number=0, cycle="", canonical=b"", hash=FIRST),)
    return (*before, *(_line(entry) for entry in window))


def _line(entry: JournalEntry) -> KeptLine:
    """Return a line of the journal with its spelling."""
    from mailbot.writing.archive.kept import KeptLine  # noqa: PLC0415 - a quiet pass writes nothing

    spelling = canonical(entry.number, entry.cycle, entry.line)
    proofs = {"hash": entry.hash, "salt": entry.salt, "digest": entry.digest}
    return KeptLine(number=entry.number, cycle=entry.cycle, canonical=spelling, **proofs)


def _kept_of(books: Books, reader: MailReader, cycle: Cycle) -> Kept:
    """Gather everything that is kept of a cycle: letters, mails, versions of the report, files, and its record."""
    from mailbot.writing.archive.kept import Event, Kept  # noqa: PLC0415 - a quiet pass writes nothing

    ledger, looked = books.ledger, Looked(reader)
    files = {sent.file_sha256: sent.file_name for form in cycle.units for sent in form.submissions}
    files |= {paper.check.file_sha256: paper.check.file_name for paper in cycle.papers}
    held = frozenset(
        sha256 for sha256, name in files.items() if looked.holds_nik(kept_file(sha256, name, ledger.files.read(sha256)))
    )
    events = tuple(
        Event(at=one.line.at, event=one.line.event, actor=one.line.actor, unit=one.line.unit, detail=one.line.detail)
        for one in ledger.journal.read(cycle.key)
    )
    return Kept(
        cycle=cycle,
        record=dump(type(cycle), cycle).encode(),
        letters=tuple(_letters(ledger, cycle)),
        mails=tuple(_mails(ledger, cycle)),
        versions=tuple(_versions(ledger, events)),
        events=events,
        files=ledger.files.read,
        holds_back=lambda message: looked.holds_back(message.raw, message.at),
        held=held,
    )


def _letters(ledger: Ledger, cycle: Cycle) -> Iterable[KeptMessage]:
    """Yield every letter of a cycle, whether it left or not."""
    from mailbot.writing.archive.kept import KeptMessage  # noqa: PLC0415 - a quiet pass writes nothing

    for letter in ledger.letters.of_cycle(cycle.key):
        if letter.kind not in MACHINERY:
            at, left = letter.sent_at or letter.queued_at, letter.sent_at is not None
            raw = ledger.letters.raw(letter.key)
            yield KeptMessage(name=letter.key, at=at, raw=raw, left=left, kept_as=letter.sha256)


def _mails(ledger: Ledger, cycle: Cycle) -> Iterable[KeptMessage]:
    """Yield every mail of a cycle as it came, and the copy that was read in its place if there is one."""
    from mailbot.writing.archive.kept import KeptMessage  # noqa: PLC0415 - a quiet pass writes nothing

    for mail in ledger.inbox.of_cycle(cycle.key):
        name = mail.outcome.value if mail.outcome else ""
        raws = {mail.sha256: ledger.inbox.raw(mail.id)}
        if mail.mended_sha256:
            raws[mail.mended_sha256] = ledger.inbox.to_read(mail)
        for sha256, raw in raws.items():
            yield KeptMessage(name=name, at=mail.received_at, raw=raw, kept_as=sha256)


def _versions(ledger: Ledger, events: Iterable[Event]) -> Iterable[KeptVersion]:
    """Yield every file of the report that the journal names, each once."""
    from mailbot.writing.archive.kept import KeptVersion  # noqa: PLC0415 - a quiet pass writes nothing

    seen: set[str] = set()
    for event in events:
        detail = dict(event.detail)
        for name in _VERSIONS:
            sha256 = detail.get(name, "")
            if sha256 and sha256 not in seen and ledger.files.has(sha256):
                seen.add(sha256)
                yield KeptVersion(version=detail.get("version", ""), sha256=sha256)
