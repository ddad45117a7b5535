"""The deadline that a letter sets, as a calendar file beside it; once what was asked has come, it is taken out."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.model.cycle import UnitState
from mailbot.core.model.letters import LetterKind as K
from mailbot.core.model.letters_in_answer import Extended
from mailbot.core.model.letters_of_rows import Receipt
from mailbot.core.model.sop import Step
from mailbot.writing.calendar_file import ICS, Entry, calendar_file
from mailbot.writing.letters.mime import Attached
from mailbot.writing.words.phrases import file_name

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.writing.letters.letter_context import LetterContext

_OF_A_FORM = frozenset(
    {
        *(K.REQUEST, K.REQUEST_COPY, K.RETURNED, K.PARTIAL, K.RETURNED_BY_PLANNING, K.REOPENED, K.EXTENDED, K.CONFLICT),
        *(K.RECEIPT, K.UNIT_ACCEPTED),
    }
)
"""Letters about the deadline of a unit's form; to whoever is not of the unit they set none."""
_OF_A_WORD = {
    K.DATA_NEEDS: Step.INFORM,
    K.DRAFT: Step.DRAFT,
    K.REVISION: Step.DRAFT,
    K.REVIEW: Step.REVIEW,
    K.RATIFY: Step.RATIFY,
    K.NUMBER_WANTED: Step.SUBMIT,
    K.PAPER_WANTED: Step.SUBMIT,
}
"""Letters that ask for something by the end of a row; of Bappeda Litbang we ask, and set it no deadline."""
_OVER = frozenset({K.RECEIPT, K.UNIT_ACCEPTED})
_SHOWN = timedelta(minutes=30)
_THE_DAY_BEFORE = timedelta(days=1)


def deadline_file(here: LetterContext, secret: bytes) -> tuple[Attached, ...]:
    """Return the calendar file that goes with a letter, none where it sets no deadline.

    One person has one entry for each unit's form and each row, whatever letters speak of it: the latest one counts.
    """
    letter, cycle = here.letter, here.cycle
    if cycle is None or not here.office.policy.calendar_files:
        return ()
    over = letter.kind in _OVER
    due_at = _due(here, cycle)
    if due_at is None or (due_at <= here.written_at and not over):
        return ()
    what = letter.unit or _OF_A_WORD[letter.kind].value
    domain = here.office.mailbox.rpartition("@")[2]
    entry = Entry(
        uid=f"{_digest(secret, cycle.key, what, letter.to)}@{domain}",
        begins=due_at - _SHOWN,
        ends=due_at,
        title=_title(here, cycle),
        text=here.phrases.word("deadline", "text").format(
            agency=here.office.letterhead.agency_name, contact=here.office.letterhead.contact
        ),
        # Minutes: every later letter takes the place of the one before, and nothing has to be counted.
        sequence=max(int((here.written_at - cycle.opened_at).total_seconds()) // 60, 0),
        reminds_before=_THE_DAY_BEFORE,
    )
    code = f"{'unit_' if letter.unit else ''}deadline{'_over' if over else ''}"
    return (
        Attached(
            name=file_name(here.phrases, code, ICS, cycle=cycle.key, unit=letter.unit),
            media_type=f"{ICS}; charset=utf-8; method={'CANCEL' if over else 'PUBLISH'}",
            content=calendar_file((entry,), written_at=here.written_at, withdrawn=over),
        ),
    )


def _due(here: LetterContext, cycle: Cycle) -> datetime | None:
    """Return the deadline that the letter sets, or that is over with it; None: neither."""
    letter, about = here.letter, here.letter.about
    if letter.kind in _OF_A_WORD:
        return letter.due_at
    form = cycle.form_of(letter.unit) if letter.unit else None
    if letter.kind not in _OF_A_FORM or form is None or here.addressee.unit != letter.unit:
        return None
    if letter.kind in _OVER:
        waits = isinstance(about, Receipt) and about.waits
        return form.due_at if form.state is UnitState.ACCEPTED and not waits else None
    snoozed = isinstance(about, Extended) and about.reason is not None
    return None if snoozed else letter.due_at


def _title(here: LetterContext, cycle: Cycle) -> str:
    """Return what stands in the calendar."""
    letter, period = here.letter, here.phrases.period(cycle.period)
    if letter.unit:
        return here.phrases.word("deadline", "form").format(unit=letter.unit.upper(), period=period)
    kind = letter.kind.value if letter.kind in {K.NUMBER_WANTED, K.PAPER_WANTED} else _OF_A_WORD[letter.kind].value
    return here.phrases.word("deadline", kind).format(period=period)


def _digest(secret: bytes, *parts: str) -> str:
    """Return what tells one deadline of one person from every other, and says nothing of either."""
    said = "deadline/" + "/".join(part.casefold() for part in parts)
    return hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()[:32]
