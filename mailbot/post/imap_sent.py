r"""The folder for sent mail: found by its mark (`\Sent`, RFC 6154) or by a usual name, else named anew."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imap_tools import MailboxFolderCreateError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from imap_tools import BaseMailBox
    from imap_tools.folder import FolderInfo

SENT = "Sent"
SENT_NAMES = (
    "sent",
    "sent mail",
    "sent items",
    "sent messages",
    "sent-mail",
    "terkirim",
    "surat terkirim",
    "item terkirim",
    "pesan terkirim",
    "email terkirim",
)
"""What such folders are called where the server marks none, the likeliest first."""
_PARENTS = ("", "inbox", "[gmail]", "[google mail]")
_CANNOT_BE_OPENED = {"\\noselect", "\\nonexistent"}
# RFC 2342: the first personal namespace, such as (("INBOX." ".")) on Courier and Cyrus.
_PERSONAL = re.compile(rb'^\(\("((?:[^"\\]|\\.)*)"')


def sent_folder(folders: Iterable[FolderInfo]) -> str | None:
    r"""Pick the folder for sent mail: marked `\Sent`, else by a usual name; one that cannot be opened is none."""
    listed = [(folder, {flag.lower() for flag in folder.flags}) for folder in folders]
    there = [(folder, flags) for folder, flags in listed if not flags & _CANNOT_BE_OPENED]
    marked = [folder.name for folder, flags in there if "\\sent" in flags]
    named = sorted((place, folder.name) for folder, _ in there if (place := _likelihood(folder)) is not None)
    return next(iter((*marked, *(name for _, name in named))), None)


def _likelihood(folder: FolderInfo) -> int | None:
    """Return the place of a folder's name in the list of usual ones; None if it is none of them."""
    parent, _, own = folder.name.casefold().rpartition(folder.delim or "/")
    return SENT_NAMES.index(own) if parent in _PARENTS and own in SENT_NAMES else None


def made(box: BaseMailBox, capabilities: Collection[str]) -> str | None:
    """Make a folder for sent mail where there is none, and name it; None if the server refuses."""
    name = name_for_sent(box, capabilities)
    try:
        box.folder.create(name)
    except MailboxFolderCreateError:
        return None
    return name


def name_for_sent(box: BaseMailBox, capabilities: Collection[str]) -> str:
    """Name a folder for sent mail that is not there yet, where this server lets folders be made."""
    if "NAMESPACE" not in capabilities:
        return SENT
    _, answer = box.client.namespace()
    personal = _PERSONAL.match(answer[-1] or b"") if answer else None
    return (personal[1].decode("ascii", "replace") if personal else "") + SENT
