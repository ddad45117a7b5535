"""`office.yaml`, the part about backups: where copies of the ledger lie, when they are made, how many are kept."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mailbot.settings.files.block import Block
from mailbot.settings.files.fields import Words


class BackupBlock(Block):
    """Copies of a ledger in a SQLite file; one on PostgreSQL is copied by its own tools."""

    hours: tuple[Annotated[int, Field(ge=0, le=23)], ...] = Field(
        default=(20,),
        description=(
            "Hours of the day at which a backup is made, closed days too, by the office's clock; one that was missed "
            "is made up for at the next start. Empty: mailbot makes none. Of no effect on PostgreSQL (`pg_dump`)."
        ),
    )
    folder: Words = Field(
        default="cadangan",
        description=(
            "Where backups lie; a relative path lies in the data folder. Better another disk, or a network folder. "
            "`secret.key` must never lie there."
        ),
    )
    daily: int = Field(default=7, ge=0, le=366, description="Of so many days the newest backup is kept.")
    weekly: int = Field(default=4, ge=0, le=520, description="Of so many weeks the newest backup is kept.")
    monthly: int = Field(default=12, ge=0, le=240, description="Of so many months the newest backup is kept.")
