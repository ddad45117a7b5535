"""`docs/reference/reply-words.md`: every word of a reply: how it is spelled, whose it is, what it does in which row."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailbot.core.language.reply_words import VERDICTS, WITH_ARGUMENTS, WITH_REASON, Word
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.sop import Step
from mailbot.core.procedure.acts import Act
from mailbot.core.procedure.addressing import Refusal
from mailbot.core.procedure.table import TABLE, Key
from mailbot.writing.values.words_now import GUIDE_WORDS
from mailbot.writing.words.templates import shipped_templates
from tests.core.procedure.read_aloud import MOVES, sentence
from tests.docs.page import TOP, contents, section, table
from tests.offices.small import ROWS as SOP
from tests.writing.conftest import values_of
from tests.writing.sample_letters import full_letter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.procedure.acts import Line

BESIDES = {
    Word.BENAR: (
        ("mailbot/core/configuration/answering.py", "The operator lets an edit of the configuration count."),
        ("mailbot/core/forms/lines.py", "Lines that were read back become a form."),
        ("mailbot/core/papers/papers_in.py", "Subbag Program says that a paper it was shown is the signed one."),
        ("mailbot/core/draft/draft_facts.py", "Open changes in an edited draft are accepted."),
        ("mailbot/core/recall/naming.py", "A deputy who was named with PLH is in force."),
    ),
    Word.SALAH: (
        ("mailbot/core/configuration/answering.py", "The operator leaves the former configuration in force."),
        ("mailbot/core/forms/lines.py", "Lines that were read back are dropped."),
        ("mailbot/core/papers/papers_in.py", "Subbag Program says that a paper it was shown is not the signed one."),
    ),
    Word.TUNDA: (("mailbot/core/opening/ordering.py", "Subbag Program puts the opening of a cycle off."),),
    Word.HAPUS: (
        ("mailbot/core/held/held_fate.py", "What is held back is destroyed, with its files; it costs the code."),
    ),
    Word.SIMPAN: (("mailbot/core/held/held_fate.py", "A mail that is held back stays, sealed."),),
    Word.BATAL: (("mailbot/core/opening/ordering.py", "Subbag Program calls the opening of a cycle off."),),
}
"""What a word also does where it answers a letter that no row of the table is about, and the file that does it."""


def page() -> str:
    """Return the whole page."""
    office = yaml.safe_load((TOP / "config" / "office.yaml").read_text(encoding="utf-8"))
    ours, english = (_guide(folder) for folder in (shipped_templates(), shipped_templates() / "en"))
    synonyms = office["words"]["synonyms"]
    return contents(word.value for word in Word) + "".join(
        section(word.value, *_told(word, synonyms.get(word.value, []), ours[word.value], english[word.value]))
        for word in Word
    )


def _guide(folder: Path) -> dict[str, list[str]]:
    """Return how the answer to BANTUAN shows each word, and what it says of it."""
    letter = full_letter(LetterKind.GUIDE)
    head_of_file, end, _ = (folder / "letters" / "guide.j2").read_text(encoding="utf-8").partition("} %}")
    template = ImmutableSandboxedEnvironment().from_string(head_of_file + end)
    return dict(vars(template.make_module(dict(values_of(letter.letter, letter.cycle))))["all"])


def _told(word: Word, synonyms: list[str], ours: list[str], english: list[str]) -> Iterator[str]:
    """Give what is to be known of one word."""
    offered = [role.value for role, words in GUIDE_WORDS.items() if word.value in words.split()]
    after = ["a decision" if word in VERDICTS else "a request or an order"]
    after += ["followed by more on its line"] if word in WITH_ARGUMENTS else []
    after += ["the rest of the mail is kept as its reason or remarks"] if word in WITH_REASON else []
    yield f"`{ours[0]}`: {ours[1]}."
    yield ""
    yield f"In English: {english[1]}."
    yield ""
    yield f"- Kind: {', '.join(after)}."
    yield f"- Also spelled: {', '.join(synonyms) or 'only as it stands here'}."
    yield f"- BANTUAN offers it to: {', '.join(f'`{role}`' for role in offered) or 'nobody'}."
    lines = {key: line for key, line in TABLE.items() if key == word or (isinstance(key, tuple) and key[0] is word)}
    for key, line in lines.items():
        yield from _in_rows(key, line)
    if word in BESIDES:
        yield ""
        yield "Beside the rows, in answer to a letter that asks for it:"
        yield ""
        yield from (f"- {what} (`{file}`)" for file, what in BESIDES[word])


def _in_rows(key: Key, line: Line) -> Iterator[str]:
    """Give what a word does in each row, for whoever may say it."""
    numbers = [*(next(row.sop for row in SOP if row.step is step) for step in Step), "closed"]
    who = f"Said by `{key[1].value}`" if isinstance(key, tuple) else "Said by whoever may say it"
    asked = "" if isinstance(key, tuple) else " ".join(sentence(question) for question in line.first)
    yield ""
    yield f"{who}. {asked}".strip() + "\n"
    rows = []
    for what, several in groupby(zip(numbers, line.entries, strict=True), key=lambda one: _done(one[1])):
        named = [str(number) for number, _ in several]
        rows.append((f"{named[0]} to {named[-1]}" if len(named) > 1 else named[0], what))
    yield from table("row | what happens", rows)


def _done(entry: Act | Refusal) -> str:
    """Return what an entry of the table does, in a sentence."""
    if isinstance(entry, Refusal):
        return f"refused kindly, nothing moves: letter `out_of_turn`, reason `{entry.reason.value}`"
    after = sentence(entry.after) if entry.after is not None else ""
    return " ".join(filter(None, (sentence(entry.does), MOVES[entry.moves], after)))
