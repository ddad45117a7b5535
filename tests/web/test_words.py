"""The board's words: the same in both languages, one for every state, none that is a method of a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mailbot.core.codes.languages import Language
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.unreadable import Unreadable
from mailbot.ledger.board.came_of import UNUSABLE
from mailbot.ledger.values import LetterState
from mailbot.web.pages.boxes.fates import TOLD
from mailbot.web.printing import board_words
from mailbot.writing.words.templates import shipped_templates

WORDS = {language: board_words((shipped_templates(),), language) for language in Language}


def _keys(words: Any, at: str = "") -> Iterator[str]:  # noqa: ANN401 - a table, or a word in it
    if isinstance(words, dict):
        for key, inside in words.items():
            yield f"{at}.{key}"
            yield from _keys(inside, f"{at}.{key}")


def test_both_languages_say_the_same_things() -> None:
    """What is said in one is said in the other."""
    assert set(_keys(WORDS[Language.INDONESIAN])) == set(_keys(WORDS[Language.ENGLISH]))


def test_no_key_is_what_python_calls_something_else() -> None:
    """`w.unit.values` would be a method of the table, not a word in it."""
    assert not {key.rpartition(".")[2] for key in _keys(WORDS[Language.INDONESIAN])} & set(dir(dict))


def test_every_state_has_its_word_and_its_reason() -> None:
    """Of mails and of letters."""
    words = WORDS[Language.INDONESIAN]
    assert {outcome.value for outcome in MailOutcome} | {"waits"} == set(words["outcomes"])
    assert {outcome.value for outcome in MailOutcome} | {"waits", "tried"} == set(words["why_mail"])
    assert {state.value for state in LetterState} | {"bounced"} == set(words["letter_states"])
    fates = {event for event, _ in TOLD} | {"answered"}
    assert fates == set(words["came_of"]) == set(words["why_came_of"])
    assert {reason.value for reason in Unreadable} | {"told", *UNUSABLE} == set(words["sent_back"])
