"""`office.yaml`, the part about an S3-compatible store: where it is, and which files are carried there, and when."""

from __future__ import annotations

from pydantic import Field

from mailbot.settings.files.block import Block
from mailbot.settings.files.fields import Line, Words


class ObjectStoreBlock(Block):
    """Kept mails, letters and papers lie in the database; with a store, large ones are carried there after a while."""

    endpoint: Line = Field(
        default="",
        description=(
            "https address of an S3-compatible store; empty: every file lies in the database. Keys come by "
            "`MAILBOT_STORE_ACCESS_KEY` and `MAILBOT_STORE_SECRET_KEY`."
        ),
    )
    bucket: Line = Field(default="", description="The bucket, which must be there already.")
    region: Words = Field(default="us-east-1", description="Region that requests are signed for.")
    ca_file: Line = Field(
        default="",
        description="PEM file of an authority to trust at the store, relative to this folder; empty: the system's.",
    )
    timeout_seconds: int = Field(
        default=20,
        ge=1,
        le=300,
        description=(
            "Longest one request may take, in seconds. A store that did not answer in time is left alone for a minute."
        ),
    )
    from_kb: int = Field(
        default=32, ge=0, le=100_000, description="Files smaller than this stay in the database, in kB (1,000 bytes)."
    )
    after_days: int = Field(
        default=7,
        ge=0,
        le=3650,
        description="For so many days after they came files stay in the database, so that daily work never waits.",
    )
