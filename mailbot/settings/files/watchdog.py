"""`office.yaml`, the parts for whoever looks after the machine: what is trouble, whom to tell, what the log is like."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from mailbot.settings.files.block import Block
from mailbot.settings.files.fields import Line, Words

_MB = 1024 * 1024


class Watchdog(Block):
    """When the operator is told that mail does not work, and over which second channel."""

    after_minutes: int = Field(
        default=30,
        ge=0,
        le=1440,
        description=(
            "A mailbox whose server has not answered for so long, or a way out that failed for so long, is trouble; "
            "then `status` ends with exit code 1 as well. 0: never."
        ),
    )
    disk_mb: int = Field(
        default=1000, ge=0, description="Less free space than this where the ledger lies is trouble, in MB. 0: never."
    )
    morning: Literal["weekly", "daily", "trouble"] = Field(
        default="weekly",
        description=(
            "How often the operator is told that nothing is lost: `weekly`, with each day's count; `daily`; or only in "
            "`trouble`. Whatever stands here, the books are held against the servers every working day, what "
            "differs is told at once, and what needs a look on the next working morning."
        ),
    )
    password_ends: dict[Line, date] = Field(
        default={},
        description=(
            "Login name -> day on which its password ends, where the provider lets passwords end; the operator is "
            "warned 30, 14, 7 and 1 days before, as he is of certificates. E.g. `lkjip@kota.go.id: 2027-03-01`."
        ),
    )
    command: tuple[Words, ...] = Field(
        default=(),
        description=(
            "Second channel: a program and its arguments, run without a shell; it gets the notice as text on standard "
            "input. Empty: none."
        ),
    )
    webhook: Line = Field(
        default="",
        repr=False,  # whoever knows the address can ring it
        description=(
            "Second channel: an https address that gets the notice as JSON (`text`, `state` (`broken`, `recovered`, "
            "`ending`), `matter`, `about`, `since`; of what is ending that is the end). An address that is itself a "
            "secret belongs into MAILBOT_WEBHOOK instead. Empty: none."
        ),
    )

    @property
    def disk_bytes(self) -> int:
        """Less free space than this is trouble, in bytes; 0: never."""
        return self.disk_mb * _MB


class LogBlock(Block):
    """What the daemon writes of its work: one line for each decision, without values, names and addresses."""

    format: Literal["text", "json"] = Field(
        default="text",
        description="How a line of the log is written: `text` to be read, `json` for a program that collects logs.",
    )
    level: Literal["info", "warning", "error"] = Field(
        default="info",
        description="The least weight of what is logged: `info` (every decision), `warning`, or `error` alone.",
    )
