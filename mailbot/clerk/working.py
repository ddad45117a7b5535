"""Steps 4 to 8 of the walk for one mail: read, place, decide, settle; what cannot be worked is set aside."""

from __future__ import annotations

import traceback
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.configuration.waiting import decided_line, decided_notes
from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.held.held_mail import said_of_held
from mailbot.clerk.keeping.spoilt import note_spoilt
from mailbot.clerk.opening.telling import said_of_openings
from mailbot.clerk.readdressing import came_back_in, unproved_reports
from mailbot.core.model.facts import LinesArrived
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.procedure.addressing import line
from mailbot.errors import (
    FileAway,
    FileSpoilt,
    LedgerProblem,
    PagesAwaited,
    PdfAwaited,
    StaleCycle,
    TemplateProblem,
    nameable,
)
from mailbot.ledger.values import Changes, KeptFile, Settlement
from mailbot.reading.defects import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailbot.clerk.parts import Books, MailReader, MakesLetters
    from mailbot.core.model.mail import Mail
    from mailbot.core.model.outcome import JournalLine
    from mailbot.core.sorting.placing import Desk, Sorted
    from mailbot.ledger.values import InboxMail

ATTEMPTS = 3
"""A mail that fails this often is set aside."""
_NOT_ITS_FAULT = timedelta(hours=1)
_DIED = "the process died each time it worked this mail"
_IN_PART = "the mail was read only in part"


def work_one(
    books: Books,
    maker: MakesLetters,
    reader: MailReader,
    awaiting: dict[int, str],
    senders: Sequence[str] | None = None,
) -> bool:
    """Work the oldest mail that has no final state yet, of these senders or of any; return whether there was one.

    A mail that failed, or whose letters await a PDF, is passed over for the rest of this pass, lest its tries follow at
    once: its number and why stand in `awaiting`, or nothing where that is no trouble. What blames the mail is a try.
    """
    inbox = books.ledger.inbox
    kept = next((mail for mail in inbox.unsettled(len(awaiting) + 1, senders) if mail.id not in awaiting), None)
    if kept is None:
        return False
    if not (attempt := inbox.begin_attempt(kept.id)):
        return True  # somebody else has settled it since
    if attempt > ATTEMPTS:
        from mailbot.clerk.desk.setting_aside import set_aside  # noqa: PLC0415 - a quiet pass sets nothing aside

        set_aside(books, maker, reader, kept, kept.error or _DIED, tries=attempt - 1)
        return True
    try:
        _work(books, maker, reader, kept)
    except (PagesAwaited, PdfAwaited) as without:
        inbox.take_back_attempt(kept.id)
        awaiting[kept.id] = "" if isinstance(without, PagesAwaited) else str(without)
    except LedgerProblem as away:
        inbox.take_back_attempt(kept.id)
        if isinstance(away, FileSpoilt):
            note_spoilt(books, away)  # the mail waits unworked: nobody counts as silent meanwhile
        elif not isinstance(away, (StaleCycle, FileAway)):
            raise  # the database is away: no mail can be worked
        awaiting[kept.id] = str(away)
    except Exception as wrong:  # noqa: BLE001 - whatever it is, it stops no other mail (F22)
        _failed(books, maker, reader, kept, attempt, wrong)
        awaiting[kept.id] = f"mail {kept.id}: {nameable(wrong)}; in full: mailbot inbox show {kept.id}"
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
        from mailbot.clerk.desk.setting_aside import set_aside  # noqa: PLC0415 - a quiet pass sets nothing aside

        set_aside(books, maker, reader, kept, error, tries=attempt)


