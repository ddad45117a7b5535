"""What is wrong or worth a look, as a code with its values; its words are those of `templates/check`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """One thing to say: a code of the catalogue, and what its words name."""

    code: str
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        """Give the code, for whoever has no catalogue at hand."""
        return self.code


def said(code: str, /, **values: object) -> Said:
    """Say something: its code, and each value under the name that the words call it by.

    A value may itself be said, or a tuple, which is listed as a sentence does.
    """
    return Said(code, tuple(values.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One thing that is wrong in the configuration, before it is put into words: where, what, and the way out."""

    file: str
    line: int
    """From 1; 0 where there is no line of its own."""
    what: Said | str
    hint: Said | str = ""
