"""`docs/panduan-pegawai.md`: what BANTUAN sends to each role, written by the letter's own template as a page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailbot.core.model.letters import LetterKind
from mailbot.writing.letters.letter_context import LetterContext
from mailbot.writing.letters.letter_values import LetterValues
from mailbot.writing.values.words_now import GUIDE_WORDS
from mailbot.writing.words.phrases import read_phrases
from mailbot.writing.words.templates import shipped_templates
from tests.docs.page import section, table
from tests.office import requested
from tests.writing.sample_letters import full_letter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

WHO = {
    "Kepala Bidang": "kabid-capil",
    "Kepala Seksi, Kepala Sub Bagian, dan Analis Kebijakan": "kasi-inovasi",
    "Sekretaris": "sekretaris",
    "Kepala Dinas": "kadis",
    "Sub Bagian Program": "perencanaan",
    "Bappeda Litbang": "bappeda",
}
"""Heading of each part -> who of the sample office would get it."""


def page() -> str:
    """Return the part of the page below the mark; what an earlier part says already is not said again."""
    said: set[str] = set()
    parts = []
    for heading, key in WHO.items():
        blocks = re.split(r"\n{2,}", letter(key))
        parts.append(section(heading, "\n\n".join(block for block in blocks if block not in said)))
        said.update(blocks)
    return "".join(parts)


def letter(key: str) -> str:
    """Return what BANTUAN sends to somebody of the sample office as a page: the letter's words, other building blocks.

    A letter offers the words that would be done on its day; the page shows each that it may ever offer.
    """
    office, cycle, folder = requested().office, requested().cycle(), shipped_templates()
    person = office.roster.person(key)
    asked = full_letter(LetterKind.GUIDE).letter
    context = LetterContext(
        letter=replace(asked, to=key, address=person.addresses[0], unit=person.unit or "", due_at=None, answers=None),
        cycle=cycle,
        office=office,
        phrases=read_phrases((folder,), office.calendar),
        written_at=cycle.opened_at,
        folders=(folder,),
        reference="",
    )
    words = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
    template = words.from_string((folder / "letters" / "guide.j2").read_text(encoding="utf-8"))
    return template.render(
        {**LetterValues(context), **BLOCKS, "words": GUIDE_WORDS[person.role].split(), "example_code": ""}
    ).strip()


def _paragraph(caller: Callable[[], str]) -> str:
    return f"{caller().strip()}\n\n"


def _facts(pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join(table("kata | untuk apa", ((f"`{word}`", what) for word, what in pairs))) + "\n\n"


def _copy(lines: Iterable[str]) -> str:
    return "\n".join(f"    {line}" for line in lines) + "\n\n"


BLOCKS: dict[str, Callable[..., str]] = {
    "opening": lambda _to: "",
    "p": _paragraph,
    "b": lambda text: f"**{text}**",
    "facts": _facts,
    "copy": _copy,
    "enclosed": lambda _names: "",
    "thanks": lambda: "",
}
"""The letter's building blocks as a page has them."""
