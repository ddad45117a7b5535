"""Secrets: they come by environment variable or by file, never from YAML, and are never shown.

An empty variable counts as none.
"""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from mailbot.settings.sayings.said import Mistake, Said, said
from mailbot.settings.variables import (
    DATA,
    DATABASE_URL,
    FILE,
    FURTHER_PASSWORDS,
    IMAP_PASSWORD,
    OAUTH_CLIENT_SECRET,
    SEAL_COMMAND,
    SECRET,
    SMTP_PASSWORD,
    STORE_ACCESS_KEY,
    STORE_SECRET_KEY,
    VARIABLES,
    WEBHOOK,
    of_environment,
    password_variable,
    password_variables,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mailbot.settings.source import Data, Loc, Source

_SHORTEST_SECRET = 16
_MOUNTED_SECRETS = "/run/secrets/"
_LIKE_A_SECRET = re.compile(
    r"pass(w|wo|wor|word|wd|wrd|phrase)?$|kata_?sandi|sandi$|secret|api_?key|token$", re.IGNORECASE
)
_URL_WITH_PASSWORD = re.compile(
    r"(?P<before>://[^/@\s:]*:)[^/@\s]+(?=@)|(?P<query>[?&]password=)[^&\s]+", re.IGNORECASE
)
_A_FILE = said("file_of_a_secret")
_SECRETS = (
    *(IMAP_PASSWORD, SMTP_PASSWORD, OAUTH_CLIENT_SECRET, SECRET, WEBHOOK, SEAL_COMMAND, DATABASE_URL),
    *(STORE_ACCESS_KEY, STORE_SECRET_KEY),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What the environment gave; None where it gave nothing."""

    imap_password: SecretStr | None = None
    smtp_password: SecretStr | None = None
    oauth_client_secret: SecretStr | None = None
    further: tuple[tuple[str, SecretStr], ...] = ()
    """Passwords of further mailboxes, by the name of their variable."""
    secret: SecretStr | None = None
    webhook: SecretStr | None = None
    seal_command: SecretStr | None = None
    database_url: SecretStr | None = None
    store_access_key: SecretStr | None = None
    store_secret_key: SecretStr | None = None
    data: Path | None = None
    open_to_all: tuple[tuple[str, str], ...] = ()
    """Variables that name a secret's file which every user of the machine may read, each with the file's path."""

    def password_of(self, key: str) -> SecretStr | None:
        """Return the password of the further mailbox of that key, or None."""
        return dict(self.further).get(password_variable(key))


def read_credentials(env: Mapping[str, str]) -> tuple[Credentials, tuple[Mistake, ...]]:
    """Read every variable of ours; what is wrong is a problem that never shows a value."""
    problems = list(_misspelt(env))
    found: dict[str, SecretStr | None] = {}
    for name in _SECRETS:
        value = value_of(env, name)
        if isinstance(value, Mistake):
            problems.append(value)
        found[name] = SecretStr(value) if isinstance(value, str) and value else None
    secret = found[SECRET]
    if secret is not None and len(secret.get_secret_value()) < _SHORTEST_SECRET:
        problems.append(
            of_environment(SECRET, said("secret_short", shortest_secret=_SHORTEST_SECRET), said("any_long_text"))
        )
    further: list[tuple[str, SecretStr]] = []
    for name in password_variables(env):
        value = value_of(env, name)
        if isinstance(value, Mistake):
            problems.append(value)
        elif value:
            further.append((name, SecretStr(value)))
    data = env.get(DATA, "")
    credentials = Credentials(
        imap_password=found[IMAP_PASSWORD],
        smtp_password=found[SMTP_PASSWORD],
        oauth_client_secret=found[OAUTH_CLIENT_SECRET],
        further=tuple(further),
        secret=secret,
        webhook=found[WEBHOOK],
        seal_command=found[SEAL_COMMAND],
        database_url=found[DATABASE_URL],
        store_access_key=found[STORE_ACCESS_KEY],
        store_secret_key=found[STORE_SECRET_KEY],
        data=Path(data).expanduser() if data else None,
        open_to_all=tuple(_open_to_all(env)),
    )
    return credentials, tuple(problems)


def _open_to_all(env: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give every `NAME_FILE` whose file others may read; those of a container platform are for its one user anyway."""
    for name in (*VARIABLES, *password_variables(env)):
        path = env.get(f"{name}{FILE}", "")
        own = path and not path.startswith(_MOUNTED_SECRETS) and Path(path).is_file()
        if own and Path(path).stat().st_mode & stat.S_IROTH:
            yield f"{name}{FILE}", path


def secrets_in(source: Source) -> Iterator[Mistake]:
    """Find what looks like a secret in a YAML file; the problem names the key and never the value."""
    yield from _secrets_below(source, source.data, ())


@lru_cache(maxsize=4096)
def looks_secret(key: str) -> bool:
    """Say whether a key is one under which people would write a secret; few keys, each at many places."""
    return _LIKE_A_SECRET.search(key) is not None or bool(get_close_matches(key.casefold(), ["password"], cutoff=0.8))


def masked(url: str) -> str:
    """Return a URL without its password."""
    return _URL_WITH_PASSWORD.sub(lambda found: f"{found['before'] or found['query']}***", url)


def _secrets_below(source: Source, data: Data, loc: Loc) -> Iterator[Mistake]:
    """Walk one file for secrets."""
    if isinstance(data, list):
        for place, item in enumerate(data):
            yield from _secrets_below(source, item, (*loc, place))
    elif isinstance(data, dict):
        for key, value in data.items():
            here = (*loc, key)
            if isinstance(value, str) and looks_secret(key):
                yield source.problem(here, said("secret_in_file", key=key), _way_out(here))
            else:
                yield from _secrets_below(source, value, here)
    elif isinstance(data, str) and _URL_WITH_PASSWORD.search(data):
        yield source.problem(loc, said("holds_password", key=loc[-1]), _way_out(loc))


def _way_out(loc: Loc) -> Said:
    """Say where that secret belongs."""
    words = " ".join(str(part) for part in loc)
    if "oauth" in words:
        return said("secret_way_out", name=OAUTH_CLIENT_SECRET)
    if "smtp" in words:
        return said("secret_way_out", name=SMTP_PASSWORD)
    if "object_store" in words:
        return said("secret_way_out", name=STORE_SECRET_KEY)
    if "database" in words:
        return said("secret_way_out", name=DATABASE_URL)
    return said("secret_way_out", name=SECRET if "secret" in words.casefold() else IMAP_PASSWORD)


def value_of(env: Mapping[str, str], name: str) -> str | Mistake:
    """Return the value of one variable, from itself or from its file; empty if there is none; or what is wrong."""
    value, path = env.get(name, ""), env.get(f"{name}{FILE}", "")
    if value and path:
        return of_environment(name, said("variable_set_twice", name=name, file=FILE), said("set_one_of_two"))
    if not path:
        return value
    try:
        content = Path(path).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else said("no_utf8_text")
        return of_environment(f"{name}{FILE}", said("names_unreadable_file", path=path, reason=reason), _A_FILE)
    if not content:
        return of_environment(f"{name}{FILE}", said("names_empty_file", path=path), _A_FILE)
    return content


def _misspelt(env: Mapping[str, str]) -> Iterator[Mistake]:
    """Find variables that were plainly meant for us and would be overlooked."""
    known = [*VARIABLES, *(f"{name}{FILE}" for name in VARIABLES if name != DATA)]
    for name in sorted(env):
        ours = name.startswith("MAILBOT_") and not name.startswith(FURTHER_PASSWORDS)
        if ours and name not in known and (near := get_close_matches(name, known, 1, 0.9)):
            yield of_environment(name, said("variable_not_read"), said("meant", near=near[0]))
