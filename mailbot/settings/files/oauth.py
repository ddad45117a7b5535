"""`office.yaml`, the part about logging in by OAuth2 (Gmail, Microsoft 365 and others) instead of a password."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mailbot.settings.files.block import Block
from mailbot.settings.files.fields import Line, Words

Provider = Literal["none", "google", "microsoft-365", "own"]
"""Who gives the permission; `none`: both servers take a password."""
Login = Literal["imap", "smtp"]
"""One of the two servers."""


class OAuthBlock(Block):
    """Logging in with a permission that the mailbox's owner gives once (`mailbot login`), instead of a password."""

    provider: Provider = Field(
        default="none",
        description="Who gives the permission to use the mailbox; `none`: both servers take a password.",
    )
    logins: tuple[Login, ...] = Field(
        default=("imap", "smtp"),
        min_length=1,
        description="At which of the servers the permission is used; the other one takes a password.",
    )
    client_id: Line = Field(
        default="", description="Under which name the provider knows this mailbot: its application (client) id."
    )
    tenant: Words = Field(
        default="organizations",
        description="Microsoft 365 only: the office's tenant, by id or domain; `organizations`: an app of many.",
    )
    token_endpoint: Line = Field(default="", description="Provider `own` only: https address that gives tokens.")
    authorize_endpoint: Line = Field(
        default="", description="Provider `own` only: https address where consent is given in a browser; empty: none."
    )
    device_endpoint: Line = Field(
        default="", description="Provider `own` only: https address that gives device codes; empty: none."
    )
    scopes: tuple[Words, ...] = Field(
        default=(), description="Provider `own` only: what to ask permission for, e.g. [mail, offline_access]."
    )
    ends_after_days: int | None = Field(
        default=None,
        ge=1,
        le=3650,
        description="Days from `mailbot login` until the provider ends the permission; null: not known.",
    )
    token_folder: Words = Field(
        default="oauth",
        description="Folder of the permissions, one secret file an account; a relative path lies in the data folder.",
    )
    ca_file: Line = Field(
        default="",
        description="PEM file of an authority to trust at the endpoints, relative to this folder; empty: the system's.",
    )
