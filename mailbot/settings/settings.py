"""Settings: everything one office's folder and the environment say, as one frozen value."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pydantic import SecretStr

from mailbot.errors import ConfigProblem
from mailbot.settings.covered.further_files import Kind
from mailbot.settings.files.mailbox import filing_at
from mailbot.settings.notes import notes_of
from mailbot.settings.oauth import NEED_A_SECRET
from mailbot.settings.sayings.catalogue import in_words, problem_of
from mailbot.settings.sayings.said import Mistake, Said, said
from mailbot.settings.variables import IMAP_PASSWORD, OAUTH_CLIENT_SECRET, SMTP_PASSWORD, password_variable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mailbot.core.codes.languages import Language
    from mailbot.core.model.office import Office
    from mailbot.settings.covered.copies import Places
    from mailbot.settings.credentials import Credentials
    from mailbot.settings.files.fields import Security
    from mailbot.settings.files.keeping.object_store import ObjectStoreBlock
    from mailbot.settings.files.limits import Limits
    from mailbot.settings.files.mailbox import Filing, Folders, FurtherMailbox, Pacing, Trust
    from mailbot.settings.files.watchdog import Watchdog
    from mailbot.settings.folder import Files
    from mailbot.settings.oauth import OAuth

_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One login at one mail server; the password is empty where the environment gave none."""

    host: str
    port: int
    security: Security
    user: str
    password: SecretStr
    timeout_seconds: int
    ca_file: Path | None
    """PEM file of an authority to trust instead of the system's."""
    oauth: OAuth | None = None
    """How access tokens are got that stand in for the password; None: by password."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """One mailbox that is read beside the first, and the login to it."""

    mailbox: FurtherMailbox
    server: Server


@dataclass(frozen=True, slots=True, kw_only=True)
class StorePlace:
    """The object store that large files are carried to, and how one is let in."""

    block: ObjectStoreBlock
    access_key: SecretStr
    secret_key: SecretStr
    ca_file: Path | None

    @classmethod
    def of(cls, places: Places, block: ObjectStoreBlock, credentials: Credentials) -> Self | None:
        """Return the store that an office names; None where it names none."""
        if not block.endpoint:
            return None
        none = SecretStr("")
        return cls(
            block=block,
            access_key=credentials.store_access_key or none,
            secret_key=credentials.store_secret_key or none,
            ca_file=places.file(Kind.ANCHOR, block.ca_file) if block.ca_file else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One office as it is set up; made by `load`, never changed."""

    folder: Path
    """The configuration folder."""
    data_folder: Path
    """Ledger, archive and `secret.key`, unless they are named by absolute paths."""
    imap: Server
    smtp: Server
    further: tuple[Further, ...]
    """Mailboxes that are read beside the first, whose login is `imap`."""
    watchdog: Watchdog
    folders: Folders
    poll_seconds: int
    pacing: Pacing
    trust: Trust
    limits: Limits
    database_url: SecretStr
    """Absolute `sqlite:///` or `postgresql+psycopg://` URL; a secret because it may carry a password."""
    object_store: StorePlace | None
    """None: every file lies in the database."""
    archive_folder: Path
    certificates: Path | None
    """The folder with the certificates whose signatures count, or the copy of it that counts."""
    template_folders: tuple[Path, ...]
    """The office's own templates first, then those that came with mailbot."""
    secret: SecretStr | None = None
    """MAILBOT_SECRET, if given; `secret_key` is what forms are signed with."""
    files: Files = field(repr=False)
    """The five files as they were read."""
    credentials: Credentials
    """What the environment gave, so that a reload sees whether it changed."""
    weighty: Mapping[str, str] = field(repr=False)
    """The variables of `.env` that are never small, with their values."""
    digest: str
    """SHA-256 of the contents, hexadecimal."""
    contents: Mapping[str, bytes] = field(repr=False)
    """The bytes of the five files by name without ending, and of all else that belongs to them (`read_folder`)."""
    language: Language
    """In which what is wrong or worth a look is told."""
    core: Office = field(repr=False)

    @property
    def office_key(self) -> str:
        """Return under which key the ledger keeps this office's rows; empty for an office that is alone."""
        return self.files.office.key

    def office(self) -> Office:
        """Return the office as the rules know it."""
        return self.core

    def notes(self) -> tuple[str, ...]:
        """Return what is allowed and yet worth a look: estimated holidays, a secret that is not shared."""
        url = self.database_url.get_secret_value()
        notes = notes_of(self.folder, self.contents, self.files, self.core, self.credentials, url)
        return tuple(
            str(problem_of(note, self.language)) if isinstance(note, Mistake) else in_words(note, self.language)
            for note in notes
        )

    @property
    def filing(self) -> Filing:
        """Return who files copies of the letters that leave."""
        return filing_at(self.folders.sent_copies, self.smtp.host)

    @property
    def secret_file(self) -> Path:
        """Return where the key is kept when the environment gives none."""
        return self.data_folder / "secret.key"

    def secret_key(self, fresh: Callable[[int], bytes]) -> bytes:
        """Return the key that signs the stamp in each form; made once and kept where the environment gives none.

        Args:
            fresh: gives that many random bytes (`os.urandom`); chance belongs to the caller's floor (R6).

        Raises:
            ConfigProblem: the file can be read by others, is damaged, or cannot be made.
        """
        if self.secret is not None:
            return self.secret.get_secret_value().encode()
        try:
            if not self.secret_file.exists():
                _keep_once(self.secret_file, fresh(_SECRET_BYTES).hex())
            return _kept(self.secret_file, self.language)
        except OSError as error:
            what, hint = said("cannot_be_used", why=error.strerror), said("folder_to_write_to", folder=self.data_folder)
            raise _unusable(self.language, self.secret_file, what, hint) from error

    def kept_key(self) -> bytes | None:
        """Return the key that signs forms if there is one already; for those who only look, and must not make one.

        Raises:
            ConfigProblem: the file can be read by others, is damaged, or cannot be read.
        """
        if self.secret is None and not self.secret_file.exists():
            return None
        return self.secret_key(bytes)

    def missing_secrets(self) -> tuple[str, ...]:
        """Return the environment variables without which nobody can log in to the mail servers."""
        named = {IMAP_PASSWORD: self.imap, SMTP_PASSWORD: self.smtp}
        if self.imap.oauth is self.smtp.oauth is None and self.smtp.user == self.imap.user:
            del named[SMTP_PASSWORD]  # the password of the one serves the other
        named |= {password_variable(further.mailbox.key): further.server for further in self.further}
        permitted = [server.oauth for server in named.values() if server.oauth is not None]
        wanted = any(
            oauth.provider in NEED_A_SECRET and not oauth.client_secret.get_secret_value() for oauth in permitted
        )
        unset = (name for name, login in named.items() if login.oauth is None and not login.password.get_secret_value())
        return (*((OAUTH_CLIENT_SECRET,) if wanted else ()), *unset)


def _keep_once(path: Path, secret: str) -> None:
    """Write the key, readable by us alone; if another process is quicker, its key stands."""
    path.parent.mkdir(parents=True, exist_ok=True)
    own = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(own, path)
    finally:
        own.unlink(missing_ok=True)


def _kept(path: Path, language: Language) -> bytes:
    """Read the key that was kept."""
    if stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        raise _unusable(language, path, said("read_by_others"), said("chmod_600", path=path))
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii"))
    except ValueError:
        secret = b""
    if len(secret) != _SECRET_BYTES:
        raise _unusable(language, path, said("key_damaged"), said("key_from_backup"))
    return secret


def _unusable(language: Language, path: Path, what: Said, hint: Said) -> ConfigProblem:
    """Make the refusal of a key file."""
    return ConfigProblem((problem_of(Mistake(file=str(path), line=1, what=what, hint=hint), language),))
