"""`docs/reference/letters.md`: every kind of letter: what it is called, why it is sent, where its words stand."""

from __future__ import annotations

from dataclasses import fields

from mailbot.core.model.letters import LetterKind
from mailbot.writing.selfcheck.sample_letters import KINDS
from mailbot.writing.words.templates import read_words, shipped_templates
from tests.docs.page import cell, contents, section

KEPT = "../../tests/stories/word_for_word/kept"
LETTERS = "../../templates/letters"


def page() -> str:
    """Return the whole page."""
    folder = shipped_templates()
    ours, english = (read_words(folder / name)["kinds"] for name in ("why.yaml", "en/why.yaml"))
    spoken = {kind.letter_kind: kind for kind in KINDS}
    return contents(kind.value for kind in LetterKind) + "".join(
        section(
            kind.value,
            f"**{cell(ours[kind.value][0])}** ({cell(english[kind.value][0])}). "
            f"{(spoken[kind].__doc__ or '').strip().splitlines()[0]}",
            "",
            f"- Why: {cell(ours[kind.value][1])}.",
            f"- In English: {cell(english[kind.value][1])}.",
            f"- Its `about`: {', '.join(f'`{one.name}`' for one in fields(spoken[kind])) or 'nothing'}.",
            f"- Words: [`{kind.value}.j2`]({LETTERS}/{kind.value}.j2).",
            f"- Example: [`{kind.value}.txt`]({KEPT}/{kind.value}.txt).",
        )
        for kind in LetterKind
    )
