"""Why what came could not be read as a form: one reason for each way out that its sender is told."""

from __future__ import annotations

from enum import StrEnum


class Unreadable(StrEnum):
    """Why what came could not be read as this cycle's form at all; each gets its own kind answer."""

    PASSWORD = "password"  # noqa: S105 - the name of a reason, not a secret
    PDF = "pdf"
    PICTURE = "picture"
    CLOUD_LINK = "cloud_link"
    OLD_DOCUMENT = "old_document"
    TEXT_DOCUMENT = "text_document"
    EMPTY_FILE = "empty_file"
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    ARCHIVE = "archive"
    """Packed in a way we do not open: RAR, 7z, or a zip behind a password."""
    MESSAGE = "message"
    """A message as Outlook keeps it (.msg): what is in it cannot be opened."""
    SHORTCUT = "shortcut"
    """Only the way to a file: .gsheet, .url, .lnk and their like."""
    NUMBERS = "numbers"
    """A table of Apple's own program."""
    WEB_PAGE = "web_page"
    """A web page, or XML, under the name of a workbook."""
    NOT_A_FORM = "not_a_form"
    UNFILLED = "unfilled"
    REMARKS_ALONE = "remarks_alone"
    WRONG_CYCLE = "wrong_cycle"
    FORMER_CYCLE = "former_cycle"
    """Of a cycle of the same period, which was cancelled, and opened anew under a key of its own."""
    WRONG_UNIT = "wrong_unit"
    TWO_FORMS = "two_forms"
    """Two forms of one unit that are both in order, and differ."""
    NO_ATTACHMENT = "no_attachment"
    MIXED_LINES = "mixed_lines"
    """Answers in lines, in a mail whose text and HTML differ, or among whose own words a letter of ours stands."""
