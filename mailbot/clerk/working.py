"""Steps 4 to 8 of the walk for one mail: read, place, decide, settle; what cannot be worked is set aside."""

from __future__ import annotations

import hashlib
import traceback
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.readdressing import came_back_in, unproved_reports
from mailbot.core.model.facts import LinesArrived
from mailbot.core.model.form import ReadForm, Unreadable
from mailbot.core.model.mail import BESIDE_THE_POINT, Automatic, Mail, Proof
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.procedure.addressing import line
from mailbot.errors import LedgerProblem, PdfAwaited, StaleCycle, TemplateProblem
from mailbot.ledger.values import Changes, KeptFile, Settlement
from mailbot.reading.defects import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mailbot.clerk.parts import Books, MailReader, MakesLetters
    from mailbot.core.model.mail import Attachment
    from mailbot.core.model.outcome import JournalLine
    from mailbot.core.sorting.placing import Desk, Sorted
    from mailbot.ledger.values import InboxMail

ATTEMPTS = 3
"""A mail that fails this often is set aside."""
_NOT_ITS_FAULT = timedelta(hours=1)
_DIED = "the process died each time it worked this mail"
_IN_PART = "the mail was read only in part"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LOGO_BYTES = 40_000
"""A picture smaller than this is a logo in somebody's signature, not a photographed form."""


def work_one(
    books: Books,
    maker: MakesLetters,
    reader: MailReader,
    awaiting: dict[int, str],
    senders: Sequence[str] | None = None,
) -> bool:
    """Work the oldest mail that has no final state yet, of these senders or of any; return whether there was one.

    A mail that failed, or whose letters await a PDF, is passed over for the rest of this pass: its number and why stand
    in `awaiting`. So there is a wait between its tries; and only what blames the mail counts as one.
    """
    inbox = books.ledger.inbox
    kept = next((mail for mail in inbox.unsettled(len(awaiting) + 1, senders) if mail.id not in awaiting), None)
    if kept is None:
        return False
    attempt = inbox.begin_attempt(kept.id)
    if attempt > ATTEMPTS:
        _set_aside(books, maker, reader, kept, kept.error or _DIED, tries=attempt - 1)
        return True
    try:
        _work(books, maker, reader, kept)
    except PdfAwaited as without:
        inbox.take_back_attempt(kept.id)
        awaiting[kept.id] = str(without)
    except LedgerProblem as away:
        inbox.take_back_attempt(kept.id)
        if not isinstance(away, StaleCycle):
            raise  # the database is away: no mail can be worked
        awaiting[kept.id] = str(away)
    except Exception as wrong:  # noqa: BLE001 - whatever it is, it stops no other mail (F22)
        _failed(books, maker, reader, kept, attempt, wrong)
        awaiting[kept.id] = f"mail {kept.id}: {wrong}"
    return True


def _failed(
    books: Books, maker: MakesLetters, reader: MailReader, kept: InboxMail, attempt: int, wrong: Exception
) -> None:
    """Count a try that failed, and set the mail aside with the last one.

    A template that is being saved, or a full disk, is no fault of a mail that has just come: for an hour that does not
    count. What lasts longer holds up everybody who waits for that mail to be read, and somebody has to look.
    """
    error = traceback.format_exc()
    if isinstance(wrong, (TemplateProblem, OSError)) and books.clock() - kept.kept_at < _NOT_ITS_FAULT:
        books.ledger.inbox.take_back_attempt(kept.id)
        return
    books.ledger.inbox.note_failure(kept.id, error)
    if attempt >= ATTEMPTS:
        _set_aside(books, maker, reader, kept, error, tries=attempt)


def _set_aside(  # noqa: PLR0913 - as of `set_aside`
    books: Books,
    maker: MakesLetters,
    reader: MailReader,
    kept: InboxMail,
    error: str,
    *,
    tries: int,
    defects: Sequence[str] = (),
) -> None:
    """Give up on a mail."""
    from mailbot.clerk.desk.setting_aside import set_aside  # noqa: PLC0415 - a quiet pass sets nothing aside

    set_aside(books, maker, reader, kept, error, tries=tries, defects=defects)