def _work(books: Books, maker: MakesLetters, reader: MailReader, kept: InboxMail) -> None:
    """Read, sort and decide one mail, and write everything down together with its settlement."""
    from mailbot.clerk.desk.edited_drafts import with_drafts_examined  # noqa: PLC0415 - a quiet pass reads no mail
    from mailbot.clerk.desk.kept_mail import read_kept  # noqa: PLC0415 - a quiet pass reads no mail
    from mailbot.clerk.desk.placing import desk_for, prove, spoken_of  # noqa: PLC0415 - a quiet pass reads no mail
    from mailbot.core.sorting.sorting import sort  # noqa: PLC0415 - a quiet pass reads no mail

    at = books.clock()
    mail = read_kept(books, reader, kept)
    if _set_aside_if_hostile(books, maker, reader, kept, mail):
        return

    def made() -> Decision:
        """Place and sort the mail against what the ledger holds now."""
        read = partial(read_kept, books, reader)
        proving = prove(books, reader.secret, desk_for(books, mail, at, read), read)
        desk = _looked_into(books, reader, proving.desk)
        found, drafts = with_drafts_examined(books, maker, desk, sort(desk))
        reported = came_back_in(found, at)
        told, noted, entered = said_of_openings(books, found.opening)
        answered, fate, destroyed = said_of_held(books, found.held_order)
        beside = Changes(
            at=at,
            journal=(*entered, *fate, *proving.journal(found), *_noted(desk, found, kept)),
            files=(*_files_of(desk, found), *drafts),
            settled=(_settlement(kept, found),),
            # A letter nobody was sure of is not sent again once a mail speaks of it.
            proved=tuple((known, f"mail {kept.sha256[:16]} speaks of it") for known in spoken_of(books.office, mail)),
            bounces=reported.bounces,
            destroyed=destroyed,
            notes=(*proving.notes(found), *reported.notes, *noted, *decided_notes(found.decided)),
            held=_held(mail, kept),
        )
        return Decision(beside=beside, facts=found.facts, letters=(*found.letters, *told, *answered))

    # A returned form is made from the file that came, which is kept with the decision about it.
    with books.ledger.files.at_hand(file.content for file in mail.attachments):
        write_down(books, maker, made)


def _looked_into(books: Books, reader: MailReader, desk: Desk) -> Desk:
    """Return a desk with what the files of its mails are: signed papers, files in which something is marked."""
    from mailbot.clerk.desk.returned_files import with_returned_read  # noqa: PLC0415 - a quiet pass reads no mail
    from mailbot.clerk.desk.returned_papers import with_papers_checked  # noqa: PLC0415 - as above

    return with_returned_read(books, reader, with_papers_checked(books, reader, desk))


def _set_aside_if_hostile(books: Books, maker: MakesLetters, reader: MailReader, kept: InboxMail, mail: Mail) -> bool:
    """Set a mail aside that was read only in part, on purpose, and say so: whatever it seems to say is not acted on."""
    hostile = sorted(HOSTILE.intersection(mail.defects))
    if not hostile:
        return False
    from mailbot.clerk.desk.setting_aside import set_aside  # noqa: PLC0415 - a quiet pass sets nothing aside

    set_aside(books, maker, reader, kept, f"{_IN_PART}: {', '.join(hostile)}", tries=1, defects=hostile)
    return True


def _held(mail: Mail, kept: InboxMail) -> tuple[str, ...]:
    """Return what is to be sealed of a mail with numbers like a NIK: as it came, as it was mended, what it carries."""
    from mailbot.core.held.held_back import held_in  # noqa: PLC0415 - a quiet pass reads no mail

    found = held_in(mail)
    return (*found, kept.mended_sha256) if found and kept.mended_sha256 else found


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


def _noted(desk: Desk, found: Sorted, kept: InboxMail) -> tuple[tuple[str, JournalLine], ...]:
    """Return the journal lines of a mail: for its cycles, or that it makes no fact, and what a person should read.

    A stranger is named to the operator there, free text to Subbag Program (`digests`).
    """
    from mailbot.clerk.desk.kept_mail import mail_lines  # noqa: PLC0415 - a quiet pass reads no mail
    from mailbot.core.sorting.free_text import heard_line  # noqa: PLC0415 - a quiet pass reads no mail

    edit = (("", decided_line(found.decided, desk.at)),) if found.decided is not None else ()
    heard = (*heard_line(desk, found), *unproved_reports(desk), *edit)
    if found.facts:
        return (*heard, *mail_lines(kept, _settlement(kept, found), desk.at))
    detail = {"mail": desk.mail.sha256[:16], "outcome": found.outcome.value, "about": found.detail}
    return (("", line(desk.at, "mail_settled", **detail)), *heard)
