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
    head_weekly: bool = Field(
        default=True,
        description=(
            "Whether the Kepala Dinas is told once a week, on its last working day, how a running cycle stands, in one "
            "line; not in a week in which another letter about it went to him."
        ),
    )