def _work(books: Books, maker: MakesLetters, reader: MailReader, kept: InboxMail) -> None:
    """Read, sort and decide one mail, and write everything down together with its settlement."""
    from mailbot.clerk.desk.placing import desk_for, prove, spoken_of  # noqa: PLC0415 - a quiet pass reads no mail
    from mailbot.core.sorting.sorting import sort  # noqa: PLC0415 - a quiet pass reads no mail

    at = books.clock()
    mail = read_kept(books, reader, kept)
    hostile = sorted(HOSTILE.intersection(mail.defects))
    if hostile:
        # Read only in part, on purpose: whatever it seems to say is not acted on.
        _set_aside(books, maker, reader, kept, f"{_IN_PART}: {', '.join(hostile)}", tries=1, defects=hostile)
        return

    def made() -> Decision:
        """Place and sort the mail against what the ledger holds now."""
        read = partial(read_kept, books, reader)
        proving = prove(books, reader.secret, desk_for(books, mail, at, read), read)
        desk, found = proving.desk, sort(proving.desk)
        reported = came_back_in(found, at)
        beside = Changes(
            at=at,
            journal=(*proving.journal(found), *_noted(desk, found), *unproved_reports(desk)),
            files=_files_of(desk, found),
            settled=(_settlement(kept, found),),
            # A letter nobody was sure of is not sent again once a mail speaks of it.
            proved=tuple((known, f"mail {kept.sha256[:16]} speaks of it") for known in spoken_of(books.office, mail)),
            bounces=reported.bounces,
            notes=(*proving.notes(found), *reported.notes),
        )
        return Decision(beside=beside, facts=found.facts, letters=found.letters)

    # A returned form is made from the file that came, which is kept with the decision about it.
    with books.ledger.files.at_hand(file.content for file in mail.attachments):
        write_down(books, maker, made)


def _settlement(kept: InboxMail, found: Sorted) -> Settlement:
    """Return the final state of a mail; one that was too large to be fetched whole is that, whatever its head says."""
    return Settlement(
        mail=kept.id,
        outcome=MailOutcome.OVERSIZE if kept.truncated else found.outcome,
        detail=str(kept.size_bytes) if kept.truncated else found.detail,
        cycles=tuple(dict.fromkeys(key for key, _ in found.facts)),
    )


def _files_of(desk: Desk, found: Sorted) -> tuple[KeptFile, ...]:
    """Return what a mail leaves behind as files: what it carries, and its words where they answer in lines."""
    from mailbot.core.forms.lines import words_file, words_so_far  # noqa: PLC0415 - a quiet pass reads no mail

    files = [KeptFile(content=file.content, media_type=file.media_type) for file in desk.mail.attachments]
    cycles = {cycle.key: cycle for cycle in desk.cycles}
    for key, fact in found.facts:
        if isinstance(fact, LinesArrived):
            words = words_so_far(cycles[key].unit(fact.unit), fact.lines)
            files.append(KeptFile(content=words_file(words), media_type="text/plain"))
    return tuple(files)


def _noted(desk: Desk, found: Sorted) -> tuple[tuple[str, JournalLine], ...]:
    """Return the journal lines of a mail that makes no fact, or that a person should read.

    A stranger is named to the operator there, free text to Subbag Program (`digests`).
    """
    from mailbot.core.sorting.free_text import heard_line  # noqa: PLC0415 - a quiet pass reads no mail

    heard = heard_line(desk, found)
    if found.facts:
        return heard
    detail = {"mail": desk.mail.sha256[:16], "outcome": found.outcome.value, "about": found.detail}
    return (("", line(desk.at, "mail_settled", **detail)), *heard)


