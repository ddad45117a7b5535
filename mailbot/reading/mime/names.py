"""Text from outside made fit to be shown or put in a header: no controls, no tricks with direction, no paths."""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls, and the two separators some programs take for a line end (T7).
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Characters that turn the reading direction or are not seen at all (T6: an `.exe` that reads as `.xlsx`).
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"\s+")
# Names that a Windows machine takes for a device, with or without an extension.
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)
_LONGEST_EXTENSION = 12
UNNAMED = "tanpa-nama"
"""Shown for a file that came without a usable name."""


def clean_line(text: str) -> str:
    """Return text as one line that may stand in a header: controls become blanks, blanks are single, edges trimmed."""
    visible = _SURROGATES.sub("\ufffd", _UNSEEN.sub("", _CONTROLS.sub(" ", text)))
    return _BLANKS.sub(" ", visible).strip()


def clean_text(text: str) -> str:
    """Return text of several lines without control characters (tab and line feed stay) and without unseen ones."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    return "\n".join(
        _SURROGATES.sub("\ufffd", _UNSEEN.sub("", _CONTROLS.sub(" ", line.replace("\t", "    "))))
        for line in lines.split("\n")
    )


def clean_file_name(name: str, *, longest: int) -> str:
    """Return a file name for display: the last step of any path, NFC, at most `longest` characters; never empty.

    It is never used as a path, and never says what kind of file it is (T6).
    """
    normal = unicodedata.normalize("NFC", name[: 16 * longest])
    last = clean_line(normal.replace("\x00", "")).replace("\\", "/").rpartition("/")[2]
    bare = last.strip(" .").replace(":", "_")
    if not bare:
        return UNNAMED
    if _DEVICES.match(bare):
        bare = f"_{bare}"
    if len(bare) <= longest:
        return bare
    stem, dot, extension = bare.rpartition(".")
    if not dot or len(extension) > _LONGEST_EXTENSION:
        return bare[:longest]
    return f"{stem[: longest - len(extension) - 1]}.{extension}"
