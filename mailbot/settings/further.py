"""Further mailboxes as settings: each with its login, its folders and whom its server lets us believe."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import SecretStr

    from mailbot.settings.settings import Folders, Server

PREFIX = "MAILBOT_IMAP_PASSWORD_"
_OF_THE_FIRST = f"{PREFIX}FILE"
"""The file of the first mailbox's password; so no mailbox may be called `file`."""
_FILE = "_FILE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """One mailbox that is read beside the first."""

    key: str
    address: str
    server: Server
    folders: Folders
    authserv_ids: tuple[str, ...]


def variable(key: str) -> str:
    """Return the environment variable that holds the password of the mailbox of that key."""
    return PREFIX + re.sub(r"[-.]", "_", key).upper()


def variables_in(env: Mapping[str, str]) -> Iterator[str]:
    """Give the variables of the environment that hold passwords of further mailboxes, each without `_FILE`."""
    named = (name.removesuffix(_FILE) for name in env if name.startswith(PREFIX) and name != _OF_THE_FIRST)
    yield from sorted(dict.fromkeys(named))


def password_of(key: str, given: tuple[tuple[str, SecretStr], ...]) -> SecretStr | None:
    """Return the password of the mailbox of that key, or None."""
    return dict(given).get(variable(key))
