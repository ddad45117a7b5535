"""The papers of a cycle that are slow to make: the draft it wants (SOP row 6), the archive of a closed one (row 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.working import mail_limits
from mailbot.core.language.nik import MASK, holds_nik
from mailbot.core.model.facts import DraftCompiled
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.mail import Attachment
from mailbot.core.model.sop import Step
from mailbot.core.procedure.addressing import line
from mailbot.ledger.chain import canonical
from mailbot.reading.mail import read_mail
from mailbot.writing.archive.archive import Kept, KeptLine, KeptMessage

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.clerk.parts import Clerk
    from mailbot.core.model.cycle import Cycle

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


def draft_one(clerk: Clerk) -> bool:
    """Compile one wanted draft; return whether there was one.

    A crash in between leaves a file nobody refers to; the next pass compiles the same bytes again.
    """
    wanting = next((one for one in clerk.ledger.cycles.open() if _wants(one)), None)
    if wanting is None or wanting.draft is None:
        return False
    at, draft = clerk.clock(), wanting.draft
    docx_sha256 = draft.docx_sha256
    if not docx_sha256:
        docx = clerk.press.draft(clerk, wanting, draft.version)
        docx_sha256 = clerk.ledger.files.keep(docx, DOCX, at)
    pdf = clerk.pdf.convert(clerk.ledger.files.read(docx_sha256), ".docx") if clerk.pdf is not None else None
    fact = DraftCompiled(
        at=at,
        version=draft.version,
        docx_sha256=docx_sha256,
        pdf_sha256=clerk.ledger.files.keep(pdf, PDF, at) if pdf else "",
    )
    write_down(clerk, at, lambda: Decision(facts=((wanting.key, fact),)))
    return True


def _wants(cycle: Cycle) -> bool:
    """Say whether a cycle waits for its draft to be compiled."""
    return cycle.step is Step.DRAFT and cycle.draft is not None and cycle.draft.compiled_at is None


_BEGUN, _DONE = "archiving/", "archived/"
_MACHINERY = frozenset({LetterKind.MORNING, LetterKind.ALARM, LetterKind.SET_ASIDE})
"""Letters to the operator about the machine, which are no part of the cycle's record."""


def archive_one(clerk: Clerk) -> bool:
    """Archive one closed cycle that has no archive yet and no letter waiting; return whether there was one.

    The journal says so first, lest the archive lack its own line; a crash in between writes the files again.

    Raises:
        TemplateProblem: the archive's words are missing or broken.
        OSError: the archive's folder cannot be written.
        ReadingStalled: a file could not be looked into, for the machine is too busy.
    """
    ledger = clerk.ledger
    for cycle in ledger.cycles.all():
        if not cycle.closed or ledger.notes.read(_DONE + cycle.key) or ledger.letters.unsent(cycle.key):
            continue
        at = clerk.clock()
        if not ledger.notes.read(_BEGUN + cycle.key):
            journal = ((cycle.key, line(at, "archived", cycle=cycle.key)),)
            begun = Decision(journal=journal, notes=((_BEGUN + cycle.key, at.isoformat()),))
            write_down(clerk, at, lambda: begun)  # noqa: B023 - called at once, in this turn of the loop
        archive(clerk, cycle)
        ledger.notes.write(_DONE + cycle.key, at.isoformat())
        return True
    return False


def archive(clerk: Clerk, cycle: Cycle) -> Path:
    """Write the archive of a cycle as it stands, closed or not; writing it again replaces it.

    Returns:
        The archive's folder.

    Raises:
        TemplateProblem: the archive's words are missing or broken.
        OSError: the archive's folder cannot be written.
        ReadingStalled: a file could not be looked into, for the machine is too busy.
    """
    return clerk.press.archive(clerk, kept_of(clerk, cycle))


def kept_of(clerk: Clerk, cycle: Cycle) -> Kept:
    """Gather everything that is kept of a cycle: letters that left, mails that came, files, and the whole journal."""
    ledger = clerk.ledger
    looked = _Looked(clerk)
    forms = {sent.file_sha256: sent.file_name for form in cycle.units for sent in form.submissions}
    held = frozenset(
        sha256 for sha256, name in forms.items() if looked.holds_nik(_file(sha256, name, ledger.files.read(sha256)))
    )
    letters = tuple(
        KeptMessage(name=one.key, at=one.sent_at, raw=ledger.letters.raw(one.key))
        for one in ledger.letters.of_cycle(cycle.key)
        if one.sent_at is not None and one.kind not in _MACHINERY
    )
    mails = tuple(
        KeptMessage(name=one.outcome.value if one.outcome else "", at=one.received_at, raw=ledger.inbox.raw(one.id))
        for one in ledger.inbox.of_cycle(cycle.key)
    )
    journal = tuple(
        KeptLine(
            number=entry.number,
            cycle=entry.cycle,
            canonical=canonical(entry.number, entry.cycle, entry.line),
            hash=entry.hash,
        )
        for entry in ledger.journal.read()
    )
    return Kept(
        cycle=cycle,
        letters=letters,
        mails=mails,
        journal=journal,
        files=ledger.files.read,
        holds_back=looked.holds_back,
        held=held,
    )


class _Looked:
    """What of a cycle was looked into for numbers like a NIK: each content once, however many mails carry it."""

    def __init__(self, clerk: Clerk) -> None:
        """Begin with nothing looked at; files are looked into where every file is read, apart."""
        self.clerk = clerk
        self._found: dict[str, bool] = {}

    def holds_nik(self, file: Attachment) -> bool:
        """Say whether a number like a NIK stands in a file, or in its name."""
        if file.sha256 not in self._found:
            (read,) = self.clerk.read_forms((file,))
            self._found[file.sha256] = read.personal_data or MASK in file.name
        return self._found[file.sha256]

    def holds_back(self, message: KeptMessage) -> bool:
        """Say whether a mail or a letter carries one, in its words or a file: the archive does not spread it."""
        mail = read_mail(
            message.raw,
            received_at=message.at,
            own_addresses=(),
            authserv_ids=(),
            limits=mail_limits(self.clerk.limits),
        )
        return holds_nik(f"{mail.subject}\n{mail.own_words}") or any(map(self.holds_nik, mail.attachments))


def _file(sha256: str, name: str, content: bytes) -> Attachment:
    """Return a kept file as a mail carries it."""
    return Attachment(
        sha256=sha256, name=name, media_type="application/octet-stream", size_bytes=len(content), content=content
    )
