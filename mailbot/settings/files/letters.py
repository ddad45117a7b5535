"""`office.yaml`, the part about letters: what goes with them, and the words that may be written back."""

from __future__ import annotations

from pydantic import Field

from mailbot.core.language.reply_words import Word
from mailbot.settings.files.block import Block
from mailbot.settings.files.fields import Words

_DOUBTFUL = (
    *("siap", "sip", "baik", "noted"),
    *("setuju dengan catatan", "setuju dgn catatan", "setuju tapi", "setuju tetapi", "setuju namun", "setuju asal"),
    *("belum setuju", "tidak setuju", "kurang setuju", "belum disetujui", "tidak disetujui", "belum bisa"),
    *("tolak", "menolak", "ditolak"),
)


class LettersBlock(Block):
    """What goes with letters."""

    calendar_files: bool = Field(
        default=True,
        description=(
            "Whether a letter that sets a deadline carries it as a calendar file (.ics); a later letter about the same "
            "deadline moves it in the calendar."
        ),
    )
    head_weekly: bool = Field(
        default=True,
        description=(
            "Whether the Kepala Dinas is told once a week, on its last working day, how a running cycle stands, in one "
            "line; not in a week in which another letter about it went to him."
        ),
    )


class WordsBlock(Block):
    """How people may write the reply words; a word counts only on a line by itself."""

    synonyms: dict[Word, tuple[Words, ...]] = Field(
        default={}, description="Other spellings of a reply word; the word itself always counts."
    )
    doubtful: tuple[Words, ...] = Field(
        default=_DOUBTFUL, description="What sounds like a decision and is none: it is asked back, never guessed."
    )
