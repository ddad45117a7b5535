"""Says of a figure whether it is what was wanted, and by how much it is missed: the page judges itself."""

from __future__ import annotations


def at_least(what: str, measured: float, wanted: float) -> str:
    """Return a line on a figure that should be high."""
    return _line(what, measured, f"at least {wanted:g}", measured / wanted)


def at_most(what: str, measured: float, wanted: float) -> str:
    """Return a line on a figure that should be low."""
    return _line(what, measured, f"at most {wanted:g}", wanted / measured if measured else 1)


def _line(what: str, measured: float, bound: str, share: float) -> str:
    """Return the line; `share` is 1 or more where the figure is reached."""
    verdict = "reached" if share >= 1 else f"MISSED: {share:.0%} of it"
    return f"  {what:<66}{measured:>9.2f}   wanted {bound}: {verdict}"
