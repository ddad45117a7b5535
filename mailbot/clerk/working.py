"""Steps 4 to 8 of the walk for one mail: read, place, decide, settle; what cannot be worked is set aside."""

from __future__ import annotations

import traceback
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.codes import as_sent, prove
from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.memory import last_values
from mailbot.clerk.proving import read_proved
from mailbot.clerk.telling import to_operator
from mailbot.core.forms.lines import words_file, words_so_far
from mailbot.core.forms.privacy import held_letters
from mailbot.core.model.facts import LetterUndelivered, LinesArrived
from mailbot.core.model.form import ReadForm, Unreadable
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.mail import Mail
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.procedure.addressing import line
from mailbot.core.sorting.placing import Desk, SentLetter
from mailbot.core.sorting.sorting import sort
from mailbot.errors import LedgerProblem, PdfAwaited, StaleCycle, TemplateProblem
from mailbot.ledger.values import KeptFile, Settlement
from mailbot.reading.defects import HOSTILE
from mailbot.reading.limits import MailLimits
from mailbot.reading.lines.line_answers import read_lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailbot.clerk.clerk import Clerk
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.mail import Attachment
    from mailbot.core.model.outcome import JournalLine
    from mailbot.core.sorting.placing import Sorted
    from mailbot.ledger.values import InboxMail, OutboxLetter
    from mailbot.settings.settings import Limits

_DIED = "the process died each time it worked this mail"
_IN_PART = "the mail was read only in part"
_LOGO_BYTES = 40_000
"""A picture smaller than this is a logo in somebody's signature, not a photographed form."""


def work_one(clerk: Clerk, awaiting: dict[int, str]) -> bool:
    """Work the oldest mail that has no final state yet; return whether there was one.

    Args:
        clerk: the clerk.
        awaiting: mails of this pass whose letters await a PDF, with the reason; passed over, and added to.
    """
    waiting = (mail for mail in clerk.ledger.inbox.unsettled(len(awaiting) + 1) if mail.id not in awaiting)
    kept = next(waiting, None)
    if kept is None:
        return False
    attempt = clerk.ledger.inbox.begin_attempt(kept.id)
    if attempt > clerk.attempts:
        set_aside(clerk, kept, kept.error or _DIED, tries=attempt - 1)
        return True
    try:
        _work(clerk, kept)
    except PdfAwaited as without:
        clerk.ledger.inbox.take_back_attempt(kept.id)
        awaiting[kept.id] = str(without)
    except Exception as wrong:
        if isinstance(wrong, LedgerProblem) and not isinstance(wrong, StaleCycle):
            raise  # the database is away; that says nothing about this mail. Anything else stops no other mail (F22)
        error = traceback.format_exc()
        clerk.ledger.inbox.note_failure(kept.id, error)
        if attempt >= clerk.attempts:
            set_aside(clerk, kept, error, tries=attempt)
    return True


def _work(clerk: Clerk, kept: InboxMail) -> None:
    """Read, sort and decide one mail, and write everything down together with its settlement."""
    at = clerk.clock()
    mail = read_kept(clerk, kept)
    hostile = sorted(HOSTILE.intersection(mail.defects))
    if hostile:
        # Read only in part, on purpose: whatever it seems to say is not acted on, and nobody is answered.
        set_aside(clerk, kept, f"{_IN_PART}: {', '.join(hostile)}", tries=1, defects=hostile)
        return

    def made() -> Decision:
        """Place and sort the mail against what the ledger holds now."""
        proving = prove(
            clerk, desk_for(clerk, mail, at), read=partial(read_kept, clerk), about=partial(_letters_of, clerk)
        )
        found = sort(proving.desk)
        return Decision(
            facts=found.facts,
            letters=(*found.letters, *held_letters(proving.desk, found)),
            journal=(*proving.journal(found), *_noted(proving.desk, found)),
            files=_files_of(proving.desk, found),
            settled=(
                Settlement(
                    mail=kept.id,
                    outcome=MailOutcome.OVERSIZE if kept.truncated else found.outcome,
                    detail=str(kept.size_bytes) if kept.truncated else found.detail,
                    cycles=tuple(dict.fromkeys(key for key, _ in found.facts)),
                ),
            ),
            notes=proving.notes(found),
            # A letter nobody was sure of is not sent again once a mail speaks of it.
            proved=tuple((one, f"mail {kept.sha256[:16]} speaks of it") for one in _spoken_of(clerk, mail)),
            bounces=tuple((fact.letter, fact.status) for _, fact in found.facts if isinstance(fact, LetterUndelivered)),
        )

    # A returned form is made from the file that came, so the files must be there before the letters are written.
    for one in mail.attachments:
        clerk.ledger.files.keep(one.content, one.media_type, at)
    write_down(clerk, at, made)


def _files_of(desk: Desk, found: Sorted) -> tuple[KeptFile, ...]:
    """Return what a mail leaves behind as files: what it carries, and its words where they answer in lines."""
    files = [KeptFile(content=one.content, media_type=one.media_type) for one in desk.mail.attachments]
    cycles = {cycle.key: cycle for cycle in desk.cycles}
    for key, fact in found.facts:
        if isinstance(fact, LinesArrived):
            words = words_so_far(cycles[key].unit(fact.unit), fact.lines)
            files.append(KeptFile(content=words_file(words), media_type="text/plain"))
    return tuple(files)


def read_kept(clerk: Clerk, kept: InboxMail) -> Mail:
    """Read a kept mail and the forms it carries; never raises for anything the sender wrote."""
    mail = read_proved(clerk, kept, mail_limits(clerk.limits))
    if mail.automatic is not None:
        return mail
    mail = replace(mail, lines=read_lines(mail.own_words, clerk.office))
    if kept.truncated:
        # Only the header block was fetched: whatever hung on it was too large to be read.
        return replace(mail, forms=(ReadForm(file_sha256="", file_name="", unreadable=Unreadable.TOO_LARGE),))
    files = form_files(mail)
    return replace(mail, forms=clerk.read_forms(files)) if files else mail


