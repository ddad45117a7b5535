"""The variables of `.env` that are never small: what is told apart of them is a fingerprint, never the value.

Passwords are not among them: one that was changed must work at once. What stands in the environment itself is the word
of whoever holds the machine, and needs no other.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import TYPE_CHECKING

from mailbot.settings.credentials import value_of
from mailbot.settings.env_file import read_env_files
from mailbot.settings.variables import (
    DATA,
    DATABASE_URL,
    FILE,
    IMAP_PASSWORD,
    OAUTH_CLIENT_SECRET,
    SEAL_COMMAND,
    SECRET,
    SMTP_PASSWORD,
    STORE_ACCESS_KEY,
    STORE_SECRET_KEY,
    WEBHOOK,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mailbot.settings.credentials import Credentials

NEVER_SMALL = (SECRET, WEBHOOK, SEAL_COMMAND, DATABASE_URL, DATA)
"""Key of the forms' stamps, whom a trouble is told, what is run, where everything is kept."""
ENV = ".env"
"""Under this name the fingerprints stand among the contents of a folder."""
_COSTS = {"n": 2**12, "r": 8, "p": 1, "dklen": 32}
"""So that nobody finds a value by trying, who sees a digest that it went into."""


def weighty_variables(folder: Path) -> dict[str, str]:
    """Return the values of those that the folder's `.env` gives, or whose files it names; they are secrets."""
    given, _ = read_env_files(folder)
    found = ((name, value_of(given, name)) for name in NEVER_SMALL if name in given or f"{name}{FILE}" in given)
    return {name: value for name, value in found if isinstance(value, str) and value}


def fingerprints(values: Mapping[str, str]) -> bytes:
    """Return by what variables are told apart, as it is kept among the contents; empty for none."""
    told = {name: _fingerprint(name, value) for name, value in sorted(values.items())}
    return json.dumps(told).encode() if told else b""


def read_fingerprints(content: bytes) -> dict[str, str]:
    """Return the fingerprints by the names of their variables."""
    return dict(json.loads(content)) if content else {}


def passwords(credentials: Credentials) -> dict[str, str]:
    """Return what tells passwords apart within this process, by their variables; good for nothing else."""
    fixed = {
        IMAP_PASSWORD: credentials.imap_password,
        SMTP_PASSWORD: credentials.smtp_password,
        OAUTH_CLIENT_SECRET: credentials.oauth_client_secret,
        STORE_ACCESS_KEY: credentials.store_access_key,
        STORE_SECRET_KEY: credentials.store_secret_key,
    }
    given = {**fixed, **dict(credentials.further)}
    return {name: str(hash(value.get_secret_value())) for name, value in given.items() if value is not None}


@lru_cache(maxsize=16)
def _fingerprint(name: str, value: str) -> str:
    """Return a fingerprint of one value, which takes a moment and is reckoned once."""
    return hashlib.scrypt(value.encode(), salt=name.encode(), **_COSTS).hex()
