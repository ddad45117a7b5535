"""What the answer to ASAL says of the figure that it was asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.letters_in_answer import Origin
from mailbot.core.report.origin import trace
from mailbot.writing.values.origin_values import NOTHING, origin_values

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.writing.letters.letter_context import LetterContext
    from mailbot.writing.values.origin_values import Values


def asked_origin(here: LetterContext, cycle: Cycle) -> Values:
    """Return where the figure comes from that a letter is about; nothing for a letter of any other kind."""
    about = here.letter.about
    found = trace(about.code, cycle, here.office) if isinstance(about, Origin) else None
    return origin_values(found, here.office, here.phrases) if found is not None else NOTHING
