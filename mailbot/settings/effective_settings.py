"""What is in force: every setting with its value and what it is for, secrets left out; for the log at start."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal, get_origin

from mailbot.settings.credentials import masked
from mailbot.settings.files import FILES, Block
from mailbot.settings.model_introspection import bare, below, is_block, written
from mailbot.settings.variables import (
    DATABASE_URL,
    IMAP_PASSWORD,
    OAUTH_CLIENT_SECRET,
    SECRET,
    SMTP_PASSWORD,
    STORE_ACCESS_KEY,
    STORE_SECRET_KEY,
    VARIABLES,
    WEBHOOK,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.settings.folder import Files
    from mailbot.settings.settings import Settings

InForce = tuple[str, str, str]
"""Name, value as it would be written in the file, description."""


def of_files(files: Files) -> tuple[InForce, ...]:
    """Return every setting of the five files; of long lists only how many entries they have."""
    return tuple(setting for name in FILES for setting in _below(getattr(files, name), f"{name}."))


def effective(settings: Settings) -> list[InForce]:
    """Return name, value and description of everything in force; a secret is only said to be set or not."""
    given = {
        IMAP_PASSWORD: settings.imap.password.get_secret_value(),
        SMTP_PASSWORD: settings.smtp.password.get_secret_value(),
        OAUTH_CLIENT_SECRET: settings.credentials.oauth_client_secret,
        SECRET: settings.secret,
        WEBHOOK: settings.credentials.webhook,
        DATABASE_URL: settings.credentials.database_url,
        STORE_ACCESS_KEY: settings.credentials.store_access_key,
        STORE_SECRET_KEY: settings.credentials.store_secret_key,
    }
    return [
        *of_files(settings.files),
        ("ledger", masked(settings.database_url.get_secret_value()), "Where the ledger is."),
        ("archive", str(settings.archive_folder), "Where closed cycles are archived."),
        ("templates", ", ".join(map(str, settings.template_folders)), "Where words are looked for, in this order."),
        *((name, "set" if value else "not set", VARIABLES[name]) for name, value in given.items()),
    ]


def differing(files: Files) -> tuple[str, ...]:
    """Return the settings that are not as they come, as `name = value`; of what is text only the name.

    Text may be an address or a name, which belong into no log.
    """
    return tuple(setting for name in FILES for setting in _differing(getattr(files, name), f"{name}."))


def _differing(block: Block, above: str) -> Iterator[str]:
    """Give the settings of one block, and of the blocks inside it, that have a default and another value."""
    for name, field in type(block).model_fields.items():
        value = getattr(block, name)
        if isinstance(value, Block):
            yield from _differing(value, f"{above}{name}.")
        elif not field.is_required() and value != field.get_default(call_default_factory=True):
            tells = isinstance(value, int | Decimal) or get_origin(bare(field.annotation)) is Literal
            yield f"{above}{name} = {written(value)}" if tells else f"{above}{name}"


def _below(block: Block, above: str) -> Iterator[InForce]:
    """Give the settings of one block and of the blocks inside it."""
    for name, field in type(block).model_fields.items():
        value = getattr(block, name)
        if isinstance(value, Block):
            yield from _below(value, f"{above}{name}.")
            continue
        shown = f"{len(value)} entries" if is_block(below(field.annotation)) else masked(written(value))
        yield f"{above}{name}", shown, field.description or ""
