"""Steps 4 to 8 of the walk for one mail: read, place, decide, settle; what cannot be worked is set aside."""

from __future__ import annotations

import traceback
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.composing import to_operator
from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.placing import desk_for, letters_of, prove, spoken_of
from mailbot.core.forms.lines import words_file, words_so_far
from mailbot.core.forms.privacy import held_letters
from mailbot.core.model.facts import LetterUndelivered, LinesArrived
from mailbot.core.model.form import ReadForm, Unreadable
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.mail import Mail, Proof
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.procedure.addressing import line
from mailbot.core.sorting.placing import Desk
from mailbot.core.sorting.sorting import sort
from mailbot.errors import LedgerProblem, StaleCycle, TemplateProblem
from mailbot.ledger.values import KeptFile, Settlement
from mailbot.reading.defects import HOSTILE
from mailbot.reading.limits import MailLimits
from mailbot.reading.lines.line_answers import read_lines
from mailbot.reading.mail import read_mail
from mailbot.reading.proof.dkim_check import signing_domain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailbot.clerk.parts import Clerk
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.mail import Attachment
    from mailbot.core.model.outcome import JournalLine
    from mailbot.core.sorting.placing import Sorted
    from mailbot.ledger.values import InboxMail
    from mailbot.settings.settings import Limits

_DIED = "the process died each time it worked this mail"
_IN_PART = "the mail was read only in part"
_LOGO_BYTES = 40_000
"""A picture smaller than this is a logo in somebody's signature, not a photographed form."""


def work_one(clerk: Clerk) -> bool:
    """Work the oldest mail that has no final state yet; return whether there was one."""
    waiting = clerk.ledger.inbox.unsettled(1)
    if not waiting:
        return False
    kept = waiting[0]
    attempt = clerk.ledger.inbox.begin_attempt(kept.id)
    if attempt > clerk.attempts:
        set_aside(clerk, kept, kept.error or _DIED, tries=attempt - 1)
        return True
    try:
        _work(clerk, kept)
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
            clerk, desk_for(clerk, mail, at), read=partial(read_kept, clerk), about=partial(letters_of, clerk)
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
            proved=tuple((one, f"mail {kept.sha256[:16]} speaks of it") for one in spoken_of(clerk, mail)),
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


def read_proved(clerk: Clerk, kept: InboxMail, limits: MailLimits) -> Mail:
    """Read a kept mail, its sender proved by whatever there is; never raises for anything the sender wrote."""
    raw = clerk.ledger.inbox.raw(kept.id)
    read = partial(
        read_mail,
        raw,
        received_at=kept.received_at,
        own_addresses=clerk.office.own_addresses,
        authserv_ids=clerk.believes(kept.account),
        limits=limits,
    )
    mail = read(signed_by=kept.signed_by or "")
    if clerk.look_up_txt is None or kept.signed_by is not None or not _asks_for_proof(clerk, kept, mail):
        return mail
    signer = signing_domain(raw, received_at=kept.received_at, limits=limits, dns=clerk.look_up_txt)
    # A signed mail that came before and comes again in other clothes proves nothing: what is not signed was changed.
    signer = "" if signer and clerk.ledger.inbox.is_repeated(kept) else signer
    clerk.ledger.inbox.note_signer(kept.id, signer)
    return read(signed_by=signer) if signer else mail


def _asks_for_proof(clerk: Clerk, kept: InboxMail, mail: Mail) -> bool:
    """Say whether a check could matter: a whole mail by a listed person that our server has not proved.

    A stranger makes us look up nothing.
    """
    if mail.proof is not Proof.NONE or mail.automatic is not None or kept.truncated or not mail.sender:
        return False
    day = clerk.office.calendar.local(kept.received_at).date()
    return bool(clerk.office.roster.senders(mail.sender, day))