def read_kept(books: Books, reader: MailReader, kept: InboxMail) -> Mail:
    """Read a kept mail and the forms it carries; never raises for anything the sender wrote."""
    from mailbot.reading.lines.lines import read_lines  # noqa: PLC0415 - a quiet pass reads no mail

    mail = _read_proved(books, reader, kept)
    if mail.through_list and _is_listed(books, kept, mail):
        # What a listed person writes through a mailing list is a person's mail.
        mail = replace(mail, automatic=None)
    if mail.automatic is not None:
        return mail
    mail = replace(mail, lines=read_lines(mail.own_words, books.office))
    if any(file.media_type == DOCX for file in mail.attachments) and _is_listed(books, kept, mail):
        mail = replace(mail, attachments=tuple(map(_passive, mail.attachments)))
    if kept.truncated:
        # Only the header block was fetched: whatever hung on it was too large to be read.
        return replace(mail, forms=(ReadForm(file_sha256="", file_name="", unreadable=Unreadable.TOO_LARGE),))
    files = form_files(mail)
    return replace(mail, forms=reader.read_forms(files)) if files else mail


def _passive(file: Attachment) -> Attachment:
    """Return a file as it may go on to others: of a Word document what shows, and nothing that runs or leads outside.

    One that cannot be read to the end is no document, and is answered as a broken file.
    """
    from mailbot.writing.word.passive_document import NotADocument, passive_document  # noqa: PLC0415 - as above

    if file.media_type != DOCX:
        return file
    try:
        content = passive_document(file.content)
    except NotADocument:
        return replace(file, media_type="application/octet-stream")
    if content == file.content:
        return file
    return replace(file, content=content, sha256=hashlib.sha256(content).hexdigest(), size_bytes=len(content))


def _read_proved(books: Books, reader: MailReader, kept: InboxMail) -> Mail:
    """Read a kept mail; where our server has not proved its sender, his signature is checked.

    The check asks the DNS, which may answer otherwise tomorrow. So it is made once for a mail, and what it found is
    kept in the inbox before anything is decided by it.
    """
    raw = books.ledger.inbox.to_read(kept)
    read = partial(
        reader.read_mail or _reads_here(reader),
        raw,
        received_at=kept.received_at,
        own_addresses=books.office.own_addresses,
        authserv_ids=reader.believed.get(kept.account, ()),
    )
    mail = read(signed_by=kept.signed_by or "")
    if kept.mended_sha256:
        # These are not the bytes that our server has looked at, and the mail they stand for is the one that came.
        return replace(mail, sha256=kept.sha256, proof=Proof.NONE if mail.proof.holds else mail.proof)
    if reader.look_up_txt is None or kept.signed_by is not None or not _asks_for_proof(books, kept, mail):
        return mail
    from mailbot.reading.proof.dkim_check import signing_domain  # noqa: PLC0415 - a quiet pass reads no mail

    signer = signing_domain(raw, received_at=kept.received_at, limits=reader.limits, dns=reader.look_up_txt)
    # A signed mail that came before and comes again in other clothes proves nothing: what is not signed was changed.
    signer = "" if signer and books.ledger.inbox.is_repeated(kept) else signer
    books.ledger.inbox.note_signer(kept.id, signer)
    return read(signed_by=signer) if signer else mail


def _reads_here(reader: MailReader) -> Callable[..., Mail]:
    """Return what reads a mail in this very process."""
    from mailbot.reading.mail import read_mail  # noqa: PLC0415 - a quiet pass reads no mail

    return partial(read_mail, limits=reader.limits)


def _asks_for_proof(books: Books, kept: InboxMail, mail: Mail) -> bool:
    """Say whether a check could matter: a whole mail, or a vacation reply, by a listed person that is not proved yet.

    A stranger makes us look up nothing.
    """
    by_robot = mail.automatic not in {None, Automatic.VACATION}
    if mail.proof is not Proof.NONE or by_robot or kept.truncated or not mail.sender:
        return False
    return _is_listed(books, kept, mail)


def _is_listed(books: Books, kept: InboxMail, mail: Mail) -> bool:
    """Say whether the sender was on the list on the day his mail came."""
    day = books.office.calendar.local(kept.received_at).date()
    return bool(mail.sender and books.office.roster.senders(mail.sender, day))


def form_files(mail: Mail) -> tuple[Attachment, ...]:
    """Return what of a mail is read as a form: nothing a robot sent, no small picture, no invitation, no card."""
    if mail.automatic is not None:
        return ()
    return tuple(
        file
        for file in mail.attachments
        if file.media_type not in BESIDE_THE_POINT
        and (not file.media_type.startswith("image/") or file.size_bytes >= _LOGO_BYTES)
    )
