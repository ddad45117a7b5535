"""How the closed cycle is filed as an archivist asks for it: classification, retention, fate, who looks after it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What stands above the Daftar Isi Berkas; nothing of it is invented where the office has not said it."""

    classification: str = ""
    """Empty: that of the office's letters."""
    active_years: int | None = None
    inactive_years: int | None = None
    fate: str = ""
    """`permanent`, `destroy`, `review`; empty: not settled."""
    unit: str = ""
    """Unit pengolah; empty: the planning unit."""


UNFILED = Filing()
