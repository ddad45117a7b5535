"""Signs in a file that YAML reads otherwise than an eye does: blanks nobody sees, quotation marks, the sign `#`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailbot.settings.sayings.said import Mistake, said
from mailbot.settings.second_looks.places import texts_of
from mailbot.settings.slips.odd_signs import unseen_or_wrapping
from mailbot.settings.wrongness import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.settings.source import Source

_CUT_OFF = re.compile(r"""^[^#"']*[^\s#"':-]\s+(?P<lost>#\d[^\s#]*)""")
"""A value, then `#2`: what follows the sign is taken for a remark, and `Seksi #2` is read as `Seksi`."""


def odd_signs(source: Source) -> Iterator[Mistake]:
    """Name every text that holds blanks nobody sees, or stands in quotation marks that would be printed."""
    for loc, text in texts_of(source):
        if (signs := unseen_or_wrapping(text)) is not None:
            yield source.problem(loc, said("holds_odd_signs", name=named(loc, source)), signs)


def cut_off_texts(source: Source, content: bytes) -> Iterator[Mistake]:
    """Name every line whose value ends at a number sign, as if a remark began there."""
    for number, line in enumerate(content.decode("utf-8-sig", "replace").splitlines(), 1):
        if (found := _CUT_OFF.match(line)) is not None:
            what = said("cut_off_at_hash", lost=found["lost"])
            yield Mistake(file=source.file, line=number, what=what, hint=said("quote_the_text"))
