"""The sample office's settings, read once: from them the offices of all years are drawn."""

from __future__ import annotations

from functools import cache

from mailbot.settings.loading import load
from mailbot.settings.packaged import sample_folder
from mailbot.settings.settings import Settings


@cache
def settings() -> Settings:
    """Return the sample office, from which the others are drawn."""
    return load(sample_folder(), {})
