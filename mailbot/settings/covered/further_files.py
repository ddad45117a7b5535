"""The bytes of what the office's folder holds beside the five files: certificates, logo, agreement, own templates.

They count as the five do: whoever could change whom mailbot trusts, or what its letters say, would need none of them.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from mailbot.settings.packaged import own_template_folders
from mailbot.settings.source import read_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


class Kind(StrEnum):
    """What a further file is for."""

    ANCHOR = "anchors"
    """An authority that is trusted at a server instead of the system's."""
    CERTIFICATE = "certificates"
    """Whose signatures on papers count."""
    LOGO = "logo"
    AGREEMENT = "agreement"
    TEMPLATE = "templates"
    """The office's own words and letters."""


CERTIFICATES = frozenset({".pem", ".crt", ".cer", ".der"})
"""Endings of certificates; lists of revoked ones lie beside them, are fetched daily, and do not belong to it."""
BETWEEN = ":"
"""Stands between a further file's kind and its name as the settings spell it; no name of the five has it."""
_NAMED = (
    (Kind.ANCHOR, ("imap", "ca_file")),
    (Kind.ANCHOR, ("smtp", "ca_file")),
    (Kind.ANCHOR, ("oauth", "ca_file")),
    (Kind.ANCHOR, ("object_store", "ca_file")),
    (Kind.LOGO, ("letterhead", "logo")),
    (Kind.AGREEMENT, ("profile", "agreement")),
)
_OWN = ("templates", "../templates")
"""How the office's two folders of templates are called, seen from the configuration folder."""


def further_contents(folder: Path, office: bytes) -> dict[str, bytes]:
    """Return the bytes of every further file by kind and name; one that cannot be read is left out.

    Args:
        folder: the configuration folder.
        office: the bytes of office.yaml, which names most of them; it may be broken.
    """
    wanted = dict(_of_settings(folder, office))
    wanted |= {f"{Kind.TEMPLATE}{BETWEEN}{name}": path for name, path in own_templates(folder)}
    found = ((key, _content(path)) for key, path in wanted.items())
    return {key: content for key, content in found if content is not None}


def own_templates(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give every own template, with its name seen from the configuration folder."""
    for own in own_template_folders(folder):
        called = _OWN[own.parent != folder.resolve()]
        for path in sorted(own.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield f"{called}/{path.relative_to(own).as_posix()}", path


def further_names(contents: Mapping[str, bytes]) -> dict[Kind, dict[str, bytes]]:
    """Return the further files among the contents of a folder: kind -> name -> bytes."""
    kinds: dict[Kind, dict[str, bytes]] = {kind: {} for kind in Kind}
    for key, content in contents.items():
        kind, between, name = key.partition(BETWEEN)
        if between:
            kinds[Kind(kind)][name] = content
    return kinds


def _of_settings(folder: Path, office: bytes) -> Iterator[tuple[str, Path]]:
    """Give what office.yaml names."""
    for kind, name in _names(office):
        path = folder / name
        if kind is not Kind.CERTIFICATE:
            yield f"{kind}{BETWEEN}{name}", path
        elif path.is_dir():
            for one in sorted(path.iterdir()):
                if one.suffix.casefold() in CERTIFICATES and one.is_file():
                    yield f"{kind}{BETWEEN}{name}/{one.name}", one


@lru_cache(maxsize=4)
def _names(office: bytes) -> tuple[tuple[Kind, str], ...]:
    """Return what office.yaml names, as it spells it; asked at every look, and read once."""
    source, _ = read_source("office.yaml", office)
    data: Any = source.data
    found = [(kind, _at(data, keys)) for kind, keys in (*_NAMED, (Kind.CERTIFICATE, ("ratified", "certificates")))]
    mailboxes = _at(data, ("mailboxes",))
    found += [(Kind.ANCHOR, _at(box, ("ca_file",))) for box in (mailboxes if isinstance(mailboxes, list) else ())]
    return tuple((kind, name.strip()) for kind, name in found if isinstance(name, str) and name.strip())


def _at(data: Any, keys: tuple[str, ...]) -> Any:  # noqa: ANN401 - whatever the file says
    """Return what stands below some keys; None where nothing does."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _content(path: Path) -> bytes | None:
    """Return the bytes of a file; it is read again only when the system says that it was written."""
    try:
        seen = path.stat()
        return _read(path, (seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size, seen.st_ino))
    except OSError:
        return None


@lru_cache(maxsize=512)
def _read(path: Path, _: tuple[int, ...]) -> bytes:
    """Read a file."""
    return path.read_bytes()
