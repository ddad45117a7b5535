"""The table of the procedure as a page for people: `python -m tests.core.procedure.read_aloud` writes it anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from mailbot.core.draft.draft_facts import SignerChanged
from mailbot.core.model.facts import Fact, FormArrived
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.procedure import speakers, table
from mailbot.core.procedure.acts import Act, Line, Move
from mailbot.core.procedure.addressing import Refusal
from mailbot.core.procedure.table import ROWS, TABLE, Key
from tests.offices.small import ROWS as SOP

PAGE = Path(__file__).parents[3] / "docs" / "procedure.md"

NAMES = {value: name for name, value in vars(table).items() if isinstance(value, Act | Refusal)}
"""What stands in the cells, by the name it has in the table."""
ASKED = {
    name: value
    for name, value in vars(table).items()
    if isinstance(value, tuple) and name.islower() and all(callable(question) for question in value)
}
"""What is asked before the row is looked at, by the name it has in the table."""
BECOMES: dict[type[Fact], str] = {
    FormArrived: "What comes of it may be a form, which then has the line of a form.",
    SignerChanged: "What comes of it may be that somebody else signs, which then has its own line.",
}
MOVES = {
    Move.STAYS: "",
    Move.ON: "Then the cycle goes on, for as long as its row is over by what stands.",
    Move.ANEW: "Then the row begins anew.",
    Move.BACK: "Then the cycle goes back to where a refusal of the row leads, once it stands.",
    Move.TO_CHECK: "Then the cycle goes back to row 4.",
    Move.TO_DRAFT: "Then the cycle goes back to row 6.",
    Move.TO_REVIEW: "Then the cycle goes back to row 6b.",
    Move.ENDS: "Then the cycle is over.",
}
HEAD = """\
# The procedure: what happens when, row by row

This page is made from `mailbot/core/procedure/table.py`, and a test holds it equal to it. One line is one thing that
can happen (or one reply word, and whose it is), one column is one row of the SOP. In `small` letters stands what is
done, in `CAPITALS` how it is refused: nothing moves then, and whoever said it gets the letter that is named below.
Nothing but these entries moves a cycle. What ends a row, and where a refusal leads back, stands in `config/sop.yaml`.

"""


def page() -> str:
    """Return the whole page."""
    parts = (
        HEAD + "\n".join(_table()),
        "## Asked first\n\nWho is refused here is answered, and the row is not looked at.\n\n" + "\n".join(_asked()),
        "## Done\n\n" + "\n".join(_acts()),
        "## Refused\n\n" + "\n".join(_refusals()),
        "## When a row begins\n\n" + "\n".join(_rows()),
    )
    return "\n\n".join(parts) + "\n"


def _table() -> Iterator[str]:
    """Give the table's lines."""
    numbers = {row.step: row.sop for row in SOP}
    yield "| | asked first | " + " | ".join(f"{numbers[step]} {step.value}" for step in Step) + " | closed |"
    yield "|" + "---|" * (len(Step) + 3)
    for key, line in TABLE.items():
        cells = (f"`{NAMES[entry]}`" for entry in line.entries)
        yield f"| {_named(key)} | {_first(key, line)} | " + " | ".join(cells) + " |"


def _named(key: Key) -> str:
    """Return what a line is about: the fact in words, or the reply word."""
    if isinstance(key, tuple):
        return f"**{key[0].value}**"
    if isinstance(key, type):
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key.__name__).lower()
    return f"**{key.value}**"


def _first(key: Key, line: Line) -> str:
    """Return what is asked first: of a deciding word who says it, else the list's name."""
    if isinstance(key, tuple):
        return key[1].value
    return next(f"`{name}`" if value else "" for name, value in ASKED.items() if value == line.first)


def _asked() -> Iterator[str]:
    """Give each list of questions."""
    for name, questions in ASKED.items():
        if questions:
            yield f"- `{name}`: " + " ".join(sentence(question) for question in questions)
    whose = ", ".join(role.value for role in Role if speakers.decides(role))
    yield f"- A deciding word that has no line for whoever says it ({whose}) is answered with `not_yours`."


def _acts() -> Iterator[str]:
    """Give each act in a sentence, and where the cycle goes after it."""
    for act, name in NAMES.items():
        if isinstance(act, Act):
            becomes = BECOMES[act.becomes] if act.becomes is not None else ""
            after = sentence(act.after) if act.after is not None else ""
            yield f"- `{name}`: " + " ".join(filter(None, (sentence(act.does), MOVES[act.moves], after, becomes)))


def _refusals() -> Iterator[str]:
    """Give each refusal with its letter and reason."""
    for refusal, name in NAMES.items():
        if isinstance(refusal, Refusal):
            yield f"- `{name}`: letter `{LetterKind.OUT_OF_TURN.value}`, reason `{refusal.reason.value}`."


def _rows() -> Iterator[str]:
    """Give what each row makes ready, sends and goes on asking with."""
    yield "| row | made ready | sent | asked again with |"
    yield "|---|---|---|---|"
    for step, row in ROWS.items():
        yield f"| {step.value} | {sentence(row.ready)} | {sentence(row.sends)} | {sentence(row.stands)} |"


def sentence(function: Callable[..., Any]) -> str:
    """Return the first line of a function's docstring."""
    return (function.__doc__ or "").strip().splitlines()[0]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
