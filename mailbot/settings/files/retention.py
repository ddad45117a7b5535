"""`office.yaml`, `retention`: how long each kind of thing is kept, with the JRA's code; nothing goes by itself."""

from __future__ import annotations

from pydantic import Field

from mailbot.settings.files.block import Block
from mailbot.settings.files.fields import Line

_STRAY_DAYS, _SIGN_IN_DAYS = 365, 30


class KeepBlock(Block):
    """How long one kind is kept; without years or days it is kept, and `mailbot prune` calls it unsettled."""

    years: int | None = Field(default=None, ge=0, le=100, description="Years after the cycle closed; empty: not set.")
    days: int | None = Field(default=None, ge=0, le=36500, description="Days, on top of the years; empty: not set.")
    code: Line = Field(default="", description="Code in the office's JRA, printed beside it.")
    permanent: bool = Field(default=False, description="Kept for ever, as the JRA may want of an archive.")


class RetentionBlock(Block):
    """What `mailbot prune` removes and when: after showing it, and never by itself."""

    mails: KeepBlock = Field(default=KeepBlock(), description="Mails of a cycle as they came, with attachments.")
    stray_mails: KeepBlock = Field(
        default=KeepBlock(days=_STRAY_DAYS), description="Mails of no cycle, counted from the day they came."
    )
    held: KeepBlock = Field(
        default=KeepBlock(), description="Mails and files with numbers like a NIK, which lie encrypted."
    )
    forms: KeepBlock = Field(default=KeepBlock(), description="Form files as received, and names of evidence.")
    drafts: KeepBlock = Field(default=KeepBlock(), description="Versions of the report before the last one.")
    letters: KeepBlock = Field(default=KeepBlock(), description="Letters of a cycle.")
    notices: KeepBlock = Field(
        default=KeepBlock(), description="Letters of no cycle, to the operator for instance, from the day they left."
    )
    record: KeepBlock = Field(
        default=KeepBlock(),
        description="A cycle's figures, texts and decisions, and the journal's words of it; after all of the above.",
    )
    log: KeepBlock = Field(default=KeepBlock(), description="The journal's words outside of any cycle, from their day.")
    archive: KeepBlock = Field(
        default=KeepBlock(), description="A cycle's archive, folder and bytes; it goes with the record, not before."
    )
    configuration: KeepBlock = Field(
        default=KeepBlock(), description="YAML files that were once in force, from the day they were taken up."
    )
    sign_ins: KeepBlock = Field(
        default=KeepBlock(days=_SIGN_IN_DAYS),
        description="Sign-ins to the board, counted from their end; mailbot itself deletes them after 30 days.",
    )
