"""The one-time code: which of our challenges a mail answers with it, and the earlier mail whose word then counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.model.letters import LetterKind
from mailbot.core.model.mail import Proof
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.procedure.addressing import line
from mailbot.core.procedure.answering import challenged_mail
from mailbot.core.procedure.word_asked import current
from mailbot.core.sorting.placing import SentLetter
from mailbot.writing.letters.letter import one_time_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.clerk.clerk import Clerk
    from mailbot.core.model.mail import Mail
    from mailbot.core.model.outcome import JournalLine
    from mailbot.core.sorting.placing import Desk, Sorted
    from mailbot.ledger.values import InboxMail, OutboxLetter

_GUESSES = 5
"""So many wrong codes make a challenge void: a code of six digits must not be found by trying."""
_ACTED = frozenset({MailOutcome.VERDICT, MailOutcome.COMMAND, MailOutcome.FORM})
"""Final states in which a word was acted on, so that the code beside it, or behind it, is used up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proving:
    """A desk as it stands once the code in its mail was looked at, and what is to be remembered of that."""

    desk: Desk
    bearer: str = ""
    """Digest of the mail that brought the code."""
    fitted: OutboxLetter | None = None
    """The challenge whose code it is."""
    missed: tuple[tuple[str, int], ...] = ()
    """Key of each challenge that still waits and that the code is not of, with the wrong codes it has now seen."""

    def notes(self, found: Sorted) -> tuple[tuple[str, str], ...]:
        """Return what the ledger keeps beside the decision: a code used up, and codes that were wrong."""
        wrong = tuple((_wrong(key), str(count)) for key, count in self.missed)
        if self.fitted is None or found.outcome not in _ACTED:
            return wrong
        return ((_used(self.fitted.key), self.bearer),)

    def journal(self, found: Sorted) -> tuple[tuple[str, JournalLine], ...]:
        """Return the journal's line of a code that came back: whose, of which letter, in which mail."""
        if self.fitted is None or found.outcome not in _ACTED:
            return ()
        letter = self.fitted
        detail = {"letter": letter.key, "mail": self.bearer}
        return ((letter.cycle, line(self.desk.at, "code_returned", letter.person, **detail)),)


def prove(
    clerk: Clerk,
    desk: Desk,
    *,
    read: Callable[[InboxMail], Mail],
    about: Callable[[Mail], tuple[SentLetter, ...]],
) -> Proving:
    """Look at the code in a mail: its own bearer's, of a challenge about the present row and version, unused, in time.

    A mail with several codes proves nothing: it would be many guesses in one.

    Args:
        clerk: the clerk.
        desk: the mail with what lies beside it.
        read: reads a kept mail.
        about: returns our letters that a mail refers to.
    """
    if len(desk.mail.codes) != 1 or desk.mail.automatic is not None:
        return Proving(desk=desk)
    (code,) = desk.mail.codes
    waiting = _waiting(clerk, desk)
    fitted = next((one for one in waiting if one_time_code(clerk.secret, one.key) == code), None)
    if fitted is None:
        missed = tuple((one.key, 1 + _count(clerk, one.key)) for one in waiting)
        return Proving(desk=desk, missed=missed)
    kept = clerk.ledger.inbox.by_sha256(challenged_mail(fitted.key))
    earlier = read(kept) if kept is not None else None
    letters = (as_sent(fitted), *desk.about, *(about(earlier) if earlier is not None else ()))
    proved = replace(
        desk,
        mail=replace(desk.mail, proof=Proof.CODE),
        about=tuple({letter.key: letter for letter in letters}.values()),
        confirms=earlier,
    )
    return Proving(desk=proved, bearer=desk.mail.sha256, fitted=fitted)


def _waiting(clerk: Clerk, desk: Desk) -> tuple[OutboxLetter, ...]:
    """Return the challenges to whoever wrote that can still be answered, those this mail answers first."""
    open_cycles = {cycle.key: cycle for cycle in desk.cycles if not cycle.closed}
    since = desk.mail.received_at - timedelta(days=clerk.office.policy.code_valid_days)
    sent = [
        letter
        for person in desk.people
        for letter in clerk.ledger.letters.to_person(LetterKind.CHALLENGE.value, person.key, since)
        if letter.cycle in open_cycles and current(open_cycles[letter.cycle], letter.key)
    ]
    notes = clerk.ledger.notes
    live = [
        one
        for one in sent
        if notes.read(_used(one.key)) in {"", desk.mail.sha256} and _count(clerk, one.key) < _GUESSES
    ]
    answered = [letter.key for letter in desk.about]
    return tuple(sorted(live, key=lambda one: one.key not in answered))


def as_sent(letter: OutboxLetter) -> SentLetter:
    """Return a letter of the outbox as a desk has it."""
    return SentLetter(
        key=letter.key,
        kind=letter.kind,
        cycle=letter.cycle,
        unit=letter.unit,
        person=letter.person,
        address=letter.address,
    )


def _count(clerk: Clerk, key: str) -> int:
    """Return how many wrong codes a challenge has seen."""
    return int(clerk.ledger.notes.read(_wrong(key)) or 0)


def _used(key: str) -> str:
    """Return the name of the note that says which mail used up a challenge's code."""
    return f"code_used/{key}"


def _wrong(key: str) -> str:
    """Return the name of the note that counts a challenge's wrong codes."""
    return f"code_wrong/{key}"
