"""The inputs that once failed, with what must become of each: `tests/cases`, by the two tables in it."""

from __future__ import annotations

from pathlib import Path

CASES = Path(__file__).parent / "cases"


def that_must(*wanted: str, kind: str = "") -> list[str]:
    """Give the names of the inputs of which one of these is asked, all of them or those of one folder."""
    lines = [line for table in ("expect.tsv", "own.tsv") for line in (CASES / table).read_text("utf-8").splitlines()]
    found = (line.split("\t") for line in lines if line)
    return [name for name, must in found if must in wanted and name.startswith(f"{kind}/" if kind else "")]


def content(name: str) -> bytes:
    """Give one of them."""
    return (CASES / name).read_bytes()
