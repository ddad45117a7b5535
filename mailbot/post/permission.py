"""The permission to use a mailbox (a refresh token), kept in one secret file an account, outside YAML and ledger."""

from __future__ import annotations

import fcntl
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from urllib.parse import quote

from mailbot.errors import PostUnavailable
from mailbot.settings.oauth import OAuth

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_TEXTS = ("account", "client_id", "token_endpoint", "refresh_token", "ended")


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """What `mailbot login` brought, and what has become of it since; moments are aware."""

    account: str
    """User name at the mail servers."""
    client_id: str
    token_endpoint: str
    """The one address this token is ever sent to."""
    refresh_token: str = field(repr=False)
    granted_at: datetime
    """When somebody consented."""
    issued_at: datetime
    """When the provider gave this very refresh token: some give a new one now and then."""
    ends_at: datetime | None = None
    """When it ends, as the provider said; None: it did not say."""
    ended: str = ""
    """The provider's words when it took the permission back; empty while it is good."""

    def known_end(self, oauth: OAuth) -> datetime | None:
        """Return when it will end, of everything that is known; None if nothing is."""
        ends = [self.ends_at] if self.ends_at is not None else []
        if oauth.ends_after_days is not None:
            ends.append(self.granted_at + timedelta(days=oauth.ends_after_days))
        if oauth.idle_days:
            ends.append(self.issued_at + timedelta(days=oauth.idle_days))
        return min(ends, default=None)


class PermissionFile:
    """One account's file, readable by us alone, written whole or not at all."""

    def __init__(self, oauth: OAuth, account: str) -> None:
        """Take the place; nothing is opened yet."""
        self.path = oauth.token_folder / f"{quote(account, safe='@.+-_')}.json"

    def read(self) -> Permission | None:
        """Return the permission; None if nobody has given one yet.

        Raises:
            PostUnavailable: the file can be read by others, or is damaged (`credentials` is set).
        """
        try:
            with self.path.open("rb") as file:
                mode, content = os.fstat(file.fileno()).st_mode, file.read()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unusable(f"{self.path} cannot be read: {error.strerror}.") from error
        if stat.S_IMODE(mode) & _OTHERS:
            raise _unusable(f"{self.path} can be read by others. Run: chmod 600 {self.path}")
        permission = _read(content)
        if permission is None:
            raise _unusable(f"{self.path} is damaged. Run: mailbot login")
        return permission

    def keep(self, permission: Permission) -> None:
        """Write the permission in the former one's place, and to the disk.

        Raises:
            OSError: it could not be written; the former file is as it was.
        """
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                json.dump(asdict(permission), file, default=datetime.isoformat, indent=1)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.path)
        finally:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes from using the token meanwhile: used twice, a token may count as stolen.

        Raises:
            PostUnavailable: the folder cannot be written to.
        """
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = os.open(self.path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise _unusable(f"{self.path.parent} cannot be written to: {error.strerror}.") from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        finally:
            os.close(file)


def _read(content: bytes) -> Permission | None:
    """Make the value of a file's content; None if it is damaged. What it holds never gets into an exception."""
    try:
        values = json.loads(content)
        texts = {name: values[name] for name in _TEXTS}
        granted_at, issued_at = (datetime.fromisoformat(values[name]) for name in ("granted_at", "issued_at"))
        ends_at = datetime.fromisoformat(values["ends_at"]) if values["ends_at"] is not None else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    aware = all(moment.tzinfo is not None for moment in (granted_at, issued_at, ends_at or issued_at))
    if not (aware and texts["refresh_token"] and all(isinstance(text, str) for text in texts.values())):
        return None
    return Permission(**texts, granted_at=granted_at, issued_at=issued_at, ends_at=ends_at)


def _unusable(words: str) -> PostUnavailable:
    return PostUnavailable(f"The permission to use the mailbox cannot be used: {words}", credentials=True)
