"""Loading one office's folder: all problems at once, or one frozen value; and keeping the last good one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from mailbot.errors import ConfigProblem
from mailbot.settings.checks import cross_checked
from mailbot.settings.checks.oauth import webhook_is_safe
from mailbot.settings.checks.object_store import store_has_keys
from mailbot.settings.checks.seal_command import seal_command_is_whole
from mailbot.settings.core_values import office_of
from mailbot.settings.covered.copies import AsTheyLie, copies_at, keep_values, lay
from mailbot.settings.covered.env_variables import NEVER_SMALL, weighty_variables
from mailbot.settings.covered.further_files import Kind
from mailbot.settings.credentials import Credentials, read_credentials
from mailbot.settings.env_file import with_env_file
from mailbot.settings.files import FILES, Block
from mailbot.settings.folder import digest_of, files_of, parse, read_folder
from mailbot.settings.named_files import data_folder, database_is_known, database_url, files_exist, named_file
from mailbot.settings.oauth import OAuth, oauth_at, oauth_of
from mailbot.settings.sayings.catalogue import language_of, problems_of
from mailbot.settings.sayings.said import Mistake, said
from mailbot.settings.settings import Further, Server, Settings, StorePlace
from mailbot.settings.wrongness import in_order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailbot.core.codes.languages import Language
    from mailbot.errors import Problem
    from mailbot.settings.covered.copies import Places
    from mailbot.settings.files.mailbox import FurtherMailbox, ServerBlock
    from mailbot.settings.files.office import OfficeFile

_PORTS = {
    ("imap", "tls"): 993,
    ("imap", "starttls"): 143,
    ("imap", "plain"): 143,
    ("smtp", "tls"): 465,
    ("smtp", "starttls"): 587,
    ("smtp", "plain"): 25,
}


Read = tuple["Mapping[str, bytes]", tuple[Mistake, ...]]
"""What `read_folder` gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What counts in place of what lies in the folder now."""

    places: Places
    values: Mapping[str, str]
    """The weighty variables of `.env`."""
    credentials: Credentials | None = None
    """What the environment gave; None: it is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    """What a folder and the environment hold, and everything that is wrong with it."""

    contents: Mapping[str, bytes]
    places: Places
    weighty: Mapping[str, str]
    credentials: Credentials
    models: dict[str, Block]
    language: Language
    mistakes: tuple[Mistake, ...]


def load(folder: Path, env: Mapping[str, str]) -> Settings:
    """Read an office's configuration folder and the environment.

    Args:
        folder: the folder with the five YAML files.
        env: the environment, usually `os.environ`.

    Raises:
        ConfigProblem: something is wrong; it names everything that is.
    """
    return loaded(folder, env, read_folder(folder))


def loaded(folder: Path, env: Mapping[str, str], read: Read, kept: Kept | None = None) -> Settings:
    """Read an office's configuration of the bytes of its files: as they lie in its folder, or as they were kept.

    Args:
        folder: the folder with the five YAML files.
        env: the environment.
        read: the bytes of the files by name, and what is wrong with those that could not be read.
        kept: where the further files lie, and what counts in place of weighty variables in `.env`; None: the folder.

    Raises:
        ConfigProblem: something is wrong; it names everything that is.
    """
    looked = _look(folder, env, read, kept)
    if looked.mistakes:
        raise ConfigProblem(problems_of(looked.mistakes, looked.language))
    return _settings(folder, looked)


def mistakes_in(folder: Path, env: Mapping[str, str]) -> tuple[Mistake, ...]:
    """Return everything that is wrong with a folder and the environment, before it is put into words."""
    return _look(folder, env, read_folder(folder), None).mistakes


def as_it_counts(settings: Settings, env: Mapping[str, str] | None = None) -> Settings:
    """Return settings that work with copies of the further files, so that no edit of those acts before it counts.

    Args:
        settings: good ones.
        env: the environment, whose passwords are taken, for a new one must work at once; None: they stay as they are.

    Raises:
        ConfigProblem: the copies cannot be made, or the environment is wrong.
    """
    credentials = settings.credentials if env is None else _credentials_now(settings, env)
    further = settings.contents.keys() - FILES.keys()
    if not further and credentials == settings.credentials:
        return settings
    copies = copies_at(settings.data_folder, settings.digest)
    try:
        if further:
            lay(copies, settings.contents)
            keep_values(copies, settings.weighty)
    except OSError as error:
        what = said("file_unreadable", strerror=error.strerror)
        wrong = (Mistake(file=str(error.filename or copies.root), line=1, what=what),)
        raise ConfigProblem(problems_of(wrong, settings.language)) from error
    places = copies if further else AsTheyLie(settings.folder)
    kept = Kept(places=places, values=settings.weighty, credentials=credentials)
    return replace(loaded(settings.folder, {}, (settings.contents, ()), kept), language=settings.language)


def _credentials_now(settings: Settings, env: Mapping[str, str]) -> Credentials:
    """Return what the environment gives now, but for the weighty variables; raises ConfigProblem."""
    weighty = {name: settings.weighty.get(name) for name in NEVER_SMALL}
    credentials, mistakes = read_credentials(with_env_file(settings.folder, env, weighty)[0])
    if mistakes:
        raise ConfigProblem(problems_of(mistakes, settings.language))
    return credentials


