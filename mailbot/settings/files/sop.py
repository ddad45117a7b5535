"""`sop.yaml`: the signed SOP as a table, one row per row."""

from __future__ import annotations

from pydantic import Field

from mailbot.core.model.letters import LetterKind
from mailbot.core.model.people import Role
from mailbot.core.model.sop import DoneWhen, Step
from mailbot.settings.files.block import Block
from mailbot.settings.files.fields import Words


class RowBlock(Block):
    """One row of the SOP."""

    sop: Words = Field(description='The printed number; the second "6" is "6b".')
    step: Step = Field(description="What mailbot does in this row.")
    title: Words = Field(description="The activity in the words of the signed table.")
    who: Role = Field(description="Whose move it is.")
    days: int = Field(default=0, ge=0, le=60, description="Time for the row in working days.")
    hours: int = Field(default=0, ge=0, le=40, description="Time for the row in office hours, instead of days.")
    done_when: DoneWhen = Field(description="When the row is over.")
    letter: LetterKind | None = Field(
        default=None, description="Kind of letter that opens the row, for the reader; empty: none."
    )
    back: Step | None = Field(default=None, description="Which row a refusal leads back to; empty: none.")


class SopFile(Block):
    """All rows in the order of the document."""

    rows: tuple[RowBlock, ...] = Field(description="The rows.")
