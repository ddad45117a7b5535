"""`office.yaml`, the part about letters: what goes with them."""

from __future__ import annotations

from pydantic import Field

from mailbot.settings.files.block import Block


class LettersBlock(Block):
    """What goes with letters."""

    calendar_files: bool = Field(
        default=True,
        description=(
            "Whether a letter that sets a deadline carries it as a calendar file (.ics); a later letter about the same "
            "deadline moves it in the calendar."
        ),
    )
