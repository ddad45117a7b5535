"""Why an order about a unit's form comes to nothing: each cause by its own name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import UnitForm, UnitState
from mailbot.core.model.letters import Reason
from mailbot.core.orders.why_not import WhyNot, why_not
from tests.offices.small import OFFICE

NONE = UnitForm(unit="a")


@pytest.mark.parametrize(
    ("word", "rest", "reason", "why"),
    [
        (Word.TERIMA, "", Reason.NO_REASON, WhyNot.NO_REASON),
        (Word.TERIMA, "baik", Reason.NOTHING_TO_ACCEPT, WhyNot.NOTHING_CAME),
        (Word.KEMBALIKAN, "keliru", Reason.NOTHING_TO_RETURN, WhyNot.NOTHING_CAME),
        (Word.PERPANJANG, "besok", Reason.BAD_DATE, WhyNot.NO_DATE),
        (Word.PERPANJANG, "2026-01-18", Reason.BAD_DATE, WhyNot.CLOSED_DAY),
        (Word.PERPANJANG, "2025-01-13", Reason.BAD_DATE, WhyNot.PAST_DAY),
        (Word.PERPANJANG, "2026-01-19", Reason.NOTHING_TO_EXTEND, WhyNot.LOCKED),
        (Word.PERPANJANG, "2026-01-19", "", WhyNot.UNCHANGED),
    ],
)
def test_each_cause_has_its_own_name(word: Word, rest: str, reason: str, why: WhyNot) -> None:
    """From the answer that the order would have by mail, and from how the unit stands."""
    assert why_not(word, rest, str(reason), NONE, OFFICE.calendar) is why


def test_an_accepted_form_wants_no_more_time() -> None:
    """And where forms came, the figures are what is locked."""
    done = replace(NONE, state=UnitState.ACCEPTED)
    assert why_not(Word.PERPANJANG, "2026-01-19", Reason.NOTHING_TO_EXTEND, done, OFFICE.calendar) is WhyNot.ACCEPTED
