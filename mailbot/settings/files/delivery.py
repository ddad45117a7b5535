"""`office.yaml`: the numbers of letters (rows 2 and 8), and how the ratified report leaves (row 8)."""

from __future__ import annotations

from pydantic import Field

from mailbot.core.delivery.letter_numbers import DEFAULT_PATTERN, Numbered
from mailbot.settings.files.block import Block
from mailbot.settings.files.fields import Line, Words


class LetterNumbersBlock(Block):
    """How letters are numbered; a number is never invented."""

    classification: Words = Field(description="Classification code (Permendagri 83/2022), e.g. 000.8.6.3.")
    classifications: dict[Numbered, Words] = Field(
        default={},
        description="Letter (`request` of row 2, `submission` of row 8) -> its own classification code.",
    )
    office_code: Words = Field(description="The office's code within the number.")
    prefix: Line = Field(default="", description="What `{prefix}` of the pattern stands for, e.g. B or SP.")
    pattern: Words = Field(
        default=DEFAULT_PATTERN,
        description=(
            "How a number is put together: of `{classification}`, `{number}` (the register's own), `{office_code}`, "
            "`{prefix}`, `{year}`, `{month}` (01) and `{roman}` (the month as I to XII)."
        ),
    )
    reserved: tuple[Words, ...] = Field(
        default=(),
        description="Numbers the office set aside for letters that go out (row 8), used in order.",
    )
    reserved_inside: tuple[Words, ...] = Field(
        default=(),
        description="The same for letters that stay in the house (row 2); none left: `___` is printed.",
    )
    awaited: bool = Field(
        default=True,
        description=(
            "Row 8 waits for the number: where none is reserved, Subbag Program is asked for it by mail. `false`: the "
            "letter leaves with `___` in its place."
        ),
    )


class DeliveryBlock(Block):
    """How the ratified report leaves (row 8)."""

    receipt_days: int = Field(
        default=3,
        ge=0,
        le=30,
        description="Working days in which the planning board is asked for a receipt; 0: the row's own time.",
    )
    answer_days: int = Field(
        default=1,
        ge=0,
        le=30,
        description="Working days in which the letter's number, or a signed paper, is asked for.",
    )
    editable_leaves: bool = Field(
        default=False, description="Whether the Word files of cover letter and report go out beside their PDFs."
    )
