"""`office.yaml`, `filing`: how a closed cycle is filed, as the archivist asks for it (Daftar Isi Berkas, row 8)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mailbot.settings.files.block import Block
from mailbot.settings.files.fields import Line


class FilingBlock(Block):
    """What stands above the Daftar Isi Berkas of an archive; what is left empty is printed as not settled."""

    classification: Line = Field(default="", description="Classification code; empty: that of `letter_numbers`.")
    active_years: int | None = Field(
        default=None,
        ge=0,
        le=100,
        description="Retention while active, in years, by the office's JRA; empty: not settled.",
    )
    inactive_years: int | None = Field(
        default=None, ge=0, le=100, description="Retention while inactive, in years, by the JRA; empty: not settled."
    )
    fate: Literal["", "permanent", "destroy", "review"] = Field(
        default="", description="What becomes of it then: `permanent`, `destroy` or `review`; empty: not settled."
    )
    unit: Line = Field(default="", description="Unit that looks after it (unit pengolah); empty: the planning unit.")
