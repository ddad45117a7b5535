"""The words for what is said of a configuration: a folder for each language, equal in what they name.

Indonesian unless MAILBOT_LANGUAGE or `language` in `office.yaml` says otherwise. That line is looked for by itself, so
that an office whose YAML is broken is told so in its own language.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import yaml

from mailbot.core.codes.languages import Language
from mailbot.errors import Problem
from mailbot.settings.packaged import templates_folder
from mailbot.settings.sayings.said import Mistake, Said, said
from mailbot.settings.variables import LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Say(Protocol):
    """Says something in one language."""

    def __call__(self, code: str, /, **values: object) -> str:
        """Return the sentence of that code with its values."""


_TEXT_ALONE = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""A tenth of the time where PyYAML was built with libyaml, as its wheels are."""
_WRITTEN = re.compile(rb"^language:[ \t]*[\"']?(id|en)\b", re.MULTILINE)


def language_of(env: Mapping[str, str], office: bytes = b"") -> Language:
    """Return the language to speak.

    Args:
        env: the environment; MAILBOT_LANGUAGE stands before the file.
        office: the bytes of `office.yaml`, be they broken.
    """
    asked = env.get(LANGUAGE, "").strip().casefold()
    if asked in set(Language):
        return Language(asked)
    written = _WRITTEN.search(office)
    return Language(written[1].decode()) if written else Language.INDONESIAN


def in_words(what: Said | str, language: Language) -> str:
    """Return what is said in the words of a language; plain text stays what it is.

    Raises:
        KeyError: the catalogue does not know the code.
    """
    if isinstance(what, str):
        return what
    return words_of(language)[what.code].format(**{name: _shown(value, language) for name, value in what.values})


def speech(language: Language) -> Say:
    """Return what says sentences of the catalogue in a language."""
    return lambda code, /, **values: in_words(said(code, **values), language)


def problem_of(mistake: Mistake, language: Language) -> Problem:
    """Return a mistake in the words of a language."""
    what, hint = in_words(mistake.what, language), in_words(mistake.hint, language)
    return Problem(file=mistake.file, line=mistake.line, what=what, hint=hint)


def problems_of(mistakes: Iterable[Mistake], language: Language) -> tuple[Problem, ...]:
    """Return mistakes in the words of a language, each once."""
    return tuple(dict.fromkeys(problem_of(mistake, language) for mistake in mistakes))


@lru_cache(maxsize=len(Language))
def words_of(language: Language) -> dict[str, str]:
    """Return every sentence of a language, by its code."""
    words: dict[str, str] = {}
    for path in sorted((templates_folder() / "check" / language.value).glob("*.yaml")):
        words |= yaml.load(path.read_bytes(), Loader=_TEXT_ALONE)  # noqa: S506 - text alone, no objects
    return words


def _shown(value: object, language: Language) -> object:
    """Return a value as the words name it; what has a format of its own stays what it is."""
    if isinstance(value, Said):
        return in_words(value, language)
    if isinstance(value, tuple):
        *first, last = (str(_shown(item, language)) for item in value)
        return ", ".join(first) + words_of(language)["and"] + last if first else last
    return value
