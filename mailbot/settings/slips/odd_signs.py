"""Signs that word processors and web pages put in and no YAML means: dashes, quotation marks, blanks that are none."""

from __future__ import annotations

import re

from mailbot.settings.sayings.said import Said, said

_SIGNS = {
    "–": "en_dash",
    "—": "em_dash",
    "−": "minus_sign",
    "\N{HYPHEN}": "unicode_hyphen",
    "\N{NON-BREAKING HYPHEN}": "unicode_hyphen",
    "“": "curly_quotes",
    "”": "curly_quotes",
    "„": "curly_quotes",
    "‘": "curly_apostrophe",  # noqa: RUF001 - these are what is looked for
    "’": "curly_apostrophe",
    "•": "bullet",
    "\N{FULLWIDTH COLON}": "wide_colon",
    "\N{NO-BREAK SPACE}": "hard_blank",
    "\N{NARROW NO-BREAK SPACE}": "hard_blank",
    "\N{FIGURE SPACE}": "hard_blank",
    "\N{EN SPACE}": "hard_blank",
    "\N{EM SPACE}": "hard_blank",
    "\N{THIN SPACE}": "hard_blank",
    "\N{IDEOGRAPHIC SPACE}": "hard_blank",
    "\N{ZERO WIDTH SPACE}": "no_width",
    "\N{ZERO WIDTH NON-JOINER}": "no_width",
    "\N{ZERO WIDTH JOINER}": "no_width",
    "\N{WORD JOINER}": "no_width",
    "\N{ZERO WIDTH NO-BREAK SPACE}": "no_width",
    "\N{SOFT HYPHEN}": "no_width",
    "\t": "pasted_tab",
    "\N{LEFT-TO-RIGHT MARK}": "no_width",
    "\N{RIGHT-TO-LEFT MARK}": "no_width",
}
"""Each sign, and how its name is said."""
_UNSEEN = {"hard_blank", "no_width"}
_ODD = re.compile(f"[{''.join(_SIGNS)}]")
_UNSEEN_ODD = re.compile(f"[{''.join(sign for sign, name in _SIGNS.items() if name in _UNSEEN)}]")
_WRAPPED = re.compile("[“”„‘’].*[“”‘’\"']|[\"'].*[“”‘’]", re.DOTALL)  # noqa: RUF001 - these are what is looked for


def odd_signs_in(text: object) -> Said | None:
    """Name every sign in a text that stands where a plain one was meant; None where there is none."""
    if not isinstance(text, str):
        return None
    names = dict.fromkeys(_SIGNS[sign] for sign in _ODD.findall(text))
    return said("odd_signs", signs=tuple(said(name) for name in names)) if names else None


def unseen_or_wrapping(text: str) -> Said | None:
    """Name what would be printed, in a text that may stand: blanks nobody sees, quotation marks around the whole."""
    found = _UNSEEN_ODD.findall(text)
    if _WRAPPED.fullmatch(text):
        found += [sign for sign in (text[0], text[-1]) if sign in _SIGNS]
    names = dict.fromkeys(_SIGNS[sign] for sign in found)
    return said("odd_signs", signs=tuple(said(name) for name in names)) if names else None
