"""Which of the offices that share a mailbox a mail belongs to: one list of questions, asked from the top.

In doubt no office is shown a mail; so each question that makes doubt stands above the one that would have decided. A
reference is known to whoever got the letter: it decides which office looks at the mail, and that office proves the
sender as ever; but not against the lists, where whoever wrote is at home in other offices alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mailbot.core.postroom.traces import Hand

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.core.postroom.traces import Traces


class Doubt(StrEnum):
    """Why it is not known whose a mail is."""

    TWO_LETTERS = "two_letters"
    """It refers to letters of several offices."""
    TWO_FORMS = "two_forms"
    """It brings forms of several offices."""
    LETTER_AND_FORM = "letter_and_form"
    """It answers a letter of one office, and brings the form of another."""
    LISTED_ELSEWHERE = "listed_elsewhere"
    """It points to one office, and its sender is listed in others alone."""
    GONE_LETTER = "gone_letter"
    """It refers to a letter that none of the offices knows: perhaps one's that is here no more."""
    LISTED_IN_SEVERAL = "listed_in_several"
    """Nothing but its sender points anywhere, and he is listed in several offices."""
    ANOTHER_ADDRESS = "another_address"
    """The tag behind our address names another office than all else does."""
    NOBODY = "nobody"
    """Nothing points to any office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whose a mail is; or why that is not known, and what may then be done."""

    office: str = ""
    """Key of the one office that is shown the mail; empty: in doubt, and none is."""
    doubt: Doubt | None = None
    ask: bool = False
    """Its sender may be asked: a person, whom at least one of the offices knows."""


_Question = tuple["Callable[[Traces], bool]", "Doubt | Callable[[Traces], frozenset[str]]"]

QUESTIONS: tuple[_Question, ...] = (
    (lambda mail: len(mail.letters) > 1, Doubt.TWO_LETTERS),
    (lambda mail: len(mail.forms) > 1, Doubt.TWO_FORMS),
    (lambda mail: len(mail.signs) > 1, Doubt.LETTER_AND_FORM),
    # A server's report is about a letter of ours, and about nothing else; who it says it is from, and to, is no sign.
    (lambda mail: mail.hand is Hand.REPORT and bool(mail.signs), lambda mail: mail.signs),
    (lambda mail: mail.hand is Hand.REPORT, Doubt.NOBODY),
    (lambda mail: bool(mail.signs and mail.listed) and not mail.signs & mail.listed, Doubt.LISTED_ELSEWHERE),
    (lambda mail: bool(mail.plus - mail.signs) and bool(mail.signs), Doubt.ANOTHER_ADDRESS),
    (lambda mail: bool(mail.signs), lambda mail: mail.signs),
    (lambda mail: not mail.listed, Doubt.NOBODY),
    (lambda mail: mail.gone_letter, Doubt.GONE_LETTER),
    (lambda mail: len(mail.listed) > 1, Doubt.LISTED_IN_SEVERAL),
    (lambda mail: bool(mail.plus - mail.listed), Doubt.ANOTHER_ADDRESS),
    (lambda _mail: True, lambda mail: mail.listed),
)
"""The first that is answered with yes decides: to whom the one office belongs that is left, or why it is not known."""


def whose(mail: Traces) -> Whose:
    """Return whose a mail is, or why that is not known."""
    found = next(comes_to for asked, comes_to in QUESTIONS if asked(mail))
    if isinstance(found, Doubt):
        return Whose(doubt=found, ask=mail.hand is Hand.PERSON and bool(mail.listed))
    (office,) = found(mail)
    return Whose(office=office)
