"""Whether an explanation says anything: what a cause, a follow-up or a proof must have to be one (row 4)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_TELLING_LETTERS = 3
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyWords:
    """The office's words that say nothing by themselves, nor together: no cause, no step, no document."""

    silent: frozenset[str] = frozenset()
    """What tells nothing anywhere."""
    pointing: frozenset[str] = frozenset()
    """What tells nothing either, and is enough as evidence beside a file that came along."""

    def says_something(self, text: str) -> bool:
        """Say whether a text holds one word that tells: three letters, not all the same, and no empty word."""
        return any(map(_tells, self._telling(_words(text))))

    def names_something(self, text: str, *, attached: bool) -> bool:
        """Say whether a text names evidence: a word that tells, letters with a number, or a file that came along."""
        words = _words(text)
        telling = self._telling(words)
        joined = "".join(telling)
        numbered = any(map(str.isdigit, joined)) and any(map(str.isalpha, joined))
        return numbered or (attached and not self.pointing.isdisjoint(words)) or any(map(_tells, telling))

    def _telling(self, words: list[str]) -> list[str]:
        """Leave out the words that say nothing."""
        return [word for word in words if word not in self.silent and word not in self.pointing]


def _words(text: str) -> list[str]:
    """Return the words of a text as they are compared."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())


def _tells(word: str) -> bool:
    """Say whether a word could be somebody's word for something."""
    letters = [sign for sign in word if sign.isalpha()]
    return len(letters) >= _TELLING_LETTERS and len(set(letters)) > 1