def form_files(mail: Mail) -> tuple[Attachment, ...]:
    """Return what of a mail is read as a form: nothing a robot sent, and no small picture."""
    if mail.automatic is not None:
        return ()
    return tuple(
        one for one in mail.attachments if not one.media_type.startswith("image/") or one.size_bytes >= _LOGO_BYTES
    )


def mail_limits(limits: Limits) -> MailLimits:
    """Return the office's limits as the reader of mails takes them."""
    return MailLimits(
        message_bytes=limits.message_bytes,
        header_bytes=limits.header_bytes,
        field_bytes=limits.field_bytes,
        fields=limits.fields,
        depth=limits.depth,
        parts=limits.parts,
        boundary_bytes=limits.boundary_bytes,
        attachments=limits.attachments,
        file_name_chars=limits.file_name_chars,
        zip_members=limits.zip_members,
        unpacked_bytes=limits.unpacked_bytes,
        unpack_ratio=limits.unpack_ratio,
    )


def desk_for(clerk: Clerk, mail: Mail, at: datetime) -> Desk:
    """Lay beside a mail all that is needed to say what it is."""
    cycles = _cycles(clerk)
    return Desk(
        mail=mail,
        at=at,
        office=clerk.office,
        about=_letters_of(clerk, mail),
        bounced=tuple(_sent(clerk, bounce.message_id) if bounce.message_id else None for bounce in mail.bounces),
        cycles=cycles,
        last={cycle.key: last_values(clerk.ledger, cycle) for cycle in cycles if _asks_for_figures(mail, cycle)},
    )


def _letters_of(clerk: Clerk, mail: Mail) -> tuple[SentLetter, ...]:
    """Return our letters that a mail refers to, nearest first: by its thread, then by what it quotes."""
    return tuple(letter for one in _ids(clerk, mail) if (letter := _sent(clerk, one)) is not None)


def _ids(clerk: Clerk, mail: Mail) -> tuple[str, ...]:
    """Return the Message-IDs a mail answers or quotes, ours or not, nearest first."""
    domain = clerk.office.mailbox.rpartition("@")[2]
    return tuple(dict.fromkeys((*mail.in_reply_to, *(f"<{token}@{domain}>" for token in mail.tokens))))


def _spoken_of(clerk: Clerk, mail: Mail) -> tuple[str, ...]:
    """Return the Message-IDs that a mail could only know from a letter that arrived: answered, quoted or reported."""
    reported = (bounce.message_id for bounce in mail.bounces if bounce.message_id)
    return (*_ids(clerk, mail), *reported)


def _asks_for_figures(mail: Mail, cycle: Cycle) -> bool:
    """Say whether figures of a cycle may be judged: a form came, or lines, or a word about lines that wait."""
    waiting = any(form.waiting is not None for form in cycle.units)
    return not cycle.closed and (bool(mail.forms) or mail.lines is not None or waiting)


def _cycles(clerk: Clerk) -> tuple[Cycle, ...]:
    """Return the open cycles, the oldest first, then the closed ones, the latest first."""
    every = clerk.ledger.cycles.all()
    running = sorted((one for one in every if not one.closed), key=lambda one: one.opened_at)
    ended = sorted((one for one in every if one.closed), key=lambda one: one.opened_at, reverse=True)
    return (*running, *ended)


def _sent(clerk: Clerk, message_id: str) -> SentLetter | None:
    """Return a letter of ours by its Message-ID, or None."""
    letter: OutboxLetter | None = clerk.ledger.letters.by_message_id((message_id,))
    return as_sent(letter) if letter is not None else None


def _noted(desk: Desk, found: Sorted) -> tuple[tuple[str, JournalLine], ...]:
    """Return the journal line of a mail that makes no fact; a stranger is named to the operator there."""
    if found.facts:
        return ()
    detail = {"mail": desk.mail.sha256[:16], "outcome": found.outcome.value, "about": found.detail}
    return (("", line(desk.at, "mail_settled", **detail)),)


def set_aside(clerk: Clerk, kept: InboxMail, error: str, *, tries: int, defects: Sequence[str] = ()) -> None:
    """Give up on a mail, or on one built to do harm (`defects`); the operator is told, and it can be replayed.

    A mail is also set aside when the operator's letter itself cannot be written: it must not hold up the others.
    """
    at = clerk.clock()
    settlement = Settlement(mail=kept.id, outcome=MailOutcome.SET_ASIDE, detail=" ".join(defects), error=error)
    note = line(at, "mail_set_aside", mail=str(kept.id), tries=str(tries))
    quiet = Decision(journal=(("", note),), settled=(settlement,))
    told = replace(quiet, letters=_told_operator(clerk, kept, error, at, tries, defects))
    try:
        write_down(clerk, at, lambda: told)
    except TemplateProblem:
        write_down(clerk, at, lambda: quiet)


def _told_operator(
    clerk: Clerk, kept: InboxMail, error: str, at: datetime, tries: int, defects: Sequence[str]
) -> tuple[Letter, ...]:
    """Return the letter that tells the operator of a mail set aside; a mail replayed in vain is told of once more."""
    about = (
        ("mail", str(kept.id)),
        ("received_at", kept.received_at.isoformat()),
        ("error", error.strip().rpartition("\n")[2]),
        ("tries", "" if defects else str(tries)),
        ("defects", " ".join(defects)),
    )
    head = clerk.ledger.journal.head().count
    return to_operator(clerk, at, LetterKind.SET_ASIDE, kept.id, head, about=about)