def _look(folder: Path, env: Mapping[str, str], read: Read, kept: Kept | None) -> _Looked:
    """Read what a folder holds, and the environment."""
    contents, unread = read
    weighty = kept.values if kept is not None else weighty_variables(folder)
    places = kept.places if kept is not None else AsTheyLie(folder)
    env, of_env_file = with_env_file(folder, env, {name: weighty.get(name) for name in NEVER_SMALL} if kept else None)
    credentials, of_environment = read_credentials(env)
    if kept is not None and kept.credentials is not None:
        credentials, of_environment, of_env_file = kept.credentials, (), ()
    models, sections, of_files = parse(folder, contents)
    mistakes = (
        *unread,
        *of_env_file,
        *of_environment,
        *database_is_known(credentials),
        *webhook_is_safe(credentials),
        *seal_command_is_whole(credentials),
        *of_files,
        *cross_checked(sections),
        *files_exist(places, sections),
        *store_has_keys(credentials, sections.get("office.object_store")),
    )
    return _Looked(
        contents=contents,
        places=places,
        weighty=weighty,
        credentials=credentials,
        models=models,
        language=language_of(env, contents.get("office", b"")),
        mistakes=in_order(mistakes),
    )


def reload(
    previous: Settings,
    folder: Path,
    env: Mapping[str, str],
    read: Read,
) -> tuple[Settings, tuple[Problem, ...]]:
    """Look whether anything changed; what cannot be used leaves the last good one in force.

    Args:
        previous: the last good one.
        folder: the folder with the five YAML files.
        env: the environment.
        read: the bytes of the files, and what is wrong with those that could not be read (`read_folder`).

    Returns:
        The settings to go on with (the very same object where nothing changed), and the problems of what is there now.
    """
    contents, _ = read
    env, _ = with_env_file(folder, env)
    credentials, _ = read_credentials(env)
    same_words = language_of(env, contents.get("office", b"")) is previous.language
    if digest_of(contents) == previous.digest and credentials == previous.credentials and same_words:
        return previous, ()
    try:
        return loaded(folder, env, read), ()
    except ConfigProblem as problem:
        return previous, problem.problems


def _settings(folder: Path, looked: _Looked) -> Settings:
    """Make the value of five good files and the environment."""
    files, credentials, places = files_of(looked.models), looked.credentials, looked.places
    office, data = files.office, data_folder(folder, credentials)
    core = office_of(
        files,
        logo=named_file(places, Kind.LOGO, office.letterhead.logo),
        agreement=named_file(places, Kind.AGREEMENT, office.profile.agreement),
    )
    imap, smtp, further = _logins(places, data, office, core.mailbox, credentials)
    url, webhook = credentials.database_url or SecretStr(office.database), credentials.webhook
    return Settings(
        folder=folder,
        data_folder=data,
        imap=imap,
        smtp=smtp,
        watchdog=office.watchdog if webhook is None else office.watchdog.but(webhook=webhook.get_secret_value()),
        further=further,
        folders=office.imap.folders,
        poll_seconds=office.imap.poll_seconds,
        pacing=office.pacing,
        trust=office.trust,
        limits=office.limits,
        database_url=SecretStr(database_url(url.get_secret_value(), data)),
        object_store=StorePlace.of(places, office.object_store, credentials),
        archive_folder=data / office.archive_folder,
        template_folders=places.template_folders(),
        certificates=_certificates(places, office.ratified.certificates),
        weighty=looked.weighty,
        secret=credentials.secret,
        files=files,
        credentials=credentials,
        digest=digest_of(looked.contents),
        contents=looked.contents,
        language=looked.language,
        core=core,
    )


def _certificates(places: Places, name: str) -> Path | None:
    """Return the folder of certificates; a copy of one that held none is not there, and nobody is trusted."""
    path = named_file(places, Kind.CERTIFICATE, name)
    return path if path is None or isinstance(places, AsTheyLie) or path.is_dir() else None


def _logins(
    places: Places, data: Path, office: OfficeFile, mailbox: str, credentials: Credentials
) -> tuple[Server, Server, tuple[Further, ...]]:
    """Return how mailbot logs in: where it reads, where it sends, and where it reads besides."""
    imap_user, smtp_user = (server.user or mailbox for server in (office.imap, office.smtp))
    imap_password = credentials.imap_password or SecretStr("")
    smtp_password = credentials.smtp_password or (imap_password if smtp_user == imap_user else SecretStr(""))
    oauth = oauth_of(
        office.oauth,
        data,
        named_file(places, Kind.ANCHOR, office.oauth.ca_file),
        credentials.oauth_client_secret or SecretStr(""),
    )
    reading, sending = oauth_at("imap", office.oauth, oauth), oauth_at("smtp", office.oauth, oauth)
    return (
        _server("imap", office.imap, places, imap_user, imap_password, reading),
        _server("smtp", office.smtp, places, smtp_user, smtp_password, sending),
        tuple(_further(mailbox, places, credentials, reading) for mailbox in office.mailboxes),
    )


def _server(
    name: str, block: ServerBlock, places: Places, user: str, password: SecretStr, oauth: OAuth | None
) -> Server:
    """Return one login."""
    return Server(
        host=block.host,
        port=block.port or _PORTS[name, block.security],
        security=block.security,
        user=user,
        password=password,
        timeout_seconds=block.timeout_seconds,
        ca_file=named_file(places, Kind.ANCHOR, block.ca_file),
        oauth=oauth,
    )


def _further(block: FurtherMailbox, places: Places, credentials: Credentials, oauth: OAuth | None) -> Further:
    """Return one further mailbox; a password of its own goes before OAuth2, for it may be another provider's."""
    user, password = block.user or block.address, credentials.password_of(block.key)
    server = _server("imap", block, places, user, password or SecretStr(""), None if password else oauth)
    return Further(mailbox=block, server=server)
