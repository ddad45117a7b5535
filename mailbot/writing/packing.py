"""Office files are zip packages; packed again with no moment in them, the same content is the same bytes."""

from __future__ import annotations

import io
import zipfile
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)
_NOTHING: Mapping[str, bytes] = MappingProxyType({})


def steady_package(package: bytes, instead: Mapping[str, bytes] = _NOTHING) -> bytes:
    """Return a zip package with every member at a fixed date, and members replaced by name."""
    steady = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            entry = zipfile.ZipInfo(member.filename, date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            new.writestr(entry, instead.get(member.filename) or old.read(member))
    return steady.getvalue()


def pack_zip(members: Mapping[str, bytes]) -> bytes:
    """Return members as a zip package, each at a fixed date, in the order they are given."""
    steady = io.BytesIO()
    with zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            new.writestr(entry, content)
    return steady.getvalue()
