"""The languages in which mailbot speaks to people."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """The languages there are words in; the value names their folder, and stands in the settings."""

    INDONESIAN = "id"
    ENGLISH = "en"
